import { Fault } from '@siaga/contracts';
import type { DataFolder, RunningCity } from '../data-folder.ts';
import type { CommandInput } from './command.ts';

/** The city that runs on this data folder, or a sentence on how to start it. */
export async function runningCity(data: DataFolder): Promise<RunningCity> {
  const running = await data.running();
  if (running === undefined)
    throw new Fault(
      'unavailable',
      `No city runs on ${data.folder}: start it with npm start, or name its folder with SIAGA_DATA.`,
    );
  return running;
}

/** Where the city answers: `GATEWAY_URL`, or the one that runs on the data folder. */
export async function cityUrl({ gatewayUrl, data }: Pick<CommandInput, 'gatewayUrl' | 'data'>): Promise<string> {
  return gatewayUrl ?? (await runningCity(data)).url;
}
