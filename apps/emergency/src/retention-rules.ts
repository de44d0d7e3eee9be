const DAY_MS = 86_400_000;

/** As long as the log of calls: a question about how somebody was helped comes within a year. */
export const TIMELINE_KEPT_DAYS = 400;
/** Words about duties, and who was passed over: a month older than that has no hours of duty. */
export const DUTIES_KEPT_MS = TIMELINE_KEPT_DAYS * DAY_MS;
/** Since an incident was over: what people said, and where they live, goes then; when and how it was answered stays. */
export const WORDS_KEPT_MS = 400 * DAY_MS;
/** Words and pictures of squads, since their round was over: long enough for a question about what they did. */
export const VOICES_KEPT_MS = 90 * DAY_MS;
/** Calls that are done: a year, to be compared with the year before, and its month. */
export const CALLS_KEPT_MS = 400 * DAY_MS;

/** How long each collection of the emergency service is kept, and what removes it. */
export const retentionRules = [
  {
    collection: 'emergency_incidents',
    what: 'incidents; what callers said, exact places and answers of triage',
    kept: 'words, answers and exact places 400 days after it was over; the place to 100 m and the rest for ever',
    by: 'timer',
  },
  {
    collection: 'emergency_timeline',
    what: 'what happened to each incident and who did it; may hold what people said',
    kept: `${String(TIMELINE_KEPT_DAYS)} days`,
    by: 'expiry',
  },
  {
    collection: 'emergency_calls',
    what: 'calls: who called from which number, what was said, what became of it',
    kept: `${String(CALLS_KEPT_MS / DAY_MS)} days after they were done`,
    by: 'timer',
  },
  {
    collection: 'emergency_bookings',
    what: 'bookings of ambulances: who is brought from where to where, whom to call, what is needed',
    kept: `${String(CALLS_KEPT_MS / DAY_MS)} days after they were over`,
    by: 'timer',
  },
  {
    collection: 'emergency_units',
    what: 'units, and who rides in them: names and numbers of crews only while they are on duty',
    kept: 'until somebody removes them',
    by: 'nothing',
  },
  {
    collection: 'emergency_patrols',
    what: 'rounds of squads: where they were and when; what they wrote and photographed may show people',
    kept: `words and pictures ${String(VOICES_KEPT_MS / DAY_MS)} days after the round; the rest for ever`,
    by: 'timer',
  },
  {
    collection: 'emergency_duty_words',
    what: 'when the crew of a unit was said to be on duty, and until when; no names',
    kept: `${String(TIMELINE_KEPT_DAYS)} days`,
    by: 'expiry',
  },
  {
    collection: 'emergency_hospitals',
    what: 'hospitals, their beds, and who was announced to them: age band, sex, complaint; no names of patients',
    kept: 'notes of patients a day after the request ended, at most a week where nobody counted beds since; the rest until somebody removes it',
    by: 'timer',
  },
  {
    collection: 'emergency_push_keys',
    what: 'the key pair that phones of crews are rung with; of nobody',
    kept: 'for ever',
    by: 'nothing',
  },
  {
    collection: 'emergency_push_subscriptions',
    what: 'phones of crews: whose, and at which address of a push service they ring',
    kept: '180 days after the app was last opened; at once when it is taken off, its person is blocked or rides no more, or the push service knows it no more',
    by: 'expiry',
  },
  {
    collection: 'emergency_alerts',
    what: 'which phone was rung for which assignment; numbers of crews until a message was taken or given up',
    kept: '1 day',
    by: 'expiry',
  },
  {
    collection: 'emergency_crew_messages',
    what: 'the address that writes to crews, and its secret; of nobody',
    kept: 'until somebody removes it',
    by: 'nothing',
  },
] as const;
