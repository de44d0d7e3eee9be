import { inflateRawSync } from 'node:zlib';
import { limits, UnreadableFile } from './sheet.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

const damaged =
  'Berkas spreadsheet rusak atau terkunci sandi. Buka di Excel atau LibreOffice, lalu simpan ulang sebagai .xlsx.';

const tooLarge = 'Isi berkas terlalu besar setelah dibuka. Hapus lembar dan gambar yang tidak perlu.';

/**
 * The parts of a zip archive that are asked for, by name, each unpacked once and only when read. What is unpacked is
 * bounded by what really comes out, never by what the archive says of itself.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function openZip(file: Buffer): { read(name: string): string | undefined } {
  const entries = directoryOf(file);
  let left: number = limits.unpackedBytes;
  return {
    read: (name) => {
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      const content = unpack(file, entry, left);
      left -= content.length;
      return content.toString('utf8').replace(/^\ufeff/, '');
    },
  };
}

interface Entry {
  method: number;
  packedBytes: number;
  offset: number;
}

function directoryOf(file: Buffer): Map<string, Entry> {
  try {
    const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    if (end < 0 || file.readUInt32LE(end) !== END_OF_DIRECTORY) throw new UnreadableFile(damaged);
    const entries = new Map<string, Entry>();
    let at = file.readUInt32LE(end + 16);
    for (let count = file.readUInt16LE(end + 10); count > 0; count -= 1) {
      if (file.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new UnreadableFile(damaged);
      const nameBytes = file.readUInt16LE(at + 28);
      const name = file.toString('utf8', at + 46, at + 46 + nameBytes);
      entries.set(name, {
        method: file.readUInt16LE(at + 10),
        packedBytes: file.readUInt32LE(at + 20),
        offset: file.readUInt32LE(at + 42),
      });
      at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
    }
    return entries;
  } catch (cause) {
    throw new UnreadableFile(damaged, { cause });
  }
}

function unpack(file: Buffer, entry: Entry, atMost: number): Buffer {
  try {
    const start = entry.offset + 30 + file.readUInt16LE(entry.offset + 26) + file.readUInt16LE(entry.offset + 28);
    const packed = file.subarray(start, start + entry.packedBytes);
    if (entry.method === STORED && packed.length <= atMost) return packed;
    if (entry.method === STORED) throw new UnreadableFile(tooLarge);
    if (entry.method !== DEFLATED) throw new UnreadableFile(damaged);
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, atMost) });
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw cause;
    if ((cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw new UnreadableFile(tooLarge, { cause });
    throw new UnreadableFile(damaged, { cause });
  }
}
