import { Fault } from '@siaga/contracts';
import { jsonOf, listOf, type DeviceRequest } from '@siaga/identity';
import { readSaid, sayingOf, type Saying } from './saying.ts';

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
    if (typeof item !== 'object' || item === null || Array.isArray(item))
      throw new Fault('invalid', 'laporan harus berupa objek JSON · a report is a JSON object');
    const { deviceId, ...rest } = item as Record<string, unknown>;
    return sayingOf(deviceId, JSON.stringify(item), () => readSaid(rest, JSON.stringify(rest)));
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
