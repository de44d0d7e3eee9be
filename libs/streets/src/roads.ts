import type { Place } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import { z } from 'zod';
import type { ClippedWay, Vertex } from './clip.ts';
import type { Tags } from './osm-element.ts';
import { placesAlong } from './streets.ts';

/**
 * Kilometres per hour that an ambulance keeps on the average, by class of road. Assumptions of ours for an Indonesian town
 * by day, turns and crossings included; nobody measured them. Classes: https://wiki.openstreetmap.org/wiki/Key:highway
 */
export const assumedKph: Readonly<Record<string, number>> = {
  ...{ motorway: 80, trunk: 50, primary: 45, secondary: 40, tertiary: 35 },
  ...{ motorway_link: 50, trunk_link: 40, primary_link: 35, secondary_link: 30, tertiary_link: 30 },
  ...{ unclassified: 30, residential: 25, living_street: 15, service: 15 },
};

/** Roads are cut into pieces of at most this, so that the nearest end of a piece is near wherever one stands. */
export const PIECE_M = 50;

/** Roads an ambulance can take, as it is stored: places in 1e-5 degrees, times in milliseconds. */
export const Roads = z.object({
  /** lat, lng, lat, lng, … */
  places: z.array(z.number().int()),
  /** from, to, time there, time back, …; 0: not that way. */
  pieces: z.array(z.number().int().min(0)),
});
export type Roads = z.infer<typeof Roads>;

/** Every road a car may take, one-way streets and barred ones as they are tagged; and how long they are together, metres. */
export function roadsOf(ways: readonly ClippedWay[]): { roads: Roads; lengthM: number } {
  const roads: Roads = { places: [], pieces: [] };
  const numbers = new Map<number, number>();
  const add = ({ lat, lng }: Place) => roads.places.push(Math.round(lat * 1e5), Math.round(lng * 1e5)) / 2 - 1;
  const numberOf = (vertex: Vertex) => {
    const number = numbers.get(vertex.id) ?? add(vertex);
    numbers.set(vertex.id, number);
    return number;
  };
  let lengthM = 0;
  for (const { tags, lines } of ways) {
    const kph = speedOf(tags);
    if (kph === undefined) continue;
    const { there, back } = directionsOf(tags);
    for (const line of lines)
      for (const [at, end] of line.slice(1).entries()) {
        const begin = line[at] as Vertex;
        const metres = distanceM(begin, end);
        lengthM += metres;
        const steps = placesAlong([begin, end], PIECE_M).slice(1);
        const time = Math.max(1, Math.round((metres / steps.length / (kph / 3.6)) * 1000));
        let from = numberOf(begin);
        for (const [index, step] of steps.entries()) {
          const to = index === steps.length - 1 ? numberOf(end) : add(step);
          roads.pieces.push(from, to, there ? time : 0, back ? time : 0);
          from = to;
        }
      }
  }
  return { roads, lengthM };
}

/** Undefined where no ambulance drives; what a sign allows, if that is less than assumed. */
function speedOf(tags: Tags): number | undefined {
  const kind = tags['highway'] ?? '';
  // a file may say anything, `constructor` too
  const assumed = Object.hasOwn(assumedKph, kind) ? assumedKph[kind] : undefined;
  if (assumed === undefined || tags['area'] === 'yes' || isBarred(tags)) return undefined;
  const allowed = Number(tags['maxspeed']);
  return allowed > 0 ? Math.min(assumed, allowed) : assumed;
}

/** The most particular tag counts. https://wiki.openstreetmap.org/wiki/Key:access */
function isBarred(tags: Tags): boolean {
  const said = ['emergency', 'motorcar', 'motor_vehicle', 'vehicle', 'access'].map((key) => tags[key]);
  const access = said.find((value) => value !== undefined);
  return access !== undefined && ['no', 'private', 'agricultural', 'forestry', 'military'].includes(access);
}

/** https://wiki.openstreetmap.org/wiki/Key:oneway */
function directionsOf(tags: Tags): { there: boolean; back: boolean } {
  const isRound = tags['junction'] === 'roundabout' || tags['highway'] === 'motorway';
  const oneway = tags['oneway'] ?? (isRound ? 'yes' : 'no');
  if (oneway === '-1' || oneway === 'reverse') return { there: false, back: true };
  return { there: true, back: !['yes', 'true', '1'].includes(oneway) };
}
