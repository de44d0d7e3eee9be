import { Fault } from '@siaga/contracts';
import { jsonOf, listOf, withoutKeys, type DeviceRequest } from '@siaga/identity';
import { RAW_LIMIT, readSaid, sayingOf, type Refusal, type Saying } from './saying.ts';

/** What came by a door: one report, or a list of them that is answered one by one. An item may be of nobody. */
export interface Message {
  isList: boolean;
  sayings: readonly (Saying | Fault)[];
}

/**
 * Our own JSON: `{"deviceId":"LC-1","time":…,"lampId":"PJU-1","activePowerW":88,"events":[{"eventType":"supplyLoss",
 * "startEndFlag":"start"}]}`, one or a list of at most 100. `time` as trackers say it; without one it is now. `lampId` is for a
 * controller in a panel. Names carry their units; what a name does not fit is refused.
 */
export function readPlainReports(request: DeviceRequest): Message {
  const json = jsonOf(request.body);
  return { isList: Array.isArray(json), sayings: listOf(json).map(readItem) };
}

function readItem(item: unknown): Saying | Fault {
  try {
    if (!isObject(item)) throw new Fault('invalid', 'laporan harus berupa objek JSON · a report is a JSON object');
    const { deviceId, ...rest } = item as Record<string, unknown>;
    return sayingOf(deviceId, JSON.stringify(item), () => readSaid(rest, JSON.stringify(rest)));
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/**
 * The same of a device that is known already by the line it speaks on: it need not name itself, and names nobody else. What
 * cannot be read is a refused saying of its own.
 */
export function readReportsOf(deviceId: string, payload: Buffer): Saying[] {
  const refused = (refusal: Refusal, raw: string): Saying => ({
    ...{ deviceId, raw: withoutKeys(raw).slice(0, RAW_LIMIT), refused: refusal },
  });
  try {
    return listOf(jsonOf(payload)).map((item) => {
      const raw = JSON.stringify(item);
      const named = deviceNamedIn(item);
      if (named !== undefined && named !== deviceId)
        return refused({ reason: 'not-its-own', detail: 'deviceId lain dari nama alat di sambungan ini' }, raw);
      const saying = readItem(named === undefined && isObject(item) ? { deviceId, ...item } : item);
      return saying instanceof Fault ? refused({ reason: 'malformed', detail: saying.message }, raw) : saying;
    });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const detail = `isi pesan tidak terbaca: ${error.message}`.slice(0, 300);
    return [refused({ reason: 'malformed', detail }, payload.toString('utf8', 0, RAW_LIMIT))];
  }
}

const isObject = (item: unknown): item is object => typeof item === 'object' && item !== null && !Array.isArray(item);
const deviceNamedIn = (item: unknown): unknown => (isObject(item) && 'deviceId' in item ? item.deviceId : undefined);
