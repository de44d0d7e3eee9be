/** How long one kind of document is kept, and who removes it. Streams say it in their contracts: `keepForDays`. */
export interface RetentionRule {
  /** Collection of the city's database. */
  readonly collection: string;
  readonly what: string;
  /** In words. */
  readonly kept: string;
  /**
   * `daily`: the run of `retention.ts`; `expiry`: an index of the database; `request`: what somebody asks for, by
   * `identity.people.erase`; `nothing`: what it is about stays.
   */
  readonly by: 'daily' | 'expiry' | 'request' | 'nothing';
}

const DAY_MS = 86_400_000;

/** Five years: as long as the archive schedules of cities keep what officials did, and longer than most disputes take. */
export const AUDIT_KEPT_MS = 1826 * DAY_MS;

/** A year: a complaint about what somebody looked at comes within it. */
export const REASONS_KEPT_MS = 365 * DAY_MS;

const daysOf = (ms: number) => `${String(ms / DAY_MS)} days`;

/** Every collection that holds something of people or devices; the test of the daily run finds those that have no row. */
export const retentionRules: readonly RetentionRule[] = [
  {
    collection: 'audit_records',
    what: 'who did or saw what, under pseudonyms',
    kept: daysOf(AUDIT_KEPT_MS),
    by: 'daily',
  },
  {
    collection: 'identity_reveals',
    what: 'why somebody uncovered masked fields',
    kept: daysOf(REASONS_KEPT_MS),
    by: 'daily',
  },
  {
    collection: 'identity_people',
    what: 'names, user names, hashes of passwords',
    kept: 'until erased; then a pseudonym',
    by: 'request',
  },
  {
    collection: 'identity_sessions',
    what: 'where somebody is signed in: address, browser',
    kept: '1 day after it ran out: 12 hours unused, 14 days at most; a screen’s 30 days unused',
    by: 'expiry',
  },
  {
    collection: 'identity_invitations',
    what: 'names of people who were asked in',
    kept: '1 day after the link ran out: 7 days',
    by: 'expiry',
  },
  { collection: 'identity_pairings', what: 'codes of screens that asked to be paired', kept: 'minutes', by: 'expiry' },
  { collection: 'identity_sign_in_tries', what: 'wrong passwords', kept: '1 day', by: 'expiry' },
  {
    collection: 'presses',
    what: 'answers to commands, for their repeats',
    kept: '7 days; until somebody they touch is erased',
    by: 'expiry',
  },
  { collection: 'identity_screens', what: 'paired screens; a revoked one stays', kept: 'for ever', by: 'nothing' },
  { collection: 'identity_devices', what: 'hashes of devices’ keys', kept: 'for ever', by: 'nothing' },
];
