import { TalkFloorChanged } from '@siaga/contracts';
import { useLatest, useNow } from '../link/use-live.ts';

/** Groups in which somebody talks now, emergencies first, then by name. What must be over by now is over, whatever was last heard. */
export function talking(floors: Iterable<TalkFloorChanged>, nowMs: number): TalkFloorChanged[] {
  return [...floors]
    .filter(({ talk }) => talk !== undefined && talk.untilMs > nowMs)
    .sort((one, other) => rank(other) - rank(one) || one.name.localeCompare(other.name, 'id'));
}

const rank = ({ talk }: TalkFloorChanged) => (talk?.isEmergency === true ? 1 : 0);

/** Who has which floor, as this screen knows it. */
export function useFloors(): { floors: readonly TalkFloorChanged[]; onAir: readonly TalkFloorChanged[] } {
  const floors = [...useLatest(TalkFloorChanged).values()].map(({ data }) => data);
  return { floors, onAir: talking(floors, useNow()) };
}
