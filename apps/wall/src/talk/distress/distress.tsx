import { useSyncExternalStore, type ReactNode } from 'react';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { faultWords } from '../../text/fault-words.ts';
import { useSpeech } from '../../text/speech.tsx';
import type { Air } from '../air.ts';
import { DistressButton } from './distress-button.tsx';
import type { Distress } from './use-distress.ts';

interface DistressProps {
  distress: Distress;
  /** Where he is heard; undefined: nowhere yet. */
  groupId: string | undefined;
  /** What his voice needs once it was held. */
  onHeld?: () => void;
  /** His microphone, where this page is a radio. */
  children?: ReactNode;
}

/** The emergency button, away from the other one; once it was held, what became of it, and the way back. */
export function DistressCall({ distress: { help, calls }, groupId, onHeld, children }: DistressProps) {
  const speech = useSpeech();
  const words = speech.text.talk.distress;
  if (help.at === 'open')
    return (
      <Open distress={help.distress} calls={calls}>
        {children}
      </Open>
    );
  if (help.at === 'calling')
    return (
      <section className="ht-distress-open" aria-label={words.open}>
        <p role="alert">{help.isUnsent ? words.unsent : words.sending}</p>
        {children}
      </section>
    );
  return (
    <>
      <DistressButton
        onHeld={() => {
          calls.raise(groupId);
          onHeld?.();
        }}
      />
      {help.refused !== undefined && <p role="alert">{faultWords(help.refused, speech)}</p>}
    </>
  );
}

interface OpenProps {
  distress: Extract<Distress['help'], { at: 'open' }>['distress'];
  calls: Distress['calls'];
  children: ReactNode;
}

function Open({ distress: { raisedAtMs, position }, calls, children }: OpenProps) {
  const { text, format } = useSpeech();
  const words = text.talk.distress;
  const { busy, failure, run } = usePress();
  return (
    <section className="ht-distress-open" aria-label={words.open}>
      <p role="alert">{words.raised(format.time(raisedAtMs))}</p>
      <p>{position === undefined ? words.nowhere : words.where(format.number(Math.round(position.accuracyM)))}</p>
      {children}
      {failure !== undefined && <p role="alert">{failure}</p>}
      {[words.safe, words.mistake].map((reason) => (
        <SureButton
          key={reason}
          means={words.endMeans}
          yes={words.endYes}
          busy={busy}
          onSure={() => {
            run(() => calls.end(reason));
          }}
        >
          {reason}
        </SureButton>
      ))}
    </section>
  );
}

/** The microphone of who is in danger: open until he shuts it. */
export function DistressVoice({ air, groupId }: { air: Air; groupId: string }) {
  const words = useSpeech().text.talk.distress;
  const { press } = useSyncExternalStore(air.line.subscribe, air.line.get);
  return press === undefined ? (
    <button
      type="button"
      onClick={() => {
        air.press(groupId, { isEmergency: true });
      }}
    >
      {words.speak}
    </button>
  ) : (
    <button
      type="button"
      onClick={() => {
        air.letGo();
      }}
    >
      {words.quiet}
    </button>
  );
}
