import {
  csvText,
  type BookingFigures,
  type BookingPurpose,
  type CallDisposition,
  type EmergencyMonth,
  type IncidentKind,
  type IntervalSummary,
  type ResponseGroup,
  type ResponseInterval,
} from '@siaga/contracts';
import { kelurahan } from '@siaga/geo';

type Line = readonly (string | number)[];

const intervals: Readonly<Record<ResponseInterval, string>> = {
  response: 'Panggilan pertama sampai di lokasi',
  answer: 'Berdering sampai diangkat',
  dispatch: 'Diangkat sampai unit dikirim',
  accept: 'Dikirim sampai diterima',
  'turn-out': 'Diterima sampai berangkat',
  travel: 'Berangkat sampai di lokasi',
  'to-hospital': 'Di lokasi sampai di RS',
  'hand-over': 'Di RS sampai serah terima',
};

const kinds: Readonly<Record<IncidentKind, string>> = {
  medical: 'Darurat medis',
  'traffic-accident': 'Kecelakaan',
  fire: 'Kebakaran',
  flood: 'Banjir',
  'fallen-tree': 'Pohon tumbang',
  'fallen-pole': 'Tiang roboh',
  animal: 'Hewan, sarang tawon',
  rescue: 'Penyelamatan',
  'public-order': 'Keributan, tawuran, miras',
  weapon: 'Orang bersenjata',
  'domestic-violence': 'KDRT',
  'mental-health': 'ODGJ',
  homeless: 'Anak jalanan, gelandangan',
  truancy: 'Pelajar membolos',
  'street-vendor': 'PKL liar',
  'illegal-parking': 'Parkir liar',
  demonstration: 'Unjuk rasa',
  towing: 'Derek',
  utility: 'PLN, PDAM, PJU',
  crime: 'Kejahatan',
  help: 'Bantuan warga',
  'officer-distress': 'Petugas dalam bahaya',
};

/** As the ministry writes them. */
const categories: Readonly<Record<CallDisposition, string>> = {
  emergency: 'Normal (darurat)',
  information: 'Informasi',
  ghost: 'Ghost',
  prank: 'Prank',
  'cut-off': 'Terputus',
  'not-recorded': 'Tidak tercatat',
};

const purposes: Readonly<Record<BookingPurpose, string>> = {
  control: 'Kontrol',
  referral: 'Rujukan',
  discharge: 'Pulang',
  deceased: 'Jenazah',
};

const heading = ['Bagian', 'Nama', 'Ukuran', 'Satuan', 'Nilai', 'Terukur', 'Tidak tercatat', 'Jam bertentangan'];

/** A month for a spreadsheet: one figure a line, so that it can be filtered and pivoted. What was not measured is empty. */
export function monthSheet(month: EmergencyMonth): string {
  const { total, byKind, byKelurahan, calls, bookings, units } = month;
  const names = new Map(kelurahan().map(({ code, name }) => [code, name]));
  return csvText([
    heading,
    ...groupLines(['Kota', 'Seluruh kota'], total),
    ['Kota', 'Seluruh kota', 'Masih terbuka', 'kejadian', month.open],
    ['Kota', 'Seluruh kota', 'Selesai tanpa unit', 'kejadian', month.withoutUnit],
    ...byKind.flatMap((group) => groupLines(['Jenis', group.kind === undefined ? 'Belum jelas' : kinds[group.kind]], group)), // prettier-ignore
    ...byKelurahan.flatMap((group) => groupLines(['Kelurahan', names.get(group.kelurahanCode ?? '') ?? 'Tidak diketahui'], group)), // prettier-ignore
    ['Panggilan', 'Semua', 'Masuk', 'panggilan', calls.total],
    ['Panggilan', 'Semua', 'Tidak terjawab', 'panggilan', calls.unanswered],
    ...Object.entries(categories).map(([name, words]): Line => ['Panggilan', words, 'Kategori', 'panggilan', calls.byDisposition[name as CallDisposition] ?? 0]), // prettier-ignore
    ['Panggilan', 'Belum dinyatakan', 'Kategori', 'panggilan', calls.notSaid],
    ...intervalLines(['Panggilan', 'Terjawab'], intervals.answer, calls.answer),
    ...bookingLines('Semua', bookings.total),
    ...Object.entries(purposes).flatMap(([name, words]) => bookingLines(words, bookings.byPurpose[name as BookingPurpose])), // prettier-ignore
    ...units.flatMap(unitLines),
  ]);
}

function bookingLines(of: string, { asked, driven, cancelled, diverted }: BookingFigures): Line[] {
  const line = (measure: string, count: number): Line => ['Pesanan ambulans', of, measure, 'pesanan', count];
  return [
    line('Diminta', asked),
    line('Diantar', driven),
    line('Dibatalkan', cancelled),
    line('Ambulansnya dialihkan ke darurat', diverted),
  ];
}

function groupLines(of: readonly [string, string], group: ResponseGroup): Line[] {
  return [
    [...of, 'Kejadian', 'kejadian', group.incidents],
    [...of, 'Di lokasi dalam kurang dari 15 menit', 'kejadian', group.withinTarget, group.intervals.response.measured],
    ...Object.entries(intervals).flatMap(([name, words]) => intervalLines(of, words, group.intervals[name as ResponseInterval])), // prettier-ignore
  ];
}

function intervalLines(of: readonly [string, string], words: string, summary: IntervalSummary): Line[] {
  const { measured, notRecorded, contradicting, p50Ms, p90Ms } = summary;
  const line = (name: string, ms: number | undefined): Line => [...of, `${words}, ${name}`, 'menit', minutes(ms), measured, notRecorded, contradicting]; // prettier-ignore
  return [line('P50', p50Ms), line('P90', p90Ms)];
}

function unitLines(unit: EmergencyMonth['units'][number]): Line[] {
  const line = (measure: string, count: number | '', one = 'tugas'): Line => ['Unit', unit.name, measure, one, count];
  return [
    line('Dikirim', unit.sent),
    line('Diterima', unit.accepted),
    line('Sampai di lokasi', unit.arrived),
    line('Mengantar ke RS', unit.transported),
    line('Ditolak', unit.declined),
    line('Dibatalkan atau dialihkan', unit.calledOff),
    line('Gawat (merah, kuning)', unit.urgent),
    line('Tidak gawat (hijau, hitam)', unit.notUrgent),
    line('Tanpa triase', unit.untriaged),
    line('Jam siaga', unit.onDutyMs === undefined ? '' : Math.round(unit.onDutyMs / 360_000) / 10, 'jam'),
    line('Dilewati karena tidak ada awak', unit.skippedWithoutCrew ?? '', 'kali'),
  ];
}

/** With one decimal; empty where nothing was measured. */
const minutes = (ms: number | undefined) => (ms === undefined ? '' : Math.round(ms / 6_000) / 10);
