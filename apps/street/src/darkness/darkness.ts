import type { Darkness, KelurahanDarkness, Place, StreetDarkness } from '@siaga/contracts';
import { csvOf } from '@siaga/registers';
import { sunOn } from '../sun/sun.ts';

/** A lamp without light, from then to then; one that is dark still ends in a far future. */
export interface DarkSpan {
  lampId: string;
  kelurahanCode?: string | undefined;
  basis: 'measured' | 'inferred';
  fromMs: number;
  toMs: number;
}

/** A stretch of time. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The nights of a time at a place, from sunset to sunrise: when lamps should burn. */
export function nightsOf({ fromMs, toMs }: Stretch, place: Place): Stretch[] {
  const nights: Stretch[] = [];
  for (let atMs = fromMs - DAY_MS; atMs <= toMs + DAY_MS; atMs += DAY_MS) {
    const [today, tomorrow] = [atMs, atMs + DAY_MS].map((ms) => sunOn(new Date(ms).toISOString().slice(0, 10), place));
    if (today === undefined || tomorrow === undefined || 'dark' in today || 'dark' in tomorrow) continue;
    const night = { fromMs: Math.max(fromMs, today.sunsetMs), toMs: Math.min(toMs, tomorrow.sunriseMs) };
    if (night.toMs > night.fromMs) nights.push(night);
  }
  return nights;
}

/** How long one lamp was dark, and who says so: itself, or its panel. */
export interface LampDarkness {
  kelurahanCode?: string | undefined;
  measuredMs: number;
  inferredMs: number;
}

/** The same by lampId, of lamps that were dark at all within these stretches. A lamp with two troubles at once is dark once. */
export function darkOfLamps(spans: readonly DarkSpan[], within: readonly Stretch[]): Map<string, LampDarkness> {
  const lamps = new Map<string, LampDarkness>();
  for (const [lampId, of] of Map.groupBy(spans, (span) => span.lampId)) {
    const dark = { measured: 0, inferred: 0 };
    let countedToMs = 0;
    for (const { basis, fromMs, toMs } of of.toSorted((one, other) => one.fromMs - other.fromMs)) {
      const news = { fromMs: Math.max(fromMs, countedToMs), toMs };
      for (const stretch of within) dark[basis] += overlapMs(news, stretch);
      countedToMs = Math.max(countedToMs, toMs);
    }
    const { measured: measuredMs, inferred: inferredMs } = dark;
    const kelurahanCode = of[0]?.kelurahanCode;
    if (measuredMs + inferredMs > 0) lamps.set(lampId, { kelurahanCode, measuredMs, inferredMs });
  }
  return lamps;
}

/** Lamp-minutes of spans within these stretches, by kelurahan, darkest first. */
export function darknessOf(
  spans: readonly DarkSpan[],
  within: readonly Stretch[],
  nameOf: (code: string) => string | undefined,
): Omit<StreetDarkness, 'month'> {
  const sums = new Map<string, Darkness>();
  for (const { kelurahanCode = '', measuredMs, inferredMs } of darkOfLamps(spans, within).values()) {
    const sum = sums.get(kelurahanCode) ?? { lamps: 0, measuredMinutes: 0, inferredMinutes: 0 };
    sums.set(kelurahanCode, plus(sum, { lamps: 1, measuredMinutes: measuredMs, inferredMinutes: inferredMs }));
  }
  const total = [...sums.values()].reduce(plus, { lamps: 0, measuredMinutes: 0, inferredMinutes: 0 });
  const kelurahan = [...sums].map(([code, sum]): KelurahanDarkness => {
    const name = nameOf(code);
    const where = code === '' ? {} : { kelurahanCode: code, ...(name !== undefined && { kelurahan: name }) };
    return { ...where, ...inMinutes(sum) };
  });
  return { total: inMinutes(total), kelurahan: kelurahan.sort((one, other) => minutesOf(other) - minutesOf(one)) };
}

const overlapMs = (one: Stretch, other: Stretch) =>
  Math.max(0, Math.min(one.toMs, other.toMs) - Math.max(one.fromMs, other.fromMs));

const plus = (one: Darkness, other: Darkness): Darkness => ({
  lamps: one.lamps + other.lamps,
  measuredMinutes: one.measuredMinutes + other.measuredMinutes,
  inferredMinutes: one.inferredMinutes + other.inferredMinutes,
});
/** Of sums in milliseconds, in tenths. */
const inMinutes = ({ lamps, measuredMinutes, inferredMinutes }: Darkness): Darkness => ({
  lamps,
  measuredMinutes: Math.round((measuredMinutes / MINUTE_MS) * 10) / 10,
  inferredMinutes: Math.round((inferredMinutes / MINUTE_MS) * 10) / 10,
});
const minutesOf = ({ measuredMinutes, inferredMinutes }: Darkness) => measuredMinutes + inferredMinutes;

const heading = (id: string) => ({ headings: { id } });

const columns = {
  kelurahanCode: heading('Kode'),
  kelurahan: heading('Kelurahan'),
  lamps: heading('Lampu yang pernah padam'),
  measuredMinutes: heading('Lampu-menit padam, diukur'),
  inferredMinutes: heading('Lampu-menit padam, disimpulkan dari panel'),
};

/** The darkness of a month for a spreadsheet, the city last. */
export function darknessCsv({ kelurahan, total }: StreetDarkness): string {
  const rows = kelurahan.map((row) => ({ ...row, kelurahan: row.kelurahan ?? 'luar kota' }));
  return csvOf({ columns }, [...rows, { ...total, kelurahan: 'SELURUH KOTA' }]);
}
