import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import type { AnyRegister } from './column.ts';

const heading = { fontWeight: 'bold', backgroundColor: '#E8EEF4', borderColor: '#9AA7B4' } as const;

/** An .xlsx with the register's headings and an example line, and a second sheet that explains each column. */
export async function templateOf(register: AnyRegister): Promise<Buffer> {
  const columns = Object.values(register.columns);
  const lines: SheetData = [
    columns.map(({ headings }) => ({ value: headings.id, type: String, ...heading })),
    // text, so that the spreadsheet does not make a number or a date of it
    columns.map(({ example }) => ({ value: example, type: String, format: '@', textColor: '#6B7680' })),
  ];
  const explanations: SheetData = [
    ['Kolom', 'English', 'Wajib', 'Cara mengisi', 'Contoh'].map((value) => ({ value, type: String, ...heading })),
    ...columns.map(({ headings, required, explanation, example }) =>
      [headings.id, headings.en, required ? 'ya' : 'tidak', explanation, example].map((value) => ({
        value,
        type: String,
        wrap: true,
      })),
    ),
  ];
  const file = writeExcelFile([
    {
      data: lines,
      sheet: register.name,
      columns: columns.map(({ headings, example }) => ({
        width: Math.max(headings.id.length, example.length, 10) + 4,
      })),
      stickyRowsCount: 1,
    },
    { data: explanations, sheet: 'Petunjuk', columns: [24, 24, 8, 60, 24].map((width) => ({ width })) },
  ]);
  return file.toBuffer();
}
