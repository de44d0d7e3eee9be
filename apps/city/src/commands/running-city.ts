import { Fault } from '@siaga/contracts';
import type { DataFolder, RunningCity } from '../data-folder.ts';

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
