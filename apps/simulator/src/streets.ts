import type { Place } from '@siaga/contracts';
import { between, distanceM, kelurahan, outline, places, polygonsContain } from '@siaga/geo';
import { randomOf } from './random.ts';

/**
 * Ways for simulated trucks: invented, never drawn as streets. Crossings stand roughly where arterials of the city run;
 * neighbours are joined when no other crossing lies between them (a Gabriel graph) and the way stays inside the city.
 */
export interface Way {
  readonly to: string;
  readonly line: readonly Place[];
  readonly metres: number;
}

/** Rows of approximate crossings, west to east: pantura, its parallels, the southern ring, and the lanes to the south. */
const rows: readonly (readonly (readonly [lat: number, lng: number])[])[] = [
  [
    [-7.7405, 113.2015],
    [-7.7398, 113.2085],
    [-7.7402, 113.2162],
    [-7.7412, 113.2225],
    [-7.7418, 113.2345],
  ],
  [
    [-7.7468, 113.2022],
    [-7.7462, 113.2105],
    [-7.7472, 113.2165],
    [-7.7482, 113.2205],
    [-7.7479, 113.2281],
    [-7.7484, 113.2352],
  ],
  [
    [-7.7602, 113.1712],
    [-7.7588, 113.1788],
    [-7.7566, 113.1862],
    [-7.7552, 113.1938],
    [-7.7543, 113.2021],
    [-7.7538, 113.2098],
    [-7.7534, 113.2168],
    [-7.7541, 113.2221],
    [-7.7558, 113.2282],
    [-7.7584, 113.2338],
  ],
  [
    [-7.7661, 113.1729],
    [-7.7652, 113.1811],
    [-7.7641, 113.1884],
    [-7.7624, 113.1958],
    [-7.7614, 113.2037],
    [-7.7609, 113.2112],
    [-7.7612, 113.2172],
    [-7.7622, 113.2241],
    [-7.7648, 113.2301],
  ],
  [
    [-7.7748, 113.1752],
    [-7.7742, 113.1849],
    [-7.7731, 113.1921],
    [-7.7714, 113.1989],
    [-7.7701, 113.2061],
    [-7.7692, 113.2129],
    [-7.7698, 113.2189],
    [-7.7712, 113.2252],
    [-7.7738, 113.2318],
  ],
  [
    [-7.7832, 113.1872],
    [-7.7841, 113.1941],
    [-7.7834, 113.2012],
    [-7.7822, 113.2078],
    [-7.7809, 113.2141],
    [-7.7798, 113.2204],
    [-7.7808, 113.2269],
    [-7.7842, 113.2331],
  ],
  [
    [-7.7942, 113.1901],
    [-7.7928, 113.1982],
    [-7.7911, 113.2092],
    [-7.7898, 113.2162],
    [-7.7892, 113.2231],
    [-7.7921, 113.2304],
  ],
  [
    [-7.8031, 113.1941],
    [-7.8012, 113.2031],
    [-7.7994, 113.2101],
    [-7.8001, 113.2181],
    [-7.8012, 113.2262],
  ],
];

type Crossing = Place & { readonly id: string };

function crossings(): readonly Crossing[] {
  const known = places()
    .filter(({ kind }) => kind === 'tps' || kind === 'landfill' || kind === 'garage')
    .map(({ id, lat, lng }) => ({ id, lat, lng }));
  const centres = kelurahan().map(({ code, label }) => ({ id: code, ...label }));
  const corners = rows.flatMap((row, r) =>
    row.map(([lat, lng], c) => ({ id: `x${String(r)}-${String(c)}`, lat, lng })),
  );
  return [...known, ...centres, ...corners].filter(inCity);
}

const inCity = (place: Place) => polygonsContain(outline().polygons, place);

/** From each crossing the ways that start there. Made once; the same on every machine. */
export function streets(): ReadonlyMap<string, readonly Way[]> {
  return (kept ??= build());
}
let kept: ReadonlyMap<string, readonly Way[]> | undefined;

/** Where a crossing is. Throws for an id that is none: a mistake in the fleet. */
export function placeOf(crossingId: string): Place {
  const line = streets().get(crossingId)?.[0]?.line;
  if (line?.[0] === undefined) throw new RangeError(`${crossingId} is no crossing of the simulated streets`);
  return line[0];
}

function build(): Map<string, Way[]> {
  const all = crossings();
  const ways = new Map<string, Way[]>();
  const add = (from: Crossing, to: Crossing, line: readonly Place[]) => {
    const metres = line.slice(1).reduce((sum, place, index) => sum + distanceM(line[index] ?? place, place), 0);
    ways.set(from.id, [...(ways.get(from.id) ?? []), { to: to.id, line, metres }]);
  };
  for (const [index, a] of all.entries()) {
    for (const b of all.slice(index + 1)) {
      const middle = between(a, b, 0.5);
      const reach = distanceM(a, b) / 2;
      if (all.some((other) => other !== a && other !== b && distanceM(middle, other) < reach)) continue;
      const line = bend(a, b);
      if (line === undefined) continue;
      add(a, b, line);
      add(b, a, line.toReversed());
    }
  }
  return ways;
}

/** A gently bent line of pieces of about 60 m that stays in the city; straight, or undefined, where it cannot. */
function bend(a: Crossing, b: Crossing): readonly Place[] | undefined {
  const pieces = Math.max(2, Math.round(distanceM(a, b) / 60));
  const bow = (randomOf('street', a.id, b.id)() - 0.5) * 0.24;
  return [bow, 0].map((sideways) => bowed(a, b, { pieces, sideways })).find((line) => line.every(inCity));
}

function bowed(a: Place, b: Place, { pieces, sideways }: { pieces: number; sideways: number }): Place[] {
  return Array.from({ length: pieces + 1 }, (_, index) => {
    const share = index / pieces;
    const { lat, lng } = between(a, b, share);
    const off = sideways * share * (1 - share) * 2;
    return { lat: lat + (b.lng - a.lng) * off, lng: lng - (b.lat - a.lat) * off };
  });
}
