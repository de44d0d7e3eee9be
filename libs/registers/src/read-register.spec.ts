import { describe, expect, it } from '@jest/globals';
import { xlsxOf, zipOf } from '@siaga/testing';
import fc from 'fast-check';
import writeExcelFile from 'write-excel-file/node';
import { column, defineRegister, optional } from './column.ts';
import { date, list, oneOf, text, whole } from './parsers.ts';
import { place } from './places.ts';
import { readRegister } from './read-register.ts';
import { templateOf } from './template.ts';

const explanation = '…';
const trucks = defineRegister({
  name: 'truk',
  key: 'truckId',
  columns: {
    truckId: column({
      headings: { id: 'ID Truk', en: 'Truck ID', aliases: ['kode'] },
      parse: text({ max: 40, form: /^[\w.-]+$/, hint: 'hanya huruf, angka, dan - _ .' }),
      example: 'DLH-01',
      explanation,
    }),
    kind: column({
      headings: { id: 'Jenis', en: 'Kind' },
      parse: oneOf({ dump: ['Dump truck', 'dump'], armroll: ['Arm roll'] }),
      example: 'Dump truck',
      explanation,
    }),
    capacityKg: column({
      headings: { id: 'Kapasitas (kg)', en: 'Capacity (kg)' },
      parse: whole({ min: 1, max: 60_000, units: { kg: 1, ton: 1000 } }),
      example: '8000',
      explanation,
    }),
    bought: optional({
      headings: { id: 'Tanggal beli', en: 'Bought' },
      parse: date(),
      example: '21/11/2026',
      explanation,
    }),
    garage: optional({
      headings: { id: 'Garasi', en: 'Garage' },
      parse: place(),
      example: '-7.7697, 113.2063',
      explanation,
    }),
    devices: optional({
      headings: { id: 'Perangkat', en: 'Devices' },
      parse: list(text({ max: 20 }), { max: 5 }),
      example: 'osmand:1; osmand:2',
      explanation,
    }),
  },
});

const csv = (content: string | Buffer) => readRegister(trucks, { name: 'truk.csv', content: Buffer.from(content) });
const xlsx = (content: Buffer) => readRegister(trucks, { name: 'truk.xlsx', content });
const valuesOf = (reading: ReturnType<typeof csv>) => reading.rows.map(({ values }) => values);
const cells = (line: number, ...values: string[]) =>
  `<row r="${String(line)}">${values.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`;

