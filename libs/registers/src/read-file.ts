import { readCsv, textOf, type HeadingsFound } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { limits, UnreadableFile, type Sheet } from './sheet.ts';

/** A file somebody chose; its content decides what it is, not its name. */
export interface RegisterFile {
  readonly name: string;
  readonly content: Buffer;
}

/** Every table of a file; `headingsFound` tells by which separator a CSV file is to be read. Throws {@link UnreadableFile} with a sentence that says what to do. */
export function readFile({ content }: RegisterFile, headingsFound: HeadingsFound): Sheet[] {
  if (content.length === 0) throw new UnreadableFile('Berkas kosong. Pilih berkas yang berisi data.');
  if (content.length > limits.fileBytes)
    throw new UnreadableFile(
      'Berkas lebih besar dari 3 MB. Hapus gambar dan lembar lain, atau bagi menjadi beberapa berkas.',
    );
  if (content.subarray(0, 2).toString('latin1') === 'PK') return readXlsx(content);
  if (content.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    throw new UnreadableFile(
      'Ini berkas .xls lama atau terkunci sandi. Buka di Excel, lalu simpan sebagai .xlsx tanpa sandi.',
    );
  const start = textOf(content.subarray(0, 512)).trimStart().toLowerCase();
  if (start.startsWith('%pdf')) throw new UnreadableFile('Ini berkas PDF. Kirim spreadsheet aslinya (.xlsx atau CSV).');
  if (start.startsWith('<'))
    throw new UnreadableFile('Ini halaman web, bukan spreadsheet. Buka di Excel, lalu simpan sebagai .xlsx.');
  if (start.includes('\0') && content[0] !== 0xff && content[0] !== 0xfe)
    throw new UnreadableFile('Isi berkas tidak dikenal. Kirim berkas .xlsx atau CSV.');
  return [readCsv(content, headingsFound)];
}
