import type { EnergyFinding } from '@siaga/contracts';
import type { Books, Connection } from './connections.ts';
import { paidButDark } from './darkness-paid.ts';
import { moneyThresholds } from './money-thresholds.ts';

/** What is known at all: without bills nothing can be said of bills. */
export interface Known {
  readonly bills: boolean;
  readonly billsBefore: boolean;
}

/** What does not add up in a month, most kWh first. Each finding carries the numbers it rests on. */
export function findingsOf({ connections }: Books, known: Known): EnergyFinding[] {
  const found = connections.flatMap((connection) => [
    ...(known.bills ? [ghost(connection), unbilled(connection), solarBilled(connection), noLamps(connection)] : []),
    ...[stuck(connection, known), estimateTooHigh(connection), illegalTap(connection), dark(connection)],
    ...meterGaps(connection),
  ]);
  return found.filter((finding) => finding !== undefined).sort((a, b) => b.atStakeKwh - a.atStakeKwh);
}

/** What nobody can tell of a month yet, and for want of what. */
export function notJudged({ connections }: Books, { bills, billsBefore }: Known) {
  const ofBills = (['ghost', 'unbilled', 'solar-billed', 'no-lamps', 'estimate-too-high'] as const).map((kind) => ({
    ...{ kind, lacking: 'bills' as const },
  }));
  return [
    ...(bills ? [] : ofBills),
    ...(bills && !billsBefore ? [{ kind: 'stuck-meter' as const, lacking: 'bills-of-month-before' as const }] : []),
    ...darkNotJudged(connections, bills),
  ];
}

/** Whether a lamp is dark only its controller or its panel's can tell. */
function darkNotJudged(connections: readonly Connection[], bills: boolean) {
  const kind = 'paid-but-dark' as const;
  const withLamps = connections.filter(({ lamps, supply }) => lamps.length > 0 && supply !== 'solar');
  const heard = withLamps.filter(({ unburnt }) => unburnt !== undefined);
  if (heard.length === 0) return [{ kind, lacking: 'telemetry' as const }];
  if (!bills) return [{ kind, lacking: 'bills' as const }];
  return heard.length < withLamps.length ? [{ kind, lacking: 'telemetry-of-some' as const }] : [];
}

type Judgement = EnergyFinding | undefined;

const about = ({ idpel, panels, lamps }: Connection) => ({
  ...(idpel === undefined ? {} : { idpel }),
  panelIds: panels.map(({ panelId }) => panelId),
  lamps: lamps.length,
});

const billed = ({ bill }: Connection) => (bill === undefined ? {} : { billedKwh: bill.kwh, billedRupiah: bill.rupiah });

/** Of a connection nobody knows, PLN's own stands tell that it has a meter. */
const basisOf = ({ supply, panels, bill }: Connection) =>
  (panels.length > 0 ? supply === 'metered' : bill?.standEndKwh !== undefined) ? 'measured' : 'estimated';

function ghost(connection: Connection): Judgement {
  const { panels, bill } = connection;
  if (panels.length > 0 || bill === undefined) return undefined;
  const numbers = billed(connection);
  return { kind: 'ghost', basis: basisOf(connection), ...about(connection), atStakeKwh: bill.kwh, numbers };
}

function unbilled(connection: Connection): Judgement {
  const { bill, supply, expectedKwh, measured } = connection;
  if (bill !== undefined || supply === 'solar' || (expectedKwh === 0 && measured === undefined)) return undefined;
  const measuredKwh = measured?.by === 'readings' ? measured.kwh : undefined;
  return {
    ...{ kind: 'unbilled', basis: measuredKwh === undefined ? 'estimated' : 'measured', ...about(connection) },
    atStakeKwh: measuredKwh ?? expectedKwh,
    numbers: { expectedKwh, ...(measuredKwh === undefined ? {} : { measuredKwh }) },
  };
}

