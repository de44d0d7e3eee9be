import { createWriteStream, type WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { AuditRecord, ChainLink, ExportAudit, Fault, parse, type Client } from '@siaga/contracts';
import { ChainCheck, type ChainBreak } from '@siaga/identity/chain-check';
import { z } from 'zod';
import { optionsOf } from '../option-words.ts';
import { ownerClient } from './running-city.ts';
import type { Command } from './command.ts';

const PAGE = 1000;

/** `siaga audit verify`: recomputes the chain of the running city, or of a file that `audit export` wrote. */
export const verify: Command = {
  summary: 'hitung ulang rantai jejak audit · recompute the chain of the audit trail, up to a head noted outside',
  usage: '[--file <berkas · file>] [--noted <seq>:<hash>]',
  options: { file: { type: 'string' }, noted: { type: 'string' } },
  async run(input) {
    const { file, noted } = optionsOf(Options, input.values);
    const { begin, pages } = file === undefined ? await chainOf(await ownerClient(input)) : await chainIn(file);
    const check = new ChainCheck(begin, noted);
    let found: ChainBreak | undefined;
    for await (const page of pages) {
      found = check.take(page);
      if (found !== undefined) break;
    }
    found ??= check.end();
    const { head, records, isNotedRetired } = check;
    if (found === undefined) {
      const text = [intact(records, head), ...(isNotedRetired ? [retired(noted?.seq, begin)] : [])].join('\n');
      return { answer: { intact: true, records, begin, head, ...(noted && { notedRetired: isNotedRetired }) }, text };
    }
    process.exitCode = 1;
    return { answer: { intact: false, records, begin, head, break: found }, text: broken(found, head) };
  },
};

/** `siaga audit export --file <file>`: the chain as JSON lines, to be kept and verified elsewhere. */
export const exportChain: Command = {
  summary: 'tulis jejak audit sebagai baris JSON · write the audit trail as JSON lines, to be kept elsewhere',
  usage: '--file <berkas · file>',
  options: { file: { type: 'string' } },
  async run(input) {
    const { file } = optionsOf(Options.required({ file: true }), input.values);
    const { begin, pages } = await chainOf(await ownerClient(input));
    const out = await newFile(file);
    out.write(`${JSON.stringify({ begin })}\n`);
    let [records, head] = [0, begin];
    for await (const page of pages) {
      const isFull = !out.write(page.map((record) => `${JSON.stringify(record)}\n`).join(''));
      if (isFull) await once(out, 'drain');
      records += page.length;
      head = page.at(-1) ?? head;
    }
    out.end();
    await once(out, 'finish');
    const { seq, hash } = head;
    return {
      answer: { file, records, begin, head: { seq, hash } },
      text: `ditulis · written: ${file}, ${String(records)} catatan · records, kepala · head ${String(seq)}:${hash}`,
    };
  },
};

/** Never over what somebody keeps. */
async function newFile(file: string): Promise<WriteStream> {
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  try {
    await once(out, 'open');
    return out;
  } catch (cause) {
    const why =
      (cause as { code?: unknown }).code === 'EEXIST' ? 'sudah ada di sana · is there already' : String(cause);
    throw new Fault('invalid', `${file}: ${why}`, { cause });
  }
}

const Options = z.object({
  file: z.string().optional(),
  noted: z
    .string()
    .regex(/^\d+:[\da-f]{64}$/, 'tulis <seq>:<hash> seperti yang dicatat · <seq>:<hash> as it was noted')
    .transform((text): ChainLink => {
      const [seq, hash = ''] = text.split(':');
      return { seq: Number(seq), hash };
    })
    .optional(),
});

interface Chain {
  begin: ChainLink;
  pages: AsyncIterable<AuditRecord[]>;
}

/** The chain as the city has it, page by page up to where it ended when reading began. */
async function chainOf(call: Client): Promise<Chain> {
  const first = await call(ExportAudit, { query: { limit: PAGE } });
  const untilSeq = first.head.seq;
  return {
    begin: first.begin,
    pages: (async function* () {
      let { items } = first;
      while (items.length > 0) {
        yield items.filter(({ seq }) => seq <= untilSeq);
        const last = items.at(-1)?.seq ?? 0;
        if (last >= untilSeq) return;
        ({ items } = await call(ExportAudit, { query: { from: last + 1, limit: PAGE } }));
      }
    })(),
  };
}

async function chainIn(file: string): Promise<Chain> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const read = <Shape extends z.ZodType>(shape: Shape, at: number) => {
    try {
      return parse(shape, JSON.parse(lines[at] ?? ''), `${file}, baris · line ${String(at + 1)}`);
    } catch (cause) {
      if (cause instanceof Fault) throw cause;
      throw new Fault('invalid', `${file}, baris · line ${String(at + 1)}: bukan JSON · not JSON`, { cause });
    }
  };
  const { begin } = read(z.object({ begin: ChainLink }), 0);
  return { begin, pages: Readable.from([lines.slice(1).map((_, at) => read(AuditRecord, at + 1))]) };
}

const intact = (records: number, { seq, hash }: ChainLink) =>
  [
    `rantai utuh, ${String(records)} catatan, kepala ${String(seq)}:${hash}`,
    `the chain is whole: ${String(records)} records, head ${String(seq)}:${hash}`,
  ].join('\n');

const retired = (seq: number | undefined, begin: ChainLink) =>
  [
    `catatan ${String(seq)} yang dicatat di luar sudah dihapus menurut masa simpan, jadi tidak dapat dibandingkan: jejak kini mulai sesudah ${String(begin.seq)}; catat kepala yang di atas`,
    `the noted record ${String(seq)} was retired by its time of keeping and cannot be compared: the trail begins after ${String(begin.seq)} now; note the head above`,
  ].join('\n');

function broken(found: ChainBreak, { seq }: ChainLink): string {
  const whole = `utuh sampai catatan ${String(seq)} · whole up to record ${String(seq)}`;
  return [...wordsOf(found), whole].join('\n');
}

function wordsOf(found: ChainBreak): string[] {
  const at = String(found.seq);
  if (found.how === 'changed')
    return [
      `rantai putus di catatan ${at}: isinya, atau catatan sebelumnya, diubah`,
      `the chain breaks at record ${at}: it, or the one before it, was changed`,
    ];
  if (found.how === 'missing')
    return [
      `rantai putus: catatan ${at} sampai ${String(found.untilSeq)} hilang`,
      `the chain breaks: records ${at} to ${String(found.untilSeq)} are missing`,
    ];
  if (found.how === 'reordered')
    return [
      `rantai putus di catatan ${at}: yang seharusnya di sini ada di ${String(found.foundAtSeq)}`,
      `the chain breaks at record ${at}: what belongs here stands at ${String(found.foundAtSeq)}`,
    ];
  if (found.how === 'short')
    return [
      `jejak berakhir sebelum catatan ${at} yang dicatat di luar: cadangan lama dipulihkan, atau catatan dihapus`,
      `the trail ends before the noted record ${at}: an older backup was restored, or records were removed`,
    ];
  return [
    `rantai ditulis ulang: catatan ${at} bukan yang dicatat di luar; atau cadangan lama dipulihkan dan kota berjalan terus`,
    `the chain was rewritten: record ${at} is not the one noted outside; or an older backup was restored and the city went on`,
  ];
}
