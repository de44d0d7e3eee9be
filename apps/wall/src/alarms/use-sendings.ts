import type { AlarmOutcome } from '@siaga/contracts';
import { useCallback, useRef, useState } from 'react';
import { pressKey } from '../city/api.ts';
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

/**
 * Commands on their way. What is said again after a failure goes under the key of its first try: perhaps only the answer
 * was lost, and nothing shall count twice.
 */
export function useSendings(): Sendings {
  const cityNow = useCityNow();
  const [sendings, setSendings] = useState<ReadonlyMap<string, Sending>>(new Map());
  const tries = useRef(new Map<string, { said: string; key: string; busy: boolean }>());
  const send = useCallback(
    async (alarmId: string, command: Command) => {
      const before = tries.current.get(alarmId);
      if (before?.busy === true) return false;
      const said = JSON.stringify(command);
      const key = before?.said === said ? before.key : pressKey();
      tries.current.set(alarmId, { said, key, busy: true });
      const tell = (sending: Sending) => {
        setSendings((known) => new Map(known).set(alarmId, sending));
      };
      tell({ state: 'sending', command });
      try {
        const met = await perform(alarmId, command, key);
        tries.current.delete(alarmId);
        tell({ state: 'sent', command, atMs: cityNow(), met });
        return true;
      } catch (error) {
        tries.current.set(alarmId, { said, key, busy: false });
        tell({ state: 'failed', command, error });
        return false;
      }
    },
    [cityNow],
  );
  return { sendings, send };
}