describe('a CSV file', () => {
  it('is read with semicolons, commas, tabs and a sep= line, with or without a mark, in UTF-8 and Windows-1252', () => {
    const lines = 'ID Truk;Jenis;Kapasitas (kg)\r\nT1;Dump truck;8000\r\n';
    const one = [{ truckId: 'T1', kind: 'dump', capacityKg: 8000 }];
    for (const separator of [';', ',', '\t']) {
      const text = lines.replaceAll(';', separator);
      expect(valuesOf(csv(text))).toEqual(one);
      expect(valuesOf(csv(`\ufeff${text}`))).toEqual(one);
      expect(valuesOf(csv(`sep=${separator}\r\n${text}`))).toEqual(one);
      expect(valuesOf(csv(Buffer.from(`\ufeff${text}`, 'utf16le')))).toEqual(one);
    }
    const latin = csv(Buffer.from('ID Truk;Jenis;Kapasitas;Perangkat\nT1;dump;1;Ambul\u00e8ne\n', 'latin1'));
    expect(valuesOf(latin)).toMatchObject([{ devices: ['Ambul\u00e8ne'] }]);
  });

  it('finds its headings in any order, case and language, under a title', () => {
    const content = 'DAFTAR TRUK;;;\n;;;\ncapacity;KIND ;Catatan;  truck_id*\n1;dump;x;T1';
    const reading = csv(content);
    expect(valuesOf(reading)).toEqual([{ truckId: 'T1', kind: 'dump', capacityKg: 1 }]);
    expect(reading.warnings).toEqual([
      { line: 3, column: 'Catatan', message: 'Kolom "Catatan" tidak dikenal dan dilewati.' },
    ]);
  });

  it('counts lines as a spreadsheet does, past blank lines and cells with line breaks', () => {
    const content = 'kode;jenis;kapasitas;perangkat\n\nT1;dump;1;"a\nb"\n;;;\n\nT2;perahu;1;\n';
    const reading = csv(content);
    expect(reading.rows).toEqual([
      { line: 3, values: { truckId: 'T1', kind: 'dump', capacityKg: 1, devices: ['a', 'b'] } },
    ]);
    expect(reading.errors).toEqual([
      { line: 6, column: 'Jenis', message: 'Jenis "perahu" tidak dikenal. Pilih salah satu: Dump truck, Arm roll.' },
    ]);
  });

  it('keeps leading zeros and refuses what a spreadsheet would execute', () => {
    const reading = csv(
      `kode;jenis;kapasitas\n007;dump;1\n"=""008""";dump;1\n=cmd|' /C calc'!A0;dump;1\n@SUM(A1);dump;1`,
    );
    expect(valuesOf(reading).map(({ truckId }) => truckId)).toEqual(['007', '008']);
    expect(reading.errors.map(({ line }) => line)).toEqual([4, 5]);
    expect(reading.errors[0]?.message).toBe('ID Truk tidak boleh dimulai dengan "=". Tulis nilainya saja.');
  });

  it('drops no cell silently that has no heading', () => {
    const reading = csv('kode;jenis;kapasitas;perangkat\nT1;dump;1;osmand:1; osmand:2\nT2;dump;1;osmand:3;');
    expect(reading.errors).toMatchObject([
      { line: 2, message: expect.stringContaining('"osmand:2" tidak punya judul') },
    ]);
    expect(valuesOf(reading)).toMatchObject([{ truckId: 'T2' }]);
  });

  it('refuses characters nobody sees', () => {
    for (const unseen of ['\u0001', '\u007f', '\u202e']) {
      const { errors } = csv(`kode;jenis;kapasitas;perangkat\nT1;dump;1;N${unseen}1`);
      expect(errors).toMatchObject([{ line: 2, column: 'Perangkat' }]);
    }
    const half = xlsx(
      xlsxOf(
        `<sheetData>${cells(1, 'kode', 'jenis', 'kapasitas', 'perangkat')}${cells(2, 'T1', 'dump', '1', 'N_xD800_1')}</sheetData>`,
      ),
    );
    expect(half.errors).toMatchObject([{ line: 2, column: 'Perangkat' }]);
  });

  it('finds a key that comes twice, whatever its case', () => {
    const reading = csv('kode;jenis;kapasitas\nT1;dump;1\nt1;dump;2');
    expect(reading.errors).toEqual([
      { line: 3, column: 'ID Truk', message: 'ID Truk "t1" sudah ada di baris 2. Hapus salah satu.' },
    ]);
  });

  it('names every problem of every line at once', () => {
    const reading = csv('kode;jenis;kapasitas;tanggal beli;garasi\n;dump;8,000;31/02/2026;113.2, -7.7\nT2;dump;0;;');
    expect(reading.errors).toEqual([
      { line: 2, column: 'ID Truk', message: 'ID Truk kosong. Isi, misalnya DLH-01.' },
      {
        line: 2,
        column: 'Kapasitas (kg)',
        message: 'Kapasitas (kg) "8,000" bisa berarti dua hal. Tulis tanpa koma, misalnya 8000.',
      },
      {
        line: 2,
        column: 'Tanggal beli',
        message: 'Tanggal beli "31/02/2026" bukan tanggal yang ada. Tulis hari/bulan/tahun, misalnya 21/11/2026.',
      },
      {
        line: 2,
        column: 'Garasi',
        message: 'Garasi lintang dan bujur terbalik. Tulis lintang dulu: -7.7697, 113.2063.',
      },
      { line: 3, column: 'Kapasitas (kg)', message: 'Kapasitas (kg) harus 1 sampai 60.000; ini 0.' },
    ]);
    expect(reading.rows).toEqual([]);
  });

  it('says which column is missing or doubled, and when there is no table', () => {
    expect(csv('kode;jenis\nT1;dump').errors).toEqual([
      { line: 1, column: 'Kapasitas (kg)', message: 'Kolom "Kapasitas (kg)" tidak ada. Tambahkan kolom itu.' },
    ]);
    expect(csv('kode;jenis;kapasitas;kode\nT1;dump;1;T2').errors[0]?.message).toContain('ada dua kali');
    expect(csv('halo\n').errors[0]?.message).toContain('Judul kolom tidak ditemukan');
    expect(csv('kode;jenis;kapasitas\n').errors).toEqual([
      { line: 1, message: 'Tidak ada baris truk di bawah judul kolom.' },
    ]);
  });

  it('holds any text a register may hold, whatever separator and quotes it needs', () => {
    const word = fc
      .stringMatching(/^[a-zA-Z0-9,"' .:-]{1,15}$/)
      .map((s) => s.trim())
      .filter((s) => /^[^=@]/.test(s) && !s.includes('  '));
    const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
    const row = fc.record({
      truckId: fc.stringMatching(/^[\w.-]{1,20}$/),
      capacityKg: fc.integer({ min: 1, max: 60_000 }),
      device: word,
    });
    const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 20, selector: ({ truckId }) => truckId.toLowerCase() });
    fc.assert(
      fc.property(rows, fc.constantFrom(';', ',', '\t'), (given, separator) => {
        const lines = given.map((one) =>
          [one.truckId, 'dump', String(one.capacityKg), one.device].map(quoted).join(separator),
        );
        const reading = csv([['kode', 'jenis', 'kapasitas', 'perangkat'].join(separator), ...lines].join('\n'));
        expect(reading.errors).toEqual([]);
        const devices = (device: string) =>
          device
            .split(',')
            .map((part) => part.trim())
            .filter((part) => part !== '');
        expect(valuesOf(reading)).toEqual(
          given.map(({ truckId, capacityKg, device }) => ({
            truckId,
            kind: 'dump',
            capacityKg,
            devices: devices(device),
          })),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('an .xlsx file', () => {
  it('comes back as it was written', async () => {
    const row = fc.record({
      // the library that writes takes `toString` and its like for something else than text
      truckId: fc.stringMatching(/^T[\w.-]{1,20}$/),
      capacityKg: fc.integer({ min: 1, max: 60_000 }),
    });
    const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 20, selector: ({ truckId }) => truckId.toLowerCase() });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        async (given, day) => {
          const bought = new Date(day.toISOString().slice(0, 10));
          const file = await writeExcelFile([
            ['ID Truk', 'Jenis', 'Kapasitas (kg)', 'Tanggal beli'],
            ...given.map(({ truckId, capacityKg }) => [
              { value: truckId, type: String },
              'Dump truck',
              capacityKg,
              { value: bought, type: Date, format: 'dd/mm/yyyy' },
            ]),
          ]).toBuffer();
          const reading = xlsx(file);
          expect(reading.errors).toEqual([]);
          const day10 = bought.toISOString().slice(0, 10);
          expect(valuesOf(reading)).toEqual(given.map((one) => ({ ...one, kind: 'dump', bought: day10 })));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('gives formulas their saved result, keeps zeros of a format, and reads its own dates', () => {
    const reading = xlsx(
      xlsxOf(
        `<sheetData>${cells(1, 'kode', 'jenis', 'kapasitas', 'tanggal beli')}` +
          '<row r="3"><c r="A3" s="2"><v>7</v></c><c r="B3" t="str"><f>X</f><v>dump</v></c><c r="C3"><f>4000*2</f><v>8000</v></c><c r="D3" s="1"><v>46347</v></c></row></sheetData>',
      ),
    );
    expect(reading).toMatchObject({
      errors: [],
      rows: [{ line: 3, values: { truckId: '007', kind: 'dump', capacityKg: 8000, bought: '2026-11-21' } }],
    });
  });

  it('asks for formulas without a result and cells with an error', () => {
    const reading = xlsx(
      xlsxOf(
        `<sheetData>${cells(1, 'kode', 'jenis', 'kapasitas')}<row r="2"><c r="A2"><f>X</f></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2"><v>1</v></c></row></sheetData>`,
      ),
    );
    expect(reading.errors.map(({ message }) => message)).toEqual([
      'ID Truk berisi rumus tanpa hasil. Simpan ulang berkasnya, atau tulis nilainya.',
      'Jenis berisi kesalahan spreadsheet (#N/A). Tulis nilainya.',
    ]);
  });

  it('reads a merged cell for each of its lines and says so', () => {
    const reading = xlsx(
      xlsxOf(
        `<sheetData>${cells(1, 'kode', 'jenis', 'kapasitas')}${cells(2, 'T1', 'dump', '1')}<row r="3"><c r="A3" t="str"><v>T2</v></c><c r="B3"/><c r="C3"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="B2:B3"/></mergeCells>`,
      ),
    );
    expect(valuesOf(reading)).toMatchObject([{ kind: 'dump' }, { truckId: 'T2', kind: 'dump' }]);
    expect(reading.warnings).toEqual([
      { line: 2, message: 'Sel gabungan B2:B3 dibaca sama untuk setiap barisnya: "dump".' },
    ]);
  });

  it('reads shared and rich text without its reading aids, and ignores formatted blank lines', () => {
    const blank = Array.from(
      { length: 500 },
      (_, at) => `<row r="${String(at + 3)}"><c r="A${String(at + 3)}" s="1"/></row>`,
    );
    const file = xlsxOf(
      `<sheetData>${cells(1, 'kode', 'jenis', 'kapasitas')}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2"><v>1</v></c></row>${blank.join('')}</sheetData>`,
      {
        'xl/sharedStrings.xml':
          '<sst><si><r><t>T</t></r><r><t>-1</t></r><rPh><t>aid</t></rPh></si><si><t xml:space="preserve"> dump_x000D_</t></si></sst>',
      },
    );
    expect(xlsx(file)).toMatchObject({ lines: 1, errors: [], rows: [{ values: { truckId: 'T-1', kind: 'dump' } }] });
  });
});

describe('a file that is no register', () => {
  const sentence = (content: Buffer) => {
    const { errors, rows } = xlsx(content);
    expect(rows).toEqual([]);
    expect(errors).toHaveLength(1);
    return errors[0]?.message;
  };

  it('is answered with one sentence that says what to do', () => {
    expect(sentence(Buffer.alloc(0))).toContain('kosong');
    expect(sentence(Buffer.alloc(3 * 1024 * 1024 + 1, 'a'))).toContain('3 MB');
    expect(sentence(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toContain('.xls lama');
    expect(sentence(Buffer.from('%PDF-1.7'))).toContain('PDF');
    expect(sentence(Buffer.from('<html><table>'))).toContain('halaman web');
    expect(sentence(Buffer.from('PK\x03\x04 cut off'))).toContain('rusak');
    expect(sentence(zipOf({ 'word/document.xml': '<x/>' }))).toContain('bukan berkas .xlsx');
    expect(sentence(xlsxOf('<sheetData><row>'))).toContain('tidak dapat dibaca');
    expect(sentence(xlsxOf('<sheetData/>'))).toContain('Judul kolom tidak ditemukan');
    expect(sentence(Buffer.from('kode;jenis;kapasitas\n"T1;dump;1\n'))).toContain('Tanda kutip');
    expect(sentence(Buffer.from(`kode;jenis;kapasitas\n${'x'.repeat(3000)};dump;1`))).toContain('2000 huruf');
  });

  it('is not unpacked beyond measure, whatever it says of itself', () => {
    const bomb = xlsxOf(`<sheetData>${' '.repeat(40 * 1024 * 1024)}</sheetData>`);
    expect(bomb.length).toBeLessThan(100_000);
    for (let at = bomb.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bomb.indexOf('PK\x01\x02', at + 1, 'latin1'))
      bomb.writeUInt32LE(10, at + 24); // lies about its unpacked size
    expect(sentence(bomb)).toContain('terlalu besar setelah dibuka');
  });

  it('is refused beyond 10,000 lines', () => {
    const lines = Array.from({ length: 10_001 }, (_, at) => `T${String(at)};dump;1`);
    expect(sentence(Buffer.from(['kode;jenis;kapasitas', ...lines].join('\n')))).toContain('10.000 baris');
    const rows = Array.from({ length: 12_000 }, (_, at) => cells(at + 2, `T${String(at)}`, 'dump', '1'));
    expect(
      sentence(xlsxOf(`<sheetData>${cells(1, 'kode', 'jenis', 'kapasitas')}${rows.join('')}</sheetData>`)),
    ).toContain('10.000 baris');
    expect(csv(['kode;jenis;kapasitas', ...lines.slice(1)].join('\n')).rows).toHaveLength(10_000);
  });

  describe('is answered at once, however it is made to keep the reader busy', () => {
    const headings = 'kode;jenis;kapasitas\n';
    const big = 2_900_000;
    const merged = Array.from({ length: 100_000 }, () => '<mergeCell ref="B2:B9001"/>').join('');
    const lines = Array.from({ length: 9000 }, (_, at) => cells(at + 2, `T${String(at)}`, 'dump', '1')).join('');
    const table = (rows: string, rest = '') =>
      xlsxOf(`<sheetData>${cells(1, 'kode', 'jenis', 'kapasitas')}${rows}</sheetData>${rest}`);

    it.each([
      ['line breaks', () => Buffer.from(`${headings}T1;dump;1\n${'\n'.repeat(big)}`), '30.000 baris'],
      ['separators', () => Buffer.alloc(big, ';'), '200 kolom'],
      ['separators in lines', () => Buffer.from(headings + `${';'.repeat(190)}\n`.repeat(15_000)), 'banyak sel'],
      ['blanks', () => Buffer.from(`${headings}T1;${' '.repeat(big)};1`), '2000 huruf'],
      ['merged cells', () => table(lines, `<mergeCells>${merged}</mergeCells>`), 'sel gabungan'],
      ['merged lines', () => table(lines, '<mergeCell ref="B2:B9001"/>'.repeat(1000)), 'sel gabungan'],
      ['empty cells', () => table(`<row>${'<c/>'.repeat(1_500_000)}</row>`), 'banyak sel'],
      ['far columns', () => table('<row r="2"><c r="AAA2"><v>1</v></c></row>'), 'Baris 2 berisi lebih dari 200 kolom'],
      ['near numbers', () => Buffer.from(headings + `T1;dump;${'1a'.repeat(990)}!\n`.repeat(1400)), 'bukan angka'],
    ])('%s', (_, fileOf, said) => {
      const file = fileOf();
      const before = process.cpuUsage();
      const { errors } = xlsx(file);
      const { user } = process.cpuUsage(before);
      // a second or two; a core shared with others takes three times as long, and a file that is read to its end minutes
      expect(user / 1000).toBeLessThan(12_000);
      expect(errors.length).toBeLessThanOrEqual(1001);
      expect(errors[0]?.message).toContain(said);
    });
  });

  it('says which line has too many columns or too long a cell', () => {
    const wide = csv(`kode;jenis;kapasitas\nT1;dump;1${';'.repeat(300)}`);
    expect(wide.errors).toMatchObject([{ line: 2, message: expect.stringContaining('200 kolom') }]);
    const long = csv(`kode;jenis;kapasitas\n\nT1;"${'x;'.repeat(1100)}";1`);
    expect(long.errors).toMatchObject([{ line: 3, message: expect.stringContaining('2000 huruf') }]);
  });

  it('never breaks the reader, whatever its bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('', 'PK\x03\x04', 'kode;jenis;kapasitas\n'),
        (bytes, start) => {
          const reading = xlsx(Buffer.concat([Buffer.from(start, 'latin1'), bytes]));
          expect(reading.errors.length + reading.rows.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the template', () => {
  it('is read without an error, its example line left out, its explanations ignored', async () => {
    const reading = xlsx(await templateOf(trucks));
    expect(reading).toEqual({
      rows: [],
      lines: 1,
      errors: [],
      warnings: [{ line: 2, message: 'Baris contoh dari templat dilewati.' }],
    });
  });
});
