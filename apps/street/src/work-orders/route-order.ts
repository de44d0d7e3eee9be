import type { Place } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';

type Somewhere = { readonly place?: Place | undefined };

/**
 * Stops in a short order of a way through all of them, by straight lines: nearest neighbour from each stop in turn, the
 * shortest of these ways, then 2-opt until no crossing is left. Where the crew starts is not known. Stops without a place
 * come last, as they were.
 */
export function inRouteOrder<Stop extends Somewhere>(stops: readonly Stop[]): Stop[] {
  const placed = stops.filter(({ place }) => place !== undefined);
  const ways = placed.map((first) => nearestNext(first, placed));
  const [shortest = []] = ways.toSorted((one, other) => lengthM(one) - lengthM(other));
  return [...uncrossed(shortest), ...stops.filter(({ place }) => place === undefined)];
}

/** Metres from stop to stop, straight. */
export function lengthM(stops: readonly Somewhere[]): number {
  return stops.reduce((sum, stop, at) => sum + between(stops[at - 1], stop), 0);
}

function between(one: Somewhere | undefined, other: Somewhere | undefined): number {
  if (one?.place === undefined || other?.place === undefined) return 0;
  return distanceM(one.place, other.place);
}

function nearestNext<Stop extends Somewhere>(first: Stop, stops: readonly Stop[]): Stop[] {
  const way = [first];
  const left = new Set(stops.filter((stop) => stop !== first));
  let here = first;
  while (left.size > 0) {
    const next = [...left].reduce((near, stop) => (between(here, stop) < between(here, near) ? stop : near));
    left.delete(next);
    way.push(next);
    here = next;
  }
  return way;
}

/** Turns a part of the way round as long as that makes it shorter. */
function uncrossed<Stop extends Somewhere>(way: readonly Stop[]): Stop[] {
  let best = [...way];
  for (let better: Stop[] | undefined = best; better !== undefined; better = shorter(best)) best = better;
  return best;
}

/** Less is rounding. */
const WORTH_M = 0.01;

function shorter<Stop extends Somewhere>(way: readonly Stop[]): Stop[] | undefined {
  for (let from = 0; from < way.length - 1; from += 1)
    for (let to = from + 1; to < way.length; to += 1) {
      const was = between(way[from - 1], way[from]) + between(way[to], way[to + 1]);
      const would = between(way[from - 1], way[to]) + between(way[from], way[to + 1]);
      if (would < was - WORTH_M)
        return [...way.slice(0, from), ...way.slice(from, to + 1).toReversed(), ...way.slice(to + 1)];
    }
  return undefined;
}
