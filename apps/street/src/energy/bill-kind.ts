import { YearMonth, type Bill } from '@siaga/contracts';
import { column, decimal, defineRegister, month, optional, whole, type CellParser, type RowOf } from '@siaga/registers';
import { defineCollection } from '@siaga/store';
import { idpelText } from '../register/columns.ts';
import { defineKind } from '../register/kind.ts';
import { exerciseIndex, registrationFields, type Registered } from '../register/registration.ts';

type BillDocument = Bill & Registered;

/** PLN's bills; `_id` is `idpel@month`. */
const bills = defineCollection<BillDocument>({
  name: 'street_bills',
  fields: {
    idpel: { type: String, required: true },
    month: { type: String, required: true },
    kwh: { type: Number, required: true },
    rupiah: { type: Number, required: true },
    standStartKwh: Number,
    standEndKwh: Number,
    ...registrationFields,
  },
  indexes: [exerciseIndex, { name: 'month', fields: { month: 1 } }],
});

const rupiah: CellParser<number> = (cell) =>
  whole({ min: 0, max: 1_000_000_000_000 })({ ...cell, text: cell.text.replace(/^rp\.?\s*/i, '') });

const billedMonth: CellParser<string> = (cell) => {
  const read = month()(cell);
  if ('problem' in read || YearMonth.safeParse(read.value).success) return read;
  return { problem: `"${cell.text}" terlalu lama. Tulis bulan tagihannya, misalnya 2026-11` };
};

const stand = decimal({ min: 0, max: 1_000_000_000, units: { kwh: 1 } });

const sheet = defineRegister({
  name: 'tagihan PLN',
  key: ['idpel', 'month'],
  columns: {
    idpel: column({
      headings: {
        id: 'IDPEL',
        en: 'PLN customer ID',
        aliases: ['id pel', 'id pelanggan', 'nomor pelanggan', 'no pelanggan'],
      },
      parse: idpelText,
      example: '515100012345',
      explanation: 'Nomor pelanggan PLN, 12 angka.',
    }),
    month: column({
      headings: {
        id: 'Bulan',
        en: 'Month',
        aliases: ['periode', 'bulan tagihan', 'bulan rekening', 'blth', 'thbl', 'thblrek'],
      },
      parse: billedMonth,
      example: '2026-11',
      explanation: 'Bulan rekening: 2026-11, 11/2026, atau November 2026.',
    }),
    kwh: column({
      headings: { id: 'kWh', en: 'kWh', aliases: ['pemakaian', 'pemakaian kwh', 'kwh pakai', 'jumlah kwh', 'pem kwh'] },
      parse: whole({ min: 0, max: 1_000_000_000, units: { kwh: 1 } }),
      example: '2810',
      explanation: 'Pemakaian yang ditagih, dalam kWh.',
    }),
    rupiah: column({
      headings: {
        id: 'Rp',
        en: 'Rupiah',
        aliases: ['rupiah', 'tagihan', 'jumlah tagihan', 'rp tag', 'rp tagihan', 'total tagihan'],
      },
      parse: rupiah,
      example: '4215000',
      explanation: 'Jumlah tagihan dalam rupiah.',
    }),
    standStartKwh: optional({
      headings: {
        id: 'Stand Awal',
        en: 'First Stand',
        aliases: ['stand lalu', 'stan awal', 'stan lalu', 'meter awal'],
      },
      parse: stand,
      example: '104200',
      explanation: 'Stand meter PLN bulan lalu. Kosong bila taksasi.',
    }),
    standEndKwh: optional({
      headings: {
        id: 'Stand Akhir',
        en: 'Last Stand',
        aliases: ['stand kini', 'stan akhir', 'stan kini', 'meter akhir'],
      },
      parse: stand,
      example: '107010',
      explanation: 'Stand meter PLN bulan ini. Kosong bila taksasi.',
    }),
  },
});
type BillRow = RowOf<typeof sheet.columns>;

/** The register of PLN's bills. */
export const billKind = defineKind({
  ...{ name: 'street.bills', collection: bills, key: ['idpel', 'month'], sheet },
  searched: ['_id'],
  optional: ['standStartKwh', 'standEndKwh'],
  thingOf: (row) => row,
  rowOf: (bill) => {
    const { idpel, month: of, kwh, rupiah: rp, standStartKwh, standEndKwh } = bill as Bill;
    return { idpel, month: of, kwh, rupiah: rp, standStartKwh, standEndKwh } satisfies BillRow;
  },
});
