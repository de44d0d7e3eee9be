import { Patrol, PatrolChanged } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

/** A round as the rules see it. */
export type PatrolDocument = Omit<Patrol, 'patrolId' | 'version' | 'endedAtMs'> & {
  endedAtMs?: number | undefined;
  /** Who rode in the unit when a phone of it began: they may still send what they pressed when their duty is over. */
  squad: string[];
  exercise: boolean;
  /** Over for so long that screens are not told of it any more; lists are. */
  archived?: true | undefined;
};

export type StoredPatrol = Stored<PatrolDocument>;

/** Rounds; `_id` is the patrolId. */
export const patrols = defineCollection<PatrolDocument>({
  name: 'emergency_patrols',
  called: 'patroli',
  fields: {
    routeId: { type: String, required: true },
    routeName: { type: String, required: true },
    unitId: { type: String, required: true },
    unitName: { type: String, required: true },
    agency: { type: String, required: true },
    day: { type: String, required: true },
    round: { type: Number, required: true },
    fromMs: { type: Number, required: true },
    toMs: { type: Number, required: true },
    order: { type: String, required: true },
    places: { type: [Object], required: true },
    status: { type: String, required: true },
    startedAtMs: { type: Number, required: true },
    endedAtMs: Number,
    checkIns: { type: [Object], required: true },
    findings: { type: [Object], required: true },
    photos: { type: [Object], required: true },
    squad: { type: [String], required: true },
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
    archived: Boolean,
  },
  indexes: [
    { name: 'day', fields: { day: 1 } },
    { name: 'started', fields: { startedAtMs: 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(PatrolChanged, (stored) => (stored.archived === true ? null : shownOf(stored))),
});

/** What screens are told: no words, and of pictures how many there are. */
const shownOf = (stored: StoredPatrol): PatrolChanged =>
  PatrolChanged.data.parse({ ...saidOf(stored), photos: stored.photos.length });

/** What callers are told of a round: what the contract names, and nothing else. */
export const patrolOf = (stored: StoredPatrol): Patrol => Patrol.parse(saidOf(stored));

function saidOf({ _id, ...stored }: StoredPatrol) {
  return { ...stored, patrolId: _id, checkIns: inOrder(stored) };
}

/** By time; on a fixed route those that were visited after a place that comes later say so. */
function inOrder({ checkIns, places, order }: PatrolDocument): Patrol['checkIns'] {
  const sorted = checkIns.toSorted((one, other) => one.atMs - other.atMs);
  if (order === 'any') return sorted;
  const rank = (placeId: string) => places.findIndex((place) => place.placeId === placeId);
  return sorted.map((one, at) => {
    const isLate = sorted.slice(0, at).some((before) => rank(before.placeId) > rank(one.placeId));
    return isLate ? { ...one, isOutOfOrder: true as const } : one;
  });
}
