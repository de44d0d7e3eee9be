import { useSpeech } from '../../text/speech.tsx';
import { faultWords } from '../../text/fault-words.ts';
import { useDesk } from '../alarms-context.tsx';
import type { Command } from '../commands.ts';
import type { Sending } from '../use-sendings.ts';
import { useWho } from '../who.tsx';

const steps = {
  acknowledge: 'acknowledged',
  assign: 'assigned',
  shelve: 'shelved',
  unshelve: 'unshelved',
  note: 'noted',
} as const satisfies Record<Command['act'], string>;

/** What was sent is shown as sent, so that nobody sends twice; and what failed, why. */
export function SentLine({ alarmId }: { alarmId: string }) {
  const speech = useSpeech();
  const sending = useDesk().sendings.get(alarmId);
  const done = useDone(sending);
  return (
    <>
      <p className="alarm-sent" role="status">
        {sending?.state === 'sending' && speech.text.alarms.sending}
        {done}
      </p>
      {sending?.state === 'failed' && <p role="alert">{faultWords(sending.error, speech)}</p>}
    </>
  );
}

function useDone(sending: Sending | undefined): string | undefined {
  const { text, format } = useSpeech();
  const faster = useWho(sending?.state === 'sent' ? sending.met?.by : undefined);
  const { alarms: words } = text;
  if (sending?.state !== 'sent') return undefined;
  const { met, command, atMs } = sending;
  if (met?.outcome === 'unknown') return words.gone;
  if (met !== undefined) return words.fasterWas(faster, format.time(met.atMs ?? atMs));
  return words.sent(words.steps[steps[command.act]], format.timeWithSeconds(atMs));
}
