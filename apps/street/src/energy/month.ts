import type { Energy, StreetMonth } from '@siaga/contracts';
import { sum, type Books, type Connection, type PaidLamp } from './connections.ts';

/** Where a share of a connection's energy goes; `''`: outside the city, or unknown. */
type Shares = ReadonlyMap<string, number>;

/** Energy of a month in all and by kelurahan; names are asked by code. */
export function monthOf(
  month: string,
  { connections, loose, expectation }: Books,
  nameOf: (kelurahanCode: string) => string | undefined,
): StreetMonth {
  const rows = new Map<string, Energy>();
  const add = (code: string, part: Partial<Energy>) => rows.set(code, plus(rows.get(code) ?? nothing, part));
  const countLamps = (lamps: readonly PaidLamp[], isMeasured: boolean) => {
    for (const lamp of lamps) {
      const expectedKwh = expectation.kwhOf(lamp);
      const count = lamp.kind === 'solar' ? 'solar' : isMeasured ? 'measured' : 'estimated';
      const estimated = isMeasured ? {} : { estimatedKwh: expectedKwh };
      add(lamp.kelurahanCode ?? '', { expectedKwh, ...estimated, lamps: { ...nothing.lamps, [count]: 1 } });
    }
  };
  countLamps(loose, false);
  for (const connection of connections) {
    countLamps(connection.lamps, connection.measured !== undefined);
    for (const [code, share] of sharesOf(connection, expectation.kwhOf)) {
      const { measured, bill } = connection;
      add(code, {
        ...{ measuredKwh: (measured?.kwh ?? 0) * share, billedKwh: (bill?.kwh ?? 0) * share },
        billedRupiah: (bill?.rupiah ?? 0) * share,
      });
    }
  }
  const kelurahan = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, energy]) => {
      const name = nameOf(code);
      return {
        ...(code === '' ? {} : { kelurahanCode: code }),
        ...(name === undefined ? {} : { kelurahan: name }),
        ...energy,
      };
    });
  const bills = connections.filter(({ bill }) => bill !== undefined).length;
  const total = [...rows.values()].reduce(plus, nothing);
  return { month, darkHours: expectation.darkHours, bills, total, kelurahan };
}

/** By what its lamps should use; of lamps that should use nothing, and of none, by where its panels stand. */
function sharesOf({ lamps, panels, expectedKwh }: Connection, kwhOf: (lamp: PaidLamp) => number): Shares {
  const parts =
    expectedKwh > 0
      ? lamps.map((lamp) => [lamp.kelurahanCode ?? '', kwhOf(lamp) / expectedKwh] as const)
      : panels.map(({ kelurahanCode = '' }) => [kelurahanCode, 1 / panels.length] as const);
  if (parts.length === 0) return new Map([['', 1]]);
  return new Map(
    [...Map.groupBy(parts, ([code]) => code)].map(([code, some]) => [code, sum(some.map(([, part]) => part))]),
  );
}

const nothing: Energy = {
  ...{ measuredKwh: 0, estimatedKwh: 0, expectedKwh: 0, billedKwh: 0, billedRupiah: 0 },
  lamps: { measured: 0, estimated: 0, solar: 0 },
};

function plus(energy: Energy, part: Partial<Energy>): Energy {
  const { lamps = nothing.lamps } = part;
  const added = (name: Exclude<keyof Energy, 'lamps'>) => energy[name] + (part[name] ?? 0);
  return {
    measuredKwh: added('measuredKwh'),
    estimatedKwh: added('estimatedKwh'),
    expectedKwh: added('expectedKwh'),
    billedKwh: added('billedKwh'),
    billedRupiah: added('billedRupiah'),
    lamps: {
      measured: energy.lamps.measured + lamps.measured,
      estimated: energy.lamps.estimated + lamps.estimated,
      solar: energy.lamps.solar + lamps.solar,
    },
  };
}
