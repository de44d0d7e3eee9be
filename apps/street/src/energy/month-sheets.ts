import type { Energy, EnergyFinding, EnergyFindingKind, StreetMonth } from '@siaga/contracts';
import { csvOf } from '@siaga/registers';

const heading = (id: string) => ({ headings: { id } });

const energyColumns = {
  kelurahanCode: heading('Kode'),
  kelurahan: heading('Kelurahan'),
  measuredKwh: heading('kWh terukur'),
  estimatedKwh: heading('kWh perkiraan (tanpa meter)'),
  expectedKwh: heading('kWh menurut daya lampu'),
  billedKwh: heading('kWh ditagih PLN'),
  billedRupiah: heading('Rp ditagih PLN'),
  measuredLamps: heading('Lampu bermeter'),
  estimatedLamps: heading('Lampu tanpa meter'),
  solarLamps: heading('Lampu surya'),
};

/** A month by kelurahan for a spreadsheet, the city last. */
export function monthCsv({ kelurahan, total }: StreetMonth): string {
  const rows = kelurahan.map((row) => ({ ...rowOf(row), kelurahanCode: row.kelurahanCode, kelurahan: row.kelurahan ?? 'tidak diketahui' })); // prettier-ignore
  return csvOf({ columns: energyColumns }, [...rows, { ...rowOf(total), kelurahan: 'SELURUH KOTA' }]);
}

function rowOf({ measuredKwh, estimatedKwh, expectedKwh, billedKwh, billedRupiah, lamps }: Energy) {
  const kwh = { measuredKwh, estimatedKwh, expectedKwh, billedKwh };
  return {
    ...Object.fromEntries(Object.entries(kwh).map(([name, value]) => [name, tenths(value)])),
    ...{ billedRupiah: Math.round(billedRupiah), measuredLamps: lamps.measured },
    ...{ estimatedLamps: lamps.estimated, solarLamps: lamps.solar },
  };
}

const findingColumns = {
  what: heading('Temuan'),
  basis: heading('Dasar'),
  idpel: heading('IDPEL'),
  panels: heading('Panel'),
  lamps: heading('Lampu terdaftar'),
  atStakeKwh: heading('kWh dipersoalkan'),
  billedKwh: heading('kWh ditagih'),
  billedRupiah: heading('Rp ditagih'),
  previousKwh: heading('kWh bulan lalu'),
  measuredKwh: heading('kWh terukur'),
  expectedKwh: heading('kWh menurut daya lampu'),
  darkKwh: heading('kWh tidak terpakai karena padam'),
  darkLampHours: heading('Lampu-jam padam'),
  fromDay: heading('Dari'),
  toDay: heading('Sampai'),
  fromKwh: heading('Stand awal'),
  toKwh: heading('Stand akhir'),
};

const words: Record<EnergyFindingKind, string> = {
  ghost: 'Ditagih, tetapi IDPEL tidak dimiliki panel mana pun',
  unbilled: 'Ada lampu, tetapi tidak ada tagihan',
  'stuck-meter': 'Meter tidak bergerak',
  'estimate-too-high': 'Taksasi lebih dari 15 % di atas daya lampu',
  'illegal-tap': 'Meter lebih dari 25 % di atas daya lampu: mungkin ada sambungan liar',
  'solar-billed': 'Ditagih, padahal bertenaga surya',
  'no-lamps': 'Ditagih, tetapi belum ada lampu terdaftar',
  'meter-backwards': 'Stand meter mundur',
  'meter-replaced': 'Meter diganti tanpa stand terakhir',
  'paid-but-dark': 'Dibayar tetapi padam',
};

/** Findings of a month for a spreadsheet, most kWh first. */
export function findingsCsv(items: readonly EnergyFinding[]): string {
  const rows = items.map(({ kind, basis, idpel, panelIds, lamps, atStakeKwh, numbers }) => ({
    ...{ what: words[kind], basis: basis === 'measured' ? 'terukur' : 'perkiraan', idpel, panels: panelIds, lamps },
    atStakeKwh: tenths(atStakeKwh),
    ...Object.fromEntries(
      Object.entries(numbers).map(([name, value]) => [name, typeof value === 'number' ? tenths(value) : value]),
    ),
  }));
  return csvOf({ columns: findingColumns }, rows);
}

const tenths = (kwh: number) => Math.round(kwh * 10) / 10;
