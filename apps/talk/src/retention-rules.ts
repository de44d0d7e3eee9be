const DAY_MS = 86_400_000;

/** What was said: long enough for a question about what somebody was told. */
export const RECORDINGS_KEPT_MS = 90 * DAY_MS;

/** A press of an emergency button: the incident it opened is kept as incidents are. */
export const DISTRESS_KEPT_MS = 90 * DAY_MS;

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
    collection: 'talk_parts',
    what: 'seconds of what is being said',
    kept: 'until the burst is over and one file',
    by: 'timer',
  },
] as const;
