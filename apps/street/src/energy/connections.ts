import type { Bill, Lamp, MeterReading, Panel, PanelSupply } from '@siaga/contracts';
import type { Place } from '@siaga/contracts';
import { expectationOf, type Expectation } from './burning.ts';
import { unburntOf, type MonthDarkness, type Unburnt } from './darkness-paid.ts';
import { meterUse, type MeterUse } from './meter-use.ts';
import { monthAfter, spanOf } from './calendar.ts';

/** A lamp as far as money goes. */
export type PaidLamp = Pick<Lamp, 'lampId' | 'panelId' | 'watt' | 'ballastFactor' | 'kind' | 'installedOn'> & {
  kelurahanCode?: string | undefined;
};
export type PaidPanel = Pick<Panel, 'panelId' | 'supply' | 'idpel'> & { kelurahanCode?: string | undefined };

/** Everything that is known of a month. */
export interface MonthBooks {
  readonly month: string;
  /** Where the sun is asked for: the middle of the city. */
  readonly place: Place;
  readonly panels: readonly PaidPanel[];
  readonly lamps: readonly PaidLamp[];
  /** Of this month and the one before; others are left alone. */
  readonly bills: readonly Bill[];
  readonly readings: readonly MeterReading[];
  /** Absent: nobody speaks for any lamp. */
  readonly darkness?: MonthDarkness | undefined;
}

/** What PLN bills together: the panels of one IDPEL, or one panel without any. */
export interface Connection {
  readonly idpel?: string;
  /** None: billed, but not ours. */
  readonly panels: readonly PaidPanel[];
  readonly lamps: readonly PaidLamp[];
  /** Estimated as soon as one of its panels is; solar when all are. */
  readonly supply: PanelSupply;
  readonly bill: Bill | undefined;
  readonly billBefore: Bill | undefined;
  /** Of each of its meters that was read at both ends of the month. */
  readonly uses: readonly MeterUse[];
  /** By meters, when it has one that told; and what its lamps should have used in the same days. */
  readonly measured:
    { readonly kwh: number; readonly expectedKwh: number; readonly by: 'readings' | 'bill' } | undefined;
  /** What its lamps should have used in the month. */
  readonly expectedKwh: number;
  /** What they did not use because they were dark; undefined where nobody speaks for them. */
  readonly unburnt: Unburnt | undefined;
}

/** The connections of a month, and the lamps that hang on no panel we know. */
export interface Books {
  readonly expectation: Expectation;
  readonly connections: readonly Connection[];
  readonly loose: readonly PaidLamp[];
}

/** Puts together what belongs to one another. */
export function booksOf({ month, place, panels, lamps, bills, readings, darkness }: MonthBooks): Books {
  const expectation = expectationOf(spanOf(month), place);
  const billOf = (of: string) =>
    new Map(bills.filter((bill) => bill.month === of).map((bill) => [bill.idpel, bill] as const));
  const [now, before] = [billOf(month), billOf(monthAfter(month, -1))];
  const known = new Set(panels.map(({ panelId }) => panelId));
  const lampsOf = Map.groupBy(lamps, ({ panelId }) => (panelId !== undefined && known.has(panelId) ? panelId : ''));
  const readingsOf = Map.groupBy(readings, ({ panelId }) => panelId);
  const groups = Map.groupBy(panels, ({ idpel, panelId }) => idpel ?? `panel ${panelId}`);
  const ghosts = [...now.keys()].filter((idpel) => !groups.has(idpel));

  const connections = [...groups.values(), ...ghosts.map((): PaidPanel[] => [])].map((group, at): Connection => {
    const idpel = group[0] === undefined ? ghosts[at - groups.size] : group[0].idpel;
    const own = group.flatMap(({ panelId }) => lampsOf.get(panelId) ?? []);
    const meters = group
      .filter(({ supply }) => supply === 'metered')
      .map(({ panelId }) => meterUse(readingsOf.get(panelId) ?? [], spanOf(month)));
    const uses = meters.filter((use) => use !== undefined);
    const connection = {
      ...(idpel === undefined ? {} : { idpel }),
      ...{ panels: group, lamps: own, supply: supplyOf(group), uses },
      bill: idpel === undefined ? undefined : now.get(idpel),
      billBefore: idpel === undefined ? undefined : before.get(idpel),
      expectedKwh: sum(own.map(expectation.kwhOf)),
      unburnt: darkness && unburntOf(own, darkness, expectation.kwhOf),
    };
    const isWhole = meters.length > 0 && uses.length === meters.length;
    return { ...connection, measured: measuredOf(connection, isWhole ? lampsOf : undefined, place) };
  });
  return { expectation, connections, loose: lampsOf.get('') ?? [] };
}

type Unmeasured = Omit<Connection, 'measured'>;

/** All meters of a metered connection were read: that counts; else its bill does. */
function measuredOf(
  { supply, panels, uses, bill, expectedKwh }: Unmeasured,
  lampsOf: ReadonlyMap<string, readonly PaidLamp[]> | undefined,
  place: Place,
): Connection['measured'] {
  if (supply !== 'metered') return undefined;
  if (lampsOf === undefined) return bill === undefined ? undefined : { kwh: bill.kwh, expectedKwh, by: 'bill' };
  const metered = panels.filter((panel) => panel.supply === 'metered');
  const expected = metered.map(({ panelId }, at) => {
    const use = uses[at];
    return use === undefined ? 0 : sum((lampsOf.get(panelId) ?? []).map(expectationOf(use, place).kwhOf));
  });
  return { kwh: sum(uses.map(({ kwh }) => kwh)), expectedKwh: sum(expected), by: 'readings' };
}

/** Of a ghost nothing is known: it is judged by none of the rules for ours. */
function supplyOf(panels: readonly PaidPanel[]): PanelSupply {
  if (panels.some(({ supply }) => supply === 'estimated')) return 'estimated';
  return panels.some(({ supply }) => supply === 'metered') ? 'metered' : 'solar';
}

export const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
