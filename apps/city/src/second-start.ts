import { Fault } from '@siaga/contracts';
import type { DataFolder } from './data-folder.ts';

/** A city that does not answer by then is asked for its port and its engine by the start itself. */
const ANSWER_WITHIN_MS = 2000;

/** @throws Fault `conflict` when a city answers on this data folder: a record whose process number somebody else has got does not count. */
export async function refuseSecondStart(data: DataFolder): Promise<void> {
  const running = await data.running();
  if (running === undefined || running.pid === process.pid) return;
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const answers = await fetch(`${running.plainUrl}/health/live`, { signal }).then(
    () => true,
    () => false,
  );
  if (!answers) return;
  const { pid, url } = running;
  throw new Fault(
    'conflict',
    `Siaga sudah berjalan dengan folder data ${data.folder} (pid ${String(pid)}): buka ${url}, hentikan yang itu dulu, atau pilih folder lain dengan SIAGA_DATA.
Siaga is already running on this data folder: open ${url}, stop that one first, or choose another folder with SIAGA_DATA.`,
  );
}
