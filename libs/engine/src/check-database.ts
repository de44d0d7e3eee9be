import { existsSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Fault } from '@siaga/contracts';

/** Where LMDB's data format 2 keeps what, in each of the two meta pages that begin the file (MDB_meta in its mdb.c). */
const MAGIC_AT = 24;
const MAGIC = 0xbeefc0de;
const PAGE_BYTES_AT = 48;
/** Root pages of the free list and of the table of named databases. */
const ROOTS_AT = [88, 136];
const TRANSACTION_AT = 152;
const HEAD_BYTES = 160;
const NO_PAGE = 0xffff_ffff_ffff_ffffn;

/**
 * LMDB takes an empty file for a new database, and ends the process at pages that are cut off: so both are looked for
 * before it opens the file. A file that is not there is a first start.
 * @throws Fault `conflict` that names the way out.
 */
export async function refuseTorn(file: string): Promise<void> {
  if (!existsSync(file)) return;
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const first = await metaAt(handle, 0);
    const pageBytes = first?.readUInt32LE(PAGE_BYTES_AT) ?? 0;
    const second = await metaAt(handle, pageBytes);
    if (first === undefined || second === undefined) throw torn(file, 'it does not begin like one');
    const newest = transactionOf(first) > transactionOf(second) ? first : second;
    const pages = BigInt(Math.floor(size / pageBytes));
    for (const at of ROOTS_AT) {
      const root = newest.readBigUInt64LE(at);
      if (root !== NO_PAGE && root >= pages) throw torn(file, `it ends after ${String(size)} bytes`);
    }
  } finally {
    await handle.close();
  }
}

/** The sentence for a database that cannot be trusted. */
export function torn(file: string, why: string): Fault {
  return new Fault(
    'conflict',
    `basis data ${file} rusak, pulihkan dari cadangan · the database is damaged (${why}): bring back a backup with npm run -s siaga -- restore --from <backup> --replace; nothing was started and nothing was changed`,
  );
}

const transactionOf = (meta: Buffer) => meta.readBigUInt64LE(TRANSACTION_AT);

async function metaAt(handle: FileHandle, position: number): Promise<Buffer | undefined> {
  const meta = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await handle.read(meta, 0, HEAD_BYTES, position);
  return bytesRead === HEAD_BYTES && meta.readUInt32LE(MAGIC_AT) === MAGIC ? meta : undefined;
}
