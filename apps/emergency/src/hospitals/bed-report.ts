import { Fault, type InputOf, type ReportBeds } from '@siaga/contracts';
import { countedAnew } from './bed-counts.ts';
import type { HospitalNow } from './hospital-now.ts';

/** Who reports: its own people, or the desk that heard it from them. */
interface Reporter {
  readonly by: string;
  readonly source: 'facility' | 'desk';
  readonly atMs: number;
}

/**
 * What a report makes of a hospital's counts, and of whether ambulances may come; what it does not name stays. Throws `invalid`
 * where ambulances are not to come as usual and nobody says why.
 */
export function reportedBeds(
  { counted }: Pick<HospitalNow, 'counted'>,
  { beds, emsTraffic, emsReason, channel, saidBy }: InputOf<typeof ReportBeds>['body'],
  { by, source, atMs }: Reporter,
): Partial<HospitalNow> {
  const heard = source === 'desk' ? { ...(channel && { channel }), ...(saidBy && { saidBy }) } : {};
  const fields = beds.length === 0 ? {} : { counted: countedAnew(counted, { beds, atMs, source, ...heard }) };
  if (emsTraffic === undefined) return fields;
  if (emsTraffic !== 'normal' && emsReason === undefined)
    throw new Fault('invalid', 'emsReason: tulis alasannya · write down why');
  const reason = emsTraffic === 'normal' ? undefined : emsReason;
  return { ...fields, emsTraffic, emsReason: reason, emsSaid: { by, atMs, ...heard } };
}
