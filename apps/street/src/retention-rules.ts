const DAY_MS = 86_400_000;

/** Long enough for a question about the work, and for the reporter to look up the answer. */
export const VOICES_KEPT_MS = 90 * DAY_MS;
/** Of a report that nobody ever closed. */
export const VOICES_KEPT_OPEN_MS = 400 * DAY_MS;

/** As long as one may ask for the nights of a month: seconds. */
export const DARKNESS_KEPT_S = (400 * DAY_MS) / 1000;

/** How long each collection of the service is kept that tells of people, and what removes it. */
export const retentionRules = [
  {
    collection: 'street_reports',
    what: 'names, telephone numbers and words of who reported a street light',
    kept: `${String(VOICES_KEPT_MS / DAY_MS)} days after the report was closed, ${String(VOICES_KEPT_OPEN_MS / DAY_MS)} while it is open`,
    by: 'timer',
  },
  {
    collection: 'street_work_orders',
    what: 'work orders, crews by the name of their team, and pictures of the work',
    kept: 'for ever',
    by: 'nothing',
  },
  {
    collection: 'street_stills',
    what: 'pictures of cameras kept for an alarm or an incident',
    kept: 'until the day given with each, 365 days at most; the picture is erased with it',
    by: 'timer',
  },
  {
    collection: 'street_footage',
    what: 'who asked by letter for recordings, who decided, what was handed over',
    kept: 'who signed the letter until the day given with each, five years at most; the rest for ever',
    by: 'timer',
  },
  {
    collection: 'street_overrides',
    what: 'who switched lamps by hand, when, and the reason in his words',
    kept: 'for ever',
    by: 'nothing',
  },
  {
    collection: 'street_outages',
    what: 'what PLN was asked and said of an outage',
    kept: 'for ever',
    by: 'nothing',
  },
  {
    collection: 'street_dark_spans',
    what: 'when which lamp was dark; nothing of people',
    kept: '400 days',
    by: 'expiry',
  },
] as const;