function solarBilled(connection: Connection): Judgement {
  const { supply, panels, bill } = connection;
  if (supply !== 'solar' || panels.length === 0 || bill === undefined || bill.kwh === 0) return undefined;
  const basis = bill.standEndKwh === undefined ? 'estimated' : 'measured';
  return { kind: 'solar-billed', basis, ...about(connection), atStakeKwh: bill.kwh, numbers: billed(connection) };
}

function noLamps(connection: Connection): Judgement {
  const { panels, lamps, bill, supply } = connection;
  if (panels.length === 0 || supply === 'solar' || lamps.length > 0 || bill === undefined || bill.kwh === 0)
    return undefined;
  const numbers = billed(connection);
  return { kind: 'no-lamps', basis: basisOf(connection), ...about(connection), atStakeKwh: bill.kwh, numbers };
}

/** Lamps that burn move a meter, and no two months are alike to the kilowatt-hour. */
function stuck(connection: Connection, { billsBefore }: Known): Judgement {
  const { supply, expectedKwh, bill, billBefore, uses } = connection;
  if (supply !== 'metered' || expectedKwh === 0) return undefined;
  const still = uses.find(({ toKwh, fromKwh, gaps }) => toKwh === fromKwh && gaps.length === 0);
  const finding = { kind: 'stuck-meter', basis: 'measured', ...about(connection), atStakeKwh: expectedKwh } as const;
  if (still !== undefined) {
    const { fromDay, toDay, fromKwh, toKwh } = still;
    return { ...finding, numbers: { expectedKwh, fromDay, toDay, fromKwh, toKwh } };
  }
  if (bill === undefined) return undefined;
  const isSame = billsBefore && billBefore !== undefined && billBefore.kwh === bill.kwh;
  if (!isSame && bill.kwh !== 0) return undefined;
  const previous = billBefore === undefined ? {} : { previousKwh: billBefore.kwh };
  return { ...finding, numbers: { ...billed(connection), ...previous, expectedKwh } };
}

function estimateTooHigh(connection: Connection): Judgement {
  const { supply, lamps, bill, expectedKwh } = connection;
  if (supply !== 'estimated' || lamps.length === 0 || bill === undefined) return undefined;
  if (bill.kwh <= expectedKwh * moneyThresholds['estimate-too-high'].billedOfExpected) return undefined;
  return {
    ...{ kind: 'estimate-too-high', basis: 'estimated', ...about(connection), atStakeKwh: bill.kwh - expectedKwh },
    numbers: { ...billed(connection), expectedKwh },
  };
}

/** Lamps with a sun panel may draw from PLN at times: of their connection nothing is said. */
function illegalTap(connection: Connection): Judgement {
  const { lamps, measured, uses } = connection;
  if (measured === undefined || lamps.length === 0 || lamps.some(({ kind }) => kind === 'solar')) return undefined;
  const { kwh, expectedKwh, by } = measured;
  if (kwh <= expectedKwh * moneyThresholds['illegal-tap'].measuredOfExpected) return undefined;
  const [use] = uses;
  const days = by === 'readings' && use !== undefined ? { fromDay: use.fromDay, toDay: use.toDay } : {};
  return {
    ...{ kind: 'illegal-tap', basis: 'measured', ...about(connection), atStakeKwh: kwh - expectedKwh },
    numbers: { ...billed(connection), measuredKwh: kwh, expectedKwh, ...days },
  };
}

/** By PLN's bill and not by the meter: it is the bill that is paid. */
function dark(connection: Connection): Judgement {
  const { supply, bill, expectedKwh, unburnt } = connection;
  const found = paidButDark({ supply, billedKwh: bill?.kwh, expectedKwh }, unburnt);
  return found && { ...found, ...about(connection), numbers: { ...billed(connection), ...found.numbers } };
}

function meterGaps(connection: Connection): EnergyFinding[] {
  const { uses, expectedKwh } = connection;
  return uses.flatMap(({ gaps }) =>
    gaps.map(({ kind, ...numbers }) => ({
      ...{ kind, basis: 'measured' as const, ...about(connection), atStakeKwh: expectedKwh, numbers },
    })),
  );
}
