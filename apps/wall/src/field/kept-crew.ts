import { z } from 'zod';
import { seenName } from '../session/of-one-person.ts';
import { KnownJob } from './known-job.ts';
import type { Keep } from './keep.ts';

const NAME = seenName('crew');

/** What the phone of a crew knows where nothing answers: whose it is, and his own open job as the city said it last. */
export const KeptCrew = z.object({
  principalId: z.string(),
  timezone: z.string(),
  /** The last sign of life of the city by then, epoch ms of the city. */
  heardAtMs: z.number(),
  /** So far the phone's clock is ahead of the city's, ms: what is pressed is stamped with the city's. */
  clockAheadMs: z.number(),
  unitName: z.string().optional(),
  /** Absent: he was on none. */
  job: KnownJob.optional(),
});
export type KeptCrew = z.infer<typeof KeptCrew>;

/** A phone that is full keeps less: what it kept before is taken off, for an older job would look like this one. */
export function keepCrew(keep: Keep & Pick<Storage, 'removeItem'>, crew: KeptCrew): void {
  try {
    keep.setItem(NAME, JSON.stringify(crew));
  } catch {
    keep.removeItem(NAME);
  }
}

/** Undefined: nobody was signed in here, or what is kept cannot be read. */
export function keptCrew(keep: Pick<Keep, 'getItem'>): KeptCrew | undefined {
  try {
    return KeptCrew.safeParse(JSON.parse(keep.getItem(NAME) ?? '')).data;
  } catch {
    return undefined;
  }
}

/** The city's clock by that of the phone, as far as the two were apart when it was heard last. */
export const clockOf =
  ({ clockAheadMs }: KeptCrew) =>
  () =>
    Date.now() - clockAheadMs;
