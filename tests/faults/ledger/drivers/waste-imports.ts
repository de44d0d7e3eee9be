import {
  createClient,
  ImportTrucks,
  TruckRegistered,
  UndoTruckImport,
  type Client,
  type RegisteredTruck,
} from '@siaga/contracts';
import { answerOfCall } from '../attempt.ts';
import type { Driver, Dump } from '../driver.ts';
import type { Answer, Operation } from '../operation.ts';
import { registered, shownOf, truckFact } from './waste-trucks.ts';

/**
 * An office that imports trucks and takes some of its imports back: what was on every screen must leave every screen. An
 * import has no Idempotency-Key; one that was not answered has no name by which it could be taken back.
 */
export function wasteImports(name: string): Driver {
  const back = new Set<string>();
  return {
    name: 'waste-imports',
    watches: [TruckRegistered],
    lanes: 1,
    prepare: () => Promise.resolve(),
    lane: (_, random) => {
      let trucks = 0;
      return () => {
        const truckId = `${name}-t${String(trucks++)}`;
        if (random.chance(0.5)) return kept(truckId);
        back.add(truckId);
        return takenBack(truckId);
      };
    },
    factOf: (_, truckId, data) => {
      if (!truckId.startsWith(`${name}-`)) return undefined;
      return data === null ? outFact(truckId) : truckFact(truckId);
    },
    dump: async (call) => dumpOf(await registered(call, name), back),
  };
}

const outFact = (truckId: string) => `${truckFact(truckId)} out of the register`;

const kept = (truckId: string): Operation => ({
  says: `import of ${truckId}`,
  every: [],
  latest: [truckFact(truckId)],
  documents: [truckFact(truckId)],
  send: (url, signal) =>
    answerOfCall(async () => {
      await imported(createClient({ baseUrl: url }), truckId, signal);
    }),
});

function takenBack(truckId: string): Operation {
  let importId: string | undefined;
  const send = async (url: string, signal: AbortSignal): Promise<Answer> => {
    const call = createClient({ baseUrl: url });
    const answer = await answerOfCall(async () => {
      importId ??= (await imported(call, truckId, signal)).importId;
      if (importId !== undefined) await call(UndoTruckImport, { params: { importId } }, { signal });
    });
    // imported by an attempt that was not answered
    return answer === 'ok' && importId === undefined ? 'refused' : answer;
  };
  return {
    says: `import of ${truckId}, taken back`,
    every: [],
    latest: [truckFact(truckId), outFact(truckId)],
    documents: [outFact(truckId)],
    send,
  };
}

function imported(call: Client, truckId: string, signal: AbortSignal) {
  const file = `ID Truk;Nomor Polisi;Nomor Lambung;Jenis;Kapasitas (kg)\n${truckId};N 1;1;Dump truck;4000\n`;
  const body = { fileName: 'truk.csv', contentBase64: Buffer.from(file).toString('base64') };
  return call(ImportTrucks, { query: {}, body }, { signal });
}

/** `back`: trucks whose import was to be taken back. */
function dumpOf(trucks: readonly RegisteredTruck[], back: ReadonlySet<string>): Dump {
  const there = new Map(trucks.map((truck) => [truck.truckId, shownOf(truck)] as const));
  const kept = [...there.keys()].filter((truckId) => !back.has(truckId)).map(truckFact);
  const gone = [...back].filter((truckId) => !there.has(truckId)).map(outFact);
  return { documents: [...kept, ...gone], latest: new Map([[TruckRegistered.name, there]]) };
}
