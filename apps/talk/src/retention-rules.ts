const DAY_MS = 86_400_000;

/** What was said: long enough for a question about what somebody was told. */
export const RECORDINGS_KEPT_MS = 90 * DAY_MS;

/** A press of an emergency button: the incident it opened is kept as incidents are. */
export const DISTRESS_KEPT_MS = 90 * DAY_MS;

/** A roll call: its month is asked for by the agency that pays, also a year later. */
export const ROLL_CALLS_KEPT_MS = 400 * DAY_MS;

/** How long each collection of touch to talk is kept, and what removes it. */
export const retentionRules = [
  {
    collection: 'talk_bursts',
    what: 'who spoke when in which group, and the sound of it: people are heard in it',
    kept: `${String(RECORDINGS_KEPT_MS / DAY_MS)} days`,
    by: 'timer',
  },
  {
    collection: 'talk_distresses',
    what: 'who pressed the emergency button when, and where he was',
    kept: `${String(DISTRESS_KEPT_MS / DAY_MS)} days`,
    by: 'timer',
  },
  {
    collection: 'talk_handset_signs',
    what: 'when a radio was heard last, and its battery',
    kept: 'as long as the radio is in the register',
    by: 'nothing',
  },
  {
    collection: 'talk_handsets',
    what: 'radios, their offices, SIM cards and data plans; who speaks with each',
    kept: 'until it is taken out of the register',
    by: 'nothing',
  },
  {
    collection: 'talk_parts',
    what: 'seconds of what is being said',
    kept: 'until the burst is over and one file',
    by: 'timer',
  },
  {
    collection: 'talk_roll_answers',
    what: 'which radio answered a roll call when, and by whom',
    kept: `${String(ROLL_CALLS_KEPT_MS / DAY_MS)} days`,
    by: 'timer',
  },
  {
    collection: 'talk_roll_calls',
    what: 'roll calls, and the radios they asked',
    kept: `${String(ROLL_CALLS_KEPT_MS / DAY_MS)} days`,
    by: 'timer',
  },
] as const;
