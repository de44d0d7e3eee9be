const DAY_MS = 86_400_000;

/** Alarms that are over: a year, to be compared with the year before, and its month. */
export const ALARMS_KEPT_MS = 400 * DAY_MS;

/** As long as the alarms of which they tell. */
export const HAND_OVERS_KEPT_DAYS = 400;

/** How long each collection of the desk is kept, and what removes it. */
export const retentionRules = [
  {
    collection: 'alarms_alarms',
    what: 'alarms and their timelines: who answered, and why',
    kept: `${String(ALARMS_KEPT_MS / DAY_MS)} days after they were over`,
    by: 'timer',
  },
  {
    collection: 'alarms_conditions',
    what: 'the last word on each trouble of each thing; nothing of people',
    kept: 'for ever',
    by: 'nothing',
  },
  {
    collection: 'alarms_hand_overs',
    what: 'what a shift told the next: free text, may name people',
    kept: `${String(HAND_OVERS_KEPT_DAYS)} days`,
    by: 'expiry',
  },
  {
    collection: 'alarms_webhooks',
    what: 'addresses that are told of alarms, and what their messages are signed with',
    kept: 'until somebody removes them',
    by: 'nothing',
  },
  {
    collection: 'alarms_deliveries',
    what: 'messages that such an address has not taken yet',
    kept: 'until taken, 24 hours at most',
    by: 'expiry',
  },
] as const;
