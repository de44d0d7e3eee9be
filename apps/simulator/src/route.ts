import type { Place } from '@siaga/contracts';
import { streets, type Way } from './streets.ts';

const found = new Map<string, readonly Place[]>();

/** The shortest line from one crossing to another along the simulated streets, both ends included (Dijkstra). */
export function route(from: string, to: string): readonly Place[] {
  const name = `${from}>${to}`;
  const known = found.get(name) ?? search(from, to);
  found.set(name, known);
  return known;
}

function search(from: string, to: string): readonly Place[] {
  const metres = new Map<string, number>([[from, 0]]);
  const cameBy = new Map<string, { from: string; way: Way }>();
  const open = new Set([from]);
  for (let here = nearest(open, metres); here !== undefined && here !== to; here = nearest(open, metres)) {
    open.delete(here);
    for (const way of streets().get(here) ?? []) {
      const total = (metres.get(here) ?? 0) + way.metres;
      if (total >= (metres.get(way.to) ?? Infinity)) continue;
      metres.set(way.to, total);
      cameBy.set(way.to, { from: here, way });
      open.add(way.to);
    }
  }
  const lines: (readonly Place[])[] = [];
  for (let step = cameBy.get(to); step !== undefined; step = cameBy.get(step.from)) lines.unshift(step.way.line);
  if (lines.length === 0 && from !== to) throw new RangeError(`no simulated street leads from ${from} to ${to}`);
  return lines.flatMap((line, index) => (index === 0 ? line : line.slice(1)));
}

function nearest(open: ReadonlySet<string>, metres: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined;
  for (const id of open) {
    if (best === undefined || (metres.get(id) ?? Infinity) < (metres.get(best) ?? Infinity)) best = id;
  }
  return best;
}
