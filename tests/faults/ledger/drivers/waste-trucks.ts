import {
  AdoptDevice,
  createClient,
  deviceKey,
  ListTrucks,
  RegisterTruck,
  TruckRegistered,
  type Client,
  type RegisteredTruck,
} from '@siaga/contracts';
import { answerOfCall } from '../attempt.ts';
import type { Driver, Dump } from '../driver.ts';
import type { Operation } from '../operation.ts';
import type { Random } from '../random.ts';

/** A truck of the register carries five; one is left free. */
const MOST_DEVICES = 4;

/**
 * Clerks who register trucks and put trackers on them: documents whose events leave by the outbox. Repeats carry the same
 * Idempotency-Key. `name` keeps it apart from other scenes.
 */
export function wasteTrucks(name: string, options: { clerks: number }): Driver {
  return {
    name: 'waste-trucks',
    watches: [TruckRegistered],
    lanes: options.clerks,
    prepare: () => Promise.resolve(),
    lane: (index, random) => clerk(`${name}-${String(index)}`, random),
    factOf: (_, truckId, data) => {
      if (!truckId.startsWith(`${name}-`)) return undefined;
      return data === null ? `${truckFact(truckId)} taken out` : truckFact(truckId);
    },
    dump: async (call) => dumpOf(await registered(call, name)),
  };
}

export const truckFact = (truckId: string) => `truck ${truckId}`;
const rideFact = (truckId: string, key: string) => `${key} on ${truckId}`;
/** A document counts its changes: one that was done twice shows. */
const changeFact = (truckId: string) => `change of ${truckId}`;

function clerk(name: string, random: Random): () => Operation {
  let trucks = 0;
  let devices = 0;
  let truckId = '';
  return () => {
    const draw = random.next();
    if (trucks > 0 && draw < 0.05) return refusedTruck(`${name}-x${String(trucks++)}`);
    if (trucks === 0 || devices === MOST_DEVICES || draw < 0.4) {
      truckId = `${name}-t${String(trucks++)}`;
      devices = 0;
      return newTruck(truckId);
    }
    return adoption(truckId, { protocol: 'osmand', deviceId: `${truckId}-d${String(devices++)}` });
  };
}

const plain = (truckId: string) => ({ truckId, plate: 'N 1', hullNumber: '1', kind: 'dump' as const });

function newTruck(truckId: string): Operation {
  return {
    says: `registration of ${truckId}`,
    every: [],
    latest: [truckFact(truckId)],
    documents: [truckFact(truckId), changeFact(truckId)],
    send: (url, signal) =>
      answerOfCall(() =>
        createClient({ baseUrl: url })(
          RegisterTruck,
          { body: { ...plain(truckId), capacityKg: 4000 } },
          { idempotencyKey: `register ${truckId}`, signal },
        ),
      ),
  };
}

function adoption(truckId: string, device: { protocol: 'osmand'; deviceId: string }): Operation {
  return {
    says: `adoption of ${device.deviceId} by ${truckId}`,
    every: [],
    latest: [truckFact(truckId)],
    documents: [rideFact(truckId, deviceKey(device)), changeFact(truckId)],
    send: (url, signal) =>
      answerOfCall(() =>
        createClient({ baseUrl: url })(AdoptDevice, { params: { truckId }, body: device }, { signal }),
      ),
  };
}

/** A truck that may carry nothing. */
function refusedTruck(truckId: string): Operation {
  return {
    ...newTruck(truckId),
    says: `impossible registration of ${truckId}`,
    send: (url, signal) =>
      answerOfCall(() =>
        createClient({ baseUrl: url })(RegisterTruck, { body: { ...plain(truckId), capacityKg: 0 } }, { signal }),
      ),
  };
}

/** The trucks whose name begins so. */
export async function registered(call: Client, name: string): Promise<RegisteredTruck[]> {
  const found: RegisteredTruck[] = [];
  let after: string | undefined;
  do {
    const page = await call(ListTrucks, {
      query: { limit: 1000, q: `${name}-`, ...(after === undefined ? {} : { after }) },
    });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found;
}

function dumpOf(trucks: readonly RegisteredTruck[]): Dump {
  const documents = trucks.flatMap(({ truckId, devices, version }) => [
    truckFact(truckId),
    ...devices.map((device) => rideFact(truckId, deviceKey(device))),
    ...Array.from({ length: version }, () => changeFact(truckId)),
  ]);
  const shown = trucks.map((truck) => [truck.truckId, shownOf(truck)] as const);
  return {
    documents,
    latest: new Map([[TruckRegistered.name, new Map<string, Readonly<Record<string, unknown>>>(shown)]]),
  };
}

/** What a screen is told of a truck. */
export const shownOf = ({ truckId, plate, version, changedAtMs }: RegisteredTruck) => ({
  truckId,
  plate,
  version,
  changedAtMs,
});
