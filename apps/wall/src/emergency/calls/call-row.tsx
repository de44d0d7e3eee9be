import type { CallChanged } from '@siaga/contracts';
import { Phone } from 'lucide-react';
import { Who } from '../../alarms/who.tsx';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useFocus } from '../../room/focus.tsx';
import { PrivateText } from '../../session/reveal/private-text.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CALL } from '../kinds.ts';

/** One call: since when, by what way, and with whom it is. */
export function CallRow({ call, isShown }: { call: CallChanged; isShown: boolean }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { show } = useFocus();
  const nowMs = useNow();
  return (
    <button
      type="button"
      className="call-row"
      data-status={call.status}
      aria-pressed={isShown}
      onClick={() => {
        show(CALL, call.callId);
      }}
    >
      <Phone aria-hidden="true" />
      <strong>
        {words.sources[call.source]} ·{' '}
        {call.disposition === undefined ? words.callStatuses[call.status] : words.callDispositions[call.disposition]}
      </strong>
      <span>
        {call.status === 'done'
          ? format.moment(call.startedAtMs, nowMs)
          : format.duration(ageMs(call.startedAtMs, nowMs))}
      </span>
      <span className="second">
        {call.claim === undefined ? <PrivateText>{call.number ?? ''}</PrivateText> : <Who actor={call.claim.by} />}
        {call.kind !== undefined && ` · ${words.kinds[call.kind]}`}
      </span>
    </button>
  );
}
