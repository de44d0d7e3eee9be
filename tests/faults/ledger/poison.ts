import { listDeadLetters, topicOf, type EventLog } from '@siaga/bus';
import { FixRecorded, RegisterTruck, wasteFixes } from '@siaga/contracts';

const LARGE = 'x'.repeat(1_000_000);
/** JSON as text: an object literal would set its prototype instead of a key. */
const PROTOTYPE_KEYS =
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"truckId":"__proto__"}';

/** Bodies no door may take. Rejects when one is taken, or when the answer is a failure of ours. An empty list says nothing. */
export async function poisonedDoors(url: string): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const bodies = ['{', '{"truckId":', '[]', 'null', PROTOTYPE_KEYS, JSON.stringify({ truckId: LARGE })];
  for (const door of [RegisterTruck.path, '/ingest/osmand', '/ingest/owntracks', '/ingest/traccar'])
    for (const body of bodies) {
      const { status } = await fetch(url + door, { method: 'POST', headers: json, body });
      if (status >= 500) throw new Error(`${door} answered ${String(status)} to ${body.slice(0, 40)}`);
      if (status < 400 && (body !== '[]' || door === RegisterTruck.path))
        throw new Error(`${door} took ${body.slice(0, 40)}`);
    }
}

/** Puts records beside ours into every partition of the fixes; answers how many must become dead letters at least. */
export async function poisonedLog(log: EventLog, city: string): Promise<number> {
  const headers = { ce_id: 'poison', ce_type: FixRecorded.name, ce_city: city, ce_source: 'test' };
  const values = ['{', 'null', '{"fixId":7}', PROTOTYPE_KEYS, JSON.stringify({ fixId: LARGE.slice(0, 900_000) })];
  const keys = Array.from({ length: 8 }, (_, index) => `poison-${String(index)}`);
  for (const key of keys)
    await log.append(
      topicOf(city, wasteFixes),
      values.map((value) => ({ key, value: Buffer.from(value), headers })),
    );
  return keys.length * values.length;
}

export async function deadLetterCount(log: EventLog, city: string): Promise<number> {
  return (await listDeadLetters(log, city)).length;
}
