import { thingKey, type Area, type Place } from '@siaga/contracts';
import type { RootSaid } from '../alarms/alarm-steps.ts';
import { cappedSeverity } from '../alarms/severities.ts';
import type { StoredCondition } from '../conditions/condition-document.ts';

/** As many kelurahan as an alarm names; a city has fewer. */
const MOST_KELURAHAN = 100;

/** What an alarm tells of a root and of what hangs below it; `tree` holds the root, too. */
export function rootSaid(root: StoredCondition, tree: readonly StoredCondition[]): RootSaid {
  const { _id, thing, name, kind, agency, basis, detail, sinceMs, place, exercise } = root;
  const places = tree.flatMap((condition) => condition.place ?? []);
  const codes = new Set(places.flatMap(({ kelurahanCode }) => kelurahanCode ?? []));
  return {
    ...{ conditionKey: _id, thingKey: thingKey(thing), exercise, thing, name, kind, agency, basis, detail, sinceMs },
    severity: cappedSeverity(root),
    lifeRisk: root.lifeRisk === true,
    affected: affectedBy(root, tree),
    kelurahanCodes: [...codes].sort().slice(0, MOST_KELURAHAN),
    place: place === undefined ? undefined : { lat: place.lat, lng: place.lng },
    area: areaOf(places),
  };
}

/** How many things of each kind hang below it: a thing with two troubles is one, the root's own is none. */
function affectedBy(root: StoredCondition, tree: readonly StoredCondition[]): Record<string, number> {
  const things = new Map(tree.map(({ thing }) => [thingKey(thing), thing.kind]));
  things.delete(thingKey(root.thing));
  const counts: Record<string, number> = {};
  for (const kind of [...things.values()].sort()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function areaOf(places: readonly Place[]): Area | undefined {
  const [first] = places;
  if (first === undefined) return undefined;
  const area = { south: first.lat, west: first.lng, north: first.lat, east: first.lng };
  for (const { lat, lng } of places) {
    area.south = Math.min(area.south, lat);
    area.north = Math.max(area.north, lat);
    area.west = Math.min(area.west, lng);
    area.east = Math.max(area.east, lng);
  }
  return area;
}
