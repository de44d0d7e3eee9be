import type { AlarmOutcome, Client } from '@siaga/contracts';
import { useCallback, useRef, useState } from 'react';
import { call, pressKey } from '../city/api.ts';
import { lastTryClient } from '../city/last-try.ts';
import { useCityNow } from '../link/use-live.ts';
import { perform, type Command } from './commands.ts';

/** What became of the last command for one alarm, as this screen knows it. */
export type Sending =
  | { state: 'sending'; command: Command }
  | { state: 'sent'; command: Command; atMs: number; met?: AlarmOutcome | undefined }
  | { state: 'failed'; command: Command; error: unknown };

export interface Sendings {
  sendings: ReadonlyMap<string, Sending>;
  /** Sends, unless one for this alarm is still on its way; whether it was recorded. */
  send: (alarmId: string, command: Command) => Promise<boolean>;
}

/** Commands on their way. What is said of an alarm again after a failure goes under the key of its first try. */
export function useSendings(): Sendings {
  const cityNow = useCityNow();
  const [sendings, setSendings] = useState<ReadonlyMap<string, Sending>>(new Map());
  const clients = useRef(new Map<string, { client: Client; isBusy: boolean }>());
  const send = useCallback(
    async (alarmId: string, command: Command) => {
      const { client = lastTryClient(call, pressKey), isBusy = false } = clients.current.get(alarmId) ?? {};
      if (isBusy) return false;
      clients.current.set(alarmId, { client, isBusy: true });
      const tell = (sending: Sending) => {
        setSendings((known) => new Map(known).set(alarmId, sending));
      };
      tell({ state: 'sending', command });
      try {
        const met = await perform(alarmId, command, client);
        clients.current.delete(alarmId);
        tell({ state: 'sent', command, atMs: cityNow(), met });
        return true;
      } catch (error) {
        clients.current.set(alarmId, { client, isBusy: false });
        tell({ state: 'failed', command, error });
        return false;
      }
    },
    [cityNow],
  );
  return { sendings, send };
}
