import { CancelUnit, DispatchUnit, GetSurroundings, SuggestUnits, UnitChanged } from '@siaga/contracts';
import { createLive, type Live } from '@siaga/live';
import { startBusyCity, type BusyCity } from './dispatch/busy-city.ts';
import { percentile, told, type Bench, type Figure } from './figure.ts';

const ONE_BY_ONE = 200;
/** A full desk on a bad night: so many dispatchers press at once, each on to the next unit as soon as the last was alerted. */
const DISPATCHERS = 5;
const PRESSES_OF_EACH = 40;
const ASKED = 200;
/** An alert that has not come by then is lost. */
const PATIENCE_MS = 10_000;

export const about =
  'From the dispatcher’s press to the alert on the live socket of a crew, through every process of the city, with 40 units on duty, 50 open incidents and 68 cameras; then what the desk asks of the same city while somebody waits.';

export const bench: Bench = async () => {
  const busy = await startBusyCity();
  try {
    return [...(await alerts(busy)), ...(await questions(busy))];
  } finally {
    await busy.city.stop();
    await busy.city.remove();
  }
};

async function alerts({ city, desk, crewToken, unitIds, incidentIds }: BusyCity): Promise<Figure[]> {
  const live = createLive({ url: city.url, token: crewToken, streams: [UnitChanged.stream.name] });
  const seen = new Sightings(live);
  await seen.units(unitIds.length);
  const send = async (unitId: string, at: number) => {
    const incidentId = incidentIds[at % incidentIds.length] ?? '';
    const alert = seen.alertOf(unitId, incidentId);
    const pressedMs = performance.now();
    const [{ assignment }, seenMs] = await Promise.all([
      desk(DispatchUnit, { params: { incidentId }, body: { unitId } }),
      alert,
    ]);
    const { assignmentId = '' } = assignment ?? {};
    await desk(CancelUnit, { params: { unitId }, body: { assignmentId, reason: 'diukur' } });
    return seenMs - pressedMs;
  };
  const alone: number[] = [];
  for (let at = 0; at < ONE_BY_ONE; at += 1) alone.push(await send(unitIds[at % unitIds.length] ?? '', at));
  const perDesk = unitIds.length / DISPATCHERS;
  const desks = Array.from({ length: DISPATCHERS }, async (_, number) => {
    const sample: number[] = [];
    const own = unitIds.slice(number * perDesk, (number + 1) * perDesk);
    for (let at = 0; at < PRESSES_OF_EACH; at += 1)
      sample.push(await send(own[at % perDesk] ?? '', number + at * DISPATCHERS));
    return sample;
  });
  const together = (await Promise.all(desks)).flat();
  live.close();
  return [
    ...delays(`press → alert at the crew, ${alone.length} units one after the other`, alone),
    ...delays(`press → alert at the crew, ${DISPATCHERS} dispatchers at once, ${together.length} units`, together),
  ];
}

const delays = (name: string, sample: readonly number[]): Figure[] => [
  told({ name: `${name}, p50`, value: percentile(sample, 0.5), unit: 'ms' }),
  told({ name: `${name}, p99`, value: percentile(sample, 0.99), unit: 'ms', goal: { atMost: 1000 } }),
];

/** Each asked one after the other, of another call or incident each time. */
async function questions({ desk, callIds, incidentIds }: BusyCity): Promise<Figure[]> {
  const timed = async (name: string, ids: readonly string[], ask: (id: string) => Promise<unknown>) => {
    const sample: number[] = [];
    for (let at = 0; at < ASKED; at += 1) {
      const askedMs = performance.now();
      await ask(ids[at % ids.length] ?? '');
      sample.push(performance.now() - askedMs);
    }
    return told({ name, value: percentile(sample, 0.95), unit: 'ms', goal: { atMost: 200 } });
  };
  return [
    await timed(`what lies around a call, ${ASKED} asked, p95`, callIds, (callId) =>
      desk(GetSurroundings, { params: { callId } }),
    ),
    await timed(`whom to send to an incident, ${ASKED} asked, p95`, incidentIds, (incidentId) =>
      desk(SuggestUnits, { params: { incidentId } }),
    ),
  ];
}

/** What a crew's socket has brought, by unit. */
class Sightings {
  readonly #view;

  constructor(live: Live) {
    this.#view = live.latest(UnitChanged);
  }

  /** All of them are known: from now on only what is new comes. */
  async units(count: number): Promise<void> {
    await this.#when('snapshot', () => this.#view.get().size === count);
  }

  /** When the unit was seen to be sent there, by `performance.now()`. */
  alertOf(unitId: string, incidentId: string): Promise<number> {
    return this.#when(`${unitId} at ${incidentId}`, () => {
      const assignment = this.#view.get().get(unitId)?.data.assignment;
      return assignment?.incidentId === incidentId && assignment.status === 'dispatched';
    });
  }

  #when(what: string, holds: () => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        stop();
        clearTimeout(late);
        resolve(performance.now());
      };
      const stop = this.#view.subscribe(look);
      const late = setTimeout(() => {
        stop();
        reject(new Error(`no frame of ${what} within ${String(PATIENCE_MS)} ms`));
      }, PATIENCE_MS);
      look();
    });
  }
}
