import type { Place } from '@siaga/contracts';
import { Grid } from '@siaga/geo';
import FlatQueue from 'flatqueue';
import { PIECE_M, type Roads } from './roads.ts';

/** Farther from any road nobody drives: then there is no time, only a distance. */
const TO_ROAD_M = 300;

/** On the yards and alleys between a road and a place, metres per second: walking pace of a car. */
const OFF_ROAD_MPS = 2.5;

/** Times to so many places are kept: the open incidents of a bad day. */
const MOST_KEPT = 64;
/** And of those as many as fit into this, bytes: the roads of a province have a million vertices. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024;

/** To how many places times are kept in a network of so many vertices; the last one always. */
export const mostKept = (vertices: number): number =>
  Math.max(1, Math.min(MOST_KEPT, Math.floor(MOST_KEPT_BYTES / (vertices * Float64Array.BYTES_PER_ELEMENT))));

/** Seconds from a place by road; undefined where no road leads. */
export type TravelTime = (from: Place) => number | undefined;

/** The roads of a city, for: how long does each unit need to there? */
export class RoadNetwork {
  readonly #places: readonly Place[];
  /** Of each vertex where its pieces begin in `#from` and `#time`; one more at the end. */
  readonly #first: Int32Array;
  readonly #from: Int32Array;
  readonly #time: Float64Array;
  readonly #grid = new Grid<number>(0.002);
  readonly #kept = new Map<number, Float64Array>();

  constructor({ places, pieces }: Roads) {
    this.#places = Array.from({ length: places.length / 2 }, (_, at) => ({
      lat: (places[at * 2] ?? 0) / 1e5,
      lng: (places[at * 2 + 1] ?? 0) / 1e5,
    }));
    const arrivals = arrivalsOf(pieces);
    this.#first = new Int32Array(this.#places.length + 1);
    for (const { to } of arrivals) this.#first[to + 1] = (this.#first[to + 1] ?? 0) + 1;
    for (let at = 1; at < this.#first.length; at += 1)
      this.#first[at] = (this.#first[at] ?? 0) + (this.#first[at - 1] ?? 0);
    this.#from = new Int32Array(arrivals.length);
    this.#time = new Float64Array(arrivals.length);
    const next = this.#first.slice();
    for (const { from, to, seconds } of arrivals) {
      const at = next[to] ?? 0;
      next[to] = at + 1;
      this.#from[at] = from;
      this.#time[at] = seconds;
    }
    for (const vertex of largestOf(this.#places.length, pieces)) this.#grid.put(vertex, this.#places[vertex] as Place);
  }

  /** Vertices of the network. */
  get size(): number {
    return this.#places.length;
  }

  /** Times to one place from everywhere, counted once: whoever asks again, or for another unit, only looks them up. */
  to(place: Place): TravelTime {
    const end = this.#nearest(place);
    if (end === undefined) return () => undefined;
    const times = this.#timesTo(end.vertex);
    return (from) => {
      const begin = this.#nearest(from);
      const seconds = begin === undefined ? Infinity : (times[begin.vertex] ?? Infinity);
      if (begin === undefined || seconds === Infinity) return undefined;
      return begin.seconds + seconds + end.seconds;
    };
  }

  #nearest(place: Place): { vertex: number; seconds: number } | undefined {
    // most stand at a road, and a small circle is searched at once
    const [nearest] = [this.#grid.near(place, TO_ROAD_M / 6), this.#grid.near(place, TO_ROAD_M)].find(({ length }) => length > 0) ?? []; // prettier-ignore
    if (nearest === undefined) return undefined;
    // who stands on the road is at most half a piece from an end of one
    return { vertex: nearest.key, seconds: Math.max(0, nearest.distanceM - PIECE_M / 2) / OFF_ROAD_MPS };
  }

  #timesTo(end: number): Float64Array {
    const times = this.#kept.get(end) ?? this.#dijkstra(end);
    this.#kept.delete(end);
    this.#kept.set(end, times);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept(this.size) && oldest !== undefined) this.#kept.delete(oldest);
    return times;
  }

  /** Dijkstra from the end, along the pieces that lead there. */
  #dijkstra(end: number): Float64Array {
    const times = new Float64Array(this.#places.length).fill(Infinity);
    const queue = new FlatQueue<number>();
    times[end] = 0;
    queue.push(end, 0);
    for (;;) {
      const reached = queue.peekValue() ?? Infinity;
      const vertex = queue.pop();
      if (vertex === undefined) return times;
      if (reached > (times[vertex] ?? 0)) continue; // a shorter way was found since
      for (let at = this.#first[vertex] ?? 0; at < (this.#first[vertex + 1] ?? 0); at += 1) {
        const from = this.#from[at] ?? 0;
        const seconds = reached + (this.#time[at] ?? 0);
        if (seconds >= (times[from] ?? 0)) continue;
        times[from] = seconds;
        queue.push(from, seconds);
      }
    }
  }
}

/** Each piece in each direction in which it may be driven. */
function arrivalsOf(pieces: Roads['pieces']): { from: number; to: number; seconds: number }[] {
  const arrivals = [];
  for (let at = 0; at < pieces.length; at += 4) {
    const [begin = 0, end = 0, there = 0, back = 0] = pieces.slice(at, at + 4);
    if (there > 0) arrivals.push({ from: begin, to: end, seconds: there / 1000 });
    if (back > 0) arrivals.push({ from: end, to: begin, seconds: back / 1000 });
  }
  return arrivals;
}

/** Vertices of the largest part that hangs together: a car park that the clip cut off leads nowhere. */
function largestOf(count: number, pieces: Roads['pieces']): number[] {
  const parent = Int32Array.from({ length: count }, (_, vertex) => vertex);
  const rootOf = (vertex: number): number => {
    let root = vertex;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root] ?? 0] ?? 0;
      root = parent[root] ?? 0;
    }
    return root;
  };
  for (let at = 0; at < pieces.length; at += 4) parent[rootOf(pieces[at] ?? 0)] = rootOf(pieces[at + 1] ?? 0);
  const parts = Map.groupBy(parent.keys(), rootOf);
  return [...parts.values()].reduce((most, one) => (one.length > most.length ? one : most), []);
}
