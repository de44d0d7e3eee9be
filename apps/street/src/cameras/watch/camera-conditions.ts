import {
  thingKey,
  type AlarmKind,
  type CameraHealth,
  type ConditionChanged,
  type Link,
  type ThingKey,
} from '@siaga/contracts';
import type { CameraStateDocument } from './state-documents.ts';
import type { Watched } from './watch-rules.ts';

/** What the alarm desk calls it. */
const kinds: Readonly<Partial<Record<CameraHealth, AlarmKind>>> = {
  unreachable: 'unreachable',
  refused: 'refused',
  'no-stream': 'noStream',
  frozen: 'frozenPicture',
  black: 'blackPicture',
};

type Facts = Pick<CameraStateDocument, 'name' | 'owner' | 'place'> & { cameraId: string; within: readonly ThingKey[] };

/** What becomes of a camera's troubles when another thing is believed of it: the old one ends, the new one begins. */
export function cameraConditions(
  { cameraId, name, owner, place, within }: Facts,
  before: Pick<Watched, 'health' | 'sinceMs'>,
  after: Pick<Watched, 'health' | 'sinceMs' | 'checkedAtMs' | 'detail'>,
): ConditionChanged[] {
  if (before.health === after.health) return [];
  const { checkedAtMs: changedAtMs, detail } = after;
  const said = ({ health, sinceMs }: Pick<Watched, 'health' | 'sinceMs'>, active: boolean): ConditionChanged[] => {
    const kind = kinds[health];
    if (kind === undefined) return [];
    const thing = { kind: 'camera', thingId: cameraId };
    const where = { place: { lat: place.lat, lng: place.lng }, within: [...within] };
    const how = { severity: 'medium', basis: 'measured', agency: owner } as const;
    return [{ thing, name, kind, active, ...how, ...where, sinceMs, changedAtMs, ...(active && detail ? { detail } : {}) }]; // prettier-ignore
  };
  return [...said(before, false), ...said(after, true)];
}

/** A link that is down, or no longer. */
export function linkCondition(
  { linkId, name, owner }: Link,
  { active, sinceMs, changedAtMs, within, cameras }: { active: boolean; sinceMs: number; changedAtMs: number; within: readonly ThingKey[]; cameras: number }, // prettier-ignore
): ConditionChanged {
  return {
    ...{ thing: { kind: 'link', thingId: linkId }, name, kind: 'communicationFailure', active },
    ...{ severity: 'medium', basis: 'inferred', agency: owner, within: [...within], sinceMs, changedAtMs },
    ...(active
      ? { detail: `${String(cameras)} kamera di tautan ini hilang bersama · all its cameras fell together` }
      : {}),
  };
}

/** What a thing hangs on, nearest first, each once. */
export const hangsOn = (
  names: readonly (readonly [kind: 'link' | 'panel' | 'feeder', thingId: string | undefined])[],
): ThingKey[] => [
  ...new Set(names.flatMap(([kind, thingId]) => (thingId === undefined ? [] : [thingKey({ kind, thingId })]))),
];
