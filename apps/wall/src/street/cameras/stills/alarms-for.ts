import type { AlarmChanged } from '@siaga/contracts';

/** More than one reads in a list that drops down. */
const MOST = 30;

/** Alarms a picture of a camera may be about: its own first, then what is still the matter, the newest first. */
export function alarmsFor(cameraId: string, alarms: readonly AlarmChanged[]): readonly AlarmChanged[] {
  const isOwn = ({ thing }: AlarmChanged) => thing.kind === 'camera' && thing.thingId === cameraId;
  const rank = (alarm: AlarmChanged) => (isOwn(alarm) ? 0 : alarm.status === 'active' ? 1 : 2);
  return alarms.toSorted((one, other) => rank(one) - rank(other) || other.raisedAtMs - one.raisedAtMs).slice(0, MOST);
}
