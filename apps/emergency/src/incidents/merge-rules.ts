import { isDeepStrictEqual } from 'node:util';
import { isOpenIncident, Fault } from '@siaga/contracts';
import {
  MOST_ASSIGNMENTS,
  MOST_CALLS,
  MOST_MERGED,
  type IncidentDocument,
  type Merging,
  type StoredIncident,
} from './incident-document.ts';
import { atWork } from './incident-rules.ts';
import { MERGING_FOR_MS, mustBeOpen, openAgain, SHOWN_MS, type Actor, type Turn } from './incident-turn.ts';
import { firstOfEach, timesOf } from './incident-times.ts';

/** The order in which two incidents are held: whoever merges them the other way round holds the same one first. */
export const inHoldingOrder = (one: string, other: string): readonly [string, string] =>
  one < other ? [one, other] : [other, one];

/** Holds one of two that become one: until then it stays open, and no third is merged with it. */
export function held(incident: StoredIncident, merging: Merging): Turn {
  mustBeOpen(incident, merging.atMs);
  return { fields: { merging }, lines: [] };
}

/** Lets go of it, unless another holds it by now. */
export const letGo = (incident: IncidentDocument, token: string): Turn | undefined =>
  incident.merging?.token === token ? { fields: { merging: undefined }, lines: [] } : undefined;

/** Throws when one is simulated and the other real, or both have more than one incident may. */
export function mustFit(one: IncidentDocument, into: IncidentDocument): void {
  if (one.exercise !== into.exercise)
    throw new Fault(
      'conflict',
      'simulasi dan kejadian nyata tidak dicampur · what is simulated never joins what is real',
    );
  const fits =
    one.calls.length + into.calls.length <= MOST_CALLS &&
    one.assignments.length + into.assignments.length <= MOST_ASSIGNMENTS &&
    one.merged.length + into.merged.length < MOST_MERGED;
  if (!fits)
    throw new Fault('conflict', 'terlalu banyak panggilan atau unit untuk satu insiden · too much for one incident');
}

/**
 * It goes into another. Both are held, so that both are open and part of nothing: a circle of merges cannot close. Throws
 * when another took hold of it meanwhile.
 */
export function mergedInto(
  incident: StoredIncident,
  { token, otherId }: Pick<Merging, 'token' | 'otherId'>,
  { by, nowMs }: Actor,
): Turn {
  const { merging } = incident;
  const isHeld = merging?.token === token && isOpenIncident(incident);
  if (!isHeld) mustBeOpen(incident, nowMs);
  if (!isHeld || nowMs - merging.atMs >= MERGING_FOR_MS)
    throw new Fault('conflict', 'terlalu lama, coba lagi · it took too long, try again');
  return {
    fields: {
      ...{ status: 'merged', mergedInto: otherId, mergedBy: { by, atMs: nowMs }, merging: undefined },
      wakeAtMs: nowMs + SHOWN_MS,
    },
    lines: [{ step: 'merged', otherIncidentId: otherId }],
  };
}

/** It stands alone again, with what is its own. */
export function split(incident: StoredIncident, { reason }: { reason: string }): Turn {
  const { mergedInto: otherIncidentId } = incident;
  if (incident.status !== 'merged' || otherIncidentId === undefined)
    throw new Fault('conflict', 'insiden ini tidak digabung ke mana pun · it is not merged into another');
  return {
    fields: { ...openAgain(incident), mergedInto: undefined, mergedBy: undefined },
    lines: [{ step: 'split', otherIncidentId, words: reason }],
  };
}

/**
 * What an incident has by what was merged into it: its own calls and units and those of each part; nothing when it has just
 * that. Made anew from the parts each time, so what was split off is gone, and a repeat or a crash in between changes nothing.
 */
export function settled(incident: StoredIncident, parts: readonly StoredIncident[]): Turn | undefined {
  const all = parts.toSorted((one, other) => (one._id < other._id ? -1 : 1));
  const own = <One extends { incidentId: string }>(list: readonly One[]) =>
    list.filter(({ incidentId }) => incidentId === incident._id);
  // a part that was not settled yet may still name what is this incident's own
  const ofParts = <One extends { incidentId: string }>(listOf: (part: StoredIncident) => readonly One[]) =>
    all.flatMap(listOf).filter(({ incidentId }) => incidentId !== incident._id);
  const assignments = [...own(incident.assignments), ...ofParts((part) => part.assignments)];
  const { fields, lines } = atWork(incident, assignments);
  const partners = [...new Set([incident, ...all].flatMap((one) => (one === incident ? one.partnersTold : one.partners) ?? []))]; // prettier-ignore
  const made = {
    ...fields,
    calls: [...own(incident.calls), ...ofParts((part) => part.calls)],
    merged: all.flatMap(({ _id, merged }) => [_id, ...merged]),
    agencies: [...new Set([...incident.told, ...all.flatMap((part) => part.agencies)])],
    ...(partners.length === 0 && incident.partners === undefined ? {} : { partners }),
    timesOfMerged: firstOfEach(all.map((part) => timesOf({ ...part, calls: [], assignments: [] }))),
  };
  const isSo = Object.entries(made).every(([name, value]) =>
    isDeepStrictEqual(value, incident[name as keyof typeof made]),
  );
  return isSo ? undefined : { fields: made, lines };
}
