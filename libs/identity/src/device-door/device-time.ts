/** Below this a number of a device counts seconds, from here on milliseconds: the rule of Traccar's OsmAnd decoder. */
const SECONDS_BELOW = 2 ** 31;

const dateTime = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(?: ?(Z|[+-]\d\d:?\d\d)| (\d\d:\d\d))?$/i;

/**
 * When a device says something was: epoch seconds, epoch milliseconds, ISO 8601 (`Z`, `+00:00`, `+0000`) or
 * `yyyy-MM-dd HH:mm:ss`; UTC where no zone is given. Epoch ms, or NaN for what is no time.
 */
export function deviceTimeMs(said: string | number): number {
  const text = String(said).trim();
  if (/^\d{1,16}(?:\.\d+)?$/.test(text)) {
    const number = Number(text);
    return Math.round(number < SECONDS_BELOW ? number * 1000 : number);
  }
  const [, day, time, zone, bareZone] = dateTime.exec(text) ?? [];
  if (day === undefined || time === undefined) return Number.NaN;
  // a `+` that was not percent-encoded in a query arrives as a blank
  const offset = bareZone === undefined ? (zone ?? 'Z') : `+${bareZone}`;
  return Date.parse(`${day}T${time}${offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2').toUpperCase()}`);
}
