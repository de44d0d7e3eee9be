import { beginOfDay, dayAt } from '@siaga/contracts';

/** Languages a screen can speak. */
export type Language = 'id' | 'en';

const locales: Record<Language, string> = { id: 'id-ID', en: 'en-GB' };
const separators: Record<Language, string> = { id: '.', en: ':' };
const units: Record<Language, { second: string; minute: string; hour: string; day: string }> = {
  id: { second: 'dtk', minute: 'mnt', hour: 'j', day: 'hr' },
  en: { second: 's', minute: 'min', hour: 'h', day: 'd' },
};
const indonesianZones: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How one screen writes numbers, times and durations. Times are those of the city, whatever the screen's own zone. */
export interface Format {
  /** `5.412`, or `0,4` with `digits: 1`. */
  number: (value: number, digits?: number) => string;
  /** `92 MB`, `1,4 GB`: a thousand to the next, as disks are sold. */
  bytes: (bytes: number) => string;
  /** `19.12`, 24 hours, city time. */
  time: (epochMs: number) => string;
  /** `19.12.47`, for a clock or a timeline. */
  timeWithSeconds: (epochMs: number) => string;
  /** `Sabtu` */
  weekday: (epochMs: number) => string;
  /** `21 Nov 2026` */
  date: (epochMs: number) => string;
  /** `19.12` today, `20 Nov 19.12` on another day of the city. */
  moment: (epochMs: number, nowMs: number) => string;
  /** `38 dtk`, `41 mnt`, `1 j 12 mnt`, `2 hr 3 j`; never negative. */
  duration: (ms: number) => string;
  /** `WIB`, `WITA`, `WIT`, or the zone's own short name. */
  zone: string;
}

/** Builds the formatters of one language and IANA zone once; building `Intl` objects per call costs too much per frame. */
export function createFormat(language: Language, timezone: string): Format {
  const locale = locales[language];
  const numbers = [0, 1, 2, 3].map(
    (digits) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const dated = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: timezone, ...options });
  const weekday = dated({ weekday: 'long' });
  const date = dated({ day: 'numeric', month: 'short', year: 'numeric' });
  const shortDate = dated({ day: 'numeric', month: 'short' });
  const timeWithSeconds = (epochMs: number) => clock.format(epochMs).replaceAll(':', separators[language]);
  const time = (epochMs: number) => timeWithSeconds(epochMs).slice(0, 5);
  const number = (value: number, digits = 0) => (numbers[digits] ?? numbers[3])?.format(value) ?? String(value);
  return {
    number,
    bytes: (bytes) => formatBytes(bytes, number),
    time,
    timeWithSeconds,
    weekday: (epochMs) => weekday.format(epochMs),
    date: (epochMs) => date.format(epochMs),
    moment: (epochMs, nowMs) =>
      date.format(epochMs) === date.format(nowMs) ? time(epochMs) : `${shortDate.format(epochMs)} ${time(epochMs)}`,
    duration: (ms) => formatDuration(ms, language),
    zone: indonesianZones[timezone] ?? timezone,
  };
}

function formatDuration(ms: number, language: Language): string {
  const unit = units[language];
  const whole = Math.max(0, ms);
  if (whole < minute) return `${String(Math.floor(whole / second))} ${unit.second}`;
  if (whole < hour) return `${String(Math.floor(whole / minute))} ${unit.minute}`;
  if (whole < day) return two(Math.floor(whole / hour), unit.hour, Math.floor((whole % hour) / minute), unit.minute);
  return two(Math.floor(whole / day), unit.day, Math.floor((whole % day) / hour), unit.hour);
}

const byteUnits = ['kB', 'MB', 'GB', 'TB'];

/** One digit after the comma from gigabytes on: there a tenth is worth knowing. */
function formatBytes(bytes: number, number: Format['number']): string {
  let value = bytes / 1000;
  let unit = 0;
  while (Math.round(value) >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${number(value, unit < 2 || value >= 100 ? 0 : 1)} ${byteUnits[unit] ?? ''}`;
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${String(large)} ${largeUnit}` : `${String(large)} ${largeUnit} ${String(small)} ${smallUnit}`;
}

/** Epoch ms of the last midnight in the zone. */
export const startOfDayMs = (epochMs: number, timezone: string): number =>
  beginOfDay(dayAt(epochMs, timezone), timezone);

/** City date of a moment as `2026-11-21`, the form intake counts carry. */
export const cityDay = dayAt;
