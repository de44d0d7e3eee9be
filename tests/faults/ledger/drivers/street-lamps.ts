import { createClient, LampRegistered, lampRoutes, type Client, type RegisteredLamp } from '@siaga/contracts';
import { answerOfCall } from '../attempt.ts';
import type { Driver, Dump } from '../driver.ts';
import type { Operation } from '../operation.ts';
import type { Random } from '../random.ts';

/** A lamp is changed so often, then comes the next one. */
const MOST_CHANGES = 6;
const PLACE = { lat: -7.7551, lng: 113.191 };

/** Clerks of Dishub who register lamps and change them: repeats carry the same Idempotency-Key. */
export function streetLamps(name: string, options: { clerks: number }): Driver {
  return {
    name: 'street-lamps',
    watches: [LampRegistered],
    lanes: options.clerks,
    prepare: () => Promise.resolve(),
    lane: (index, random) => clerk(`${name}-${String(index)}`, random),
    factOf: (_, lampId, data) =>
      lampId.startsWith(`${name}-`) && data !== null ? wattFact(data as Pick<RegisteredLamp, 'lampId' | 'watt'>) : undefined, // prettier-ignore
    dump: async (call) => dumpOf(await registered(call, name)),
  };
}

const lampFact = (lampId: string) => `lamp ${lampId}`;
/** A document counts its changes: one that was done twice shows. */
const changeFact = (lampId: string) => `change of ${lampId}`;
const wattFact = ({ lampId, watt }: Pick<RegisteredLamp, 'lampId' | 'watt'>) => `${lampId} of ${String(watt)} W`;
const lampOf = (watt: number) => ({ watt, kind: 'grid' as const, place: PLACE, approximate: false });

function clerk(name: string, random: Random): () => Operation {
  let lamps = 0;
  let version = 0;
  let lampId = '';
  let watt = 0;
  return () => {
    if (lamps > 0 && random.chance(0.05)) return refusedLamp(`${name}-x${String(lamps++)}`);
    watt += 1;
    if (version === 0 || version > MOST_CHANGES || random.chance(0.2)) {
      lampId = `${name}-l${String(lamps++)}`;
      version = 1;
      return newLamp(lampId, watt);
    }
    return changed({ lampId, watt, version: version++ });
  };
}

const newLamp = (lampId: string, watt: number): Operation => ({
  says: `registration of ${lampId}`,
  every: [],
  latest: [wattFact({ lampId, watt })],
  documents: [lampFact(lampId), changeFact(lampId)],
  send: (url, signal) =>
    answerOfCall(() =>
      createClient({ baseUrl: url })(
        lampRoutes.register,
        { body: { lampId, ...lampOf(watt) } },
        { idempotencyKey: `register ${lampId}`, signal },
      ),
    ),
});

/** At the version that the clerk saw: when the one before was never answered it is refused, and does nothing. */
const changed = ({ lampId, watt, version }: { lampId: string; watt: number; version: number }): Operation => ({
  says: `change of ${lampId} to ${String(watt)} W`,
  every: [],
  latest: [wattFact({ lampId, watt })],
  documents: [changeFact(lampId)],
  send: (url, signal) =>
    answerOfCall(() =>
      createClient({ baseUrl: url })(
        lampRoutes.change,
        { params: { lampId }, body: { ...lampOf(watt), version } },
        { idempotencyKey: `change ${lampId} ${String(version)}`, signal },
      ),
    ),
});

/** A lamp on a panel that nobody registered. */
const refusedLamp = (lampId: string): Operation => ({
  ...newLamp(lampId, 1),
  says: `impossible registration of ${lampId}`,
  send: (url, signal) =>
    answerOfCall(() =>
      createClient({ baseUrl: url })(
        lampRoutes.register,
        { body: { lampId, ...lampOf(1), panelId: 'NOBODY-S' } },
        { signal },
      ),
    ),
});

async function registered(call: Client, name: string): Promise<RegisteredLamp[]> {
  const found: RegisteredLamp[] = [];
  let after: string | undefined;
  do {
    const query = { limit: 1000, q: `${name}-`, ...(after === undefined ? {} : { after }) };
    const page = await call(lampRoutes.list, { query });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found;
}

function dumpOf(lamps: readonly RegisteredLamp[]): Dump {
  const documents = lamps.flatMap(({ lampId, version }) => [
    lampFact(lampId),
    ...Array.from({ length: version }, () => changeFact(lampId)),
  ]);
  const shown = lamps.map(({ lampId, watt, changedAtMs }) => [lampId, { lampId, watt, changedAtMs }] as const);
  return {
    documents,
    latest: new Map([[LampRegistered.name, new Map<string, Readonly<Record<string, unknown>>>(shown)]]),
  };
}
