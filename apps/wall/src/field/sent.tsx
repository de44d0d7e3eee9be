import { faultWords } from '../text/fault-words.ts';
import { useSpeech } from '../text/speech.tsx';
import { pressedAtMs, pressWords } from './press-words.ts';
import type { Presses } from './use-presses.ts';

/** What is not confirmed yet, and what was refused, each until it is read; nothing when the city has everything. */
export function Sent({ presses: { crew, squad } }: { presses: Presses }) {
  const speech = useSpeech();
  const { text, format } = speech;
  const words = text.field;
  const waiting = crew.state.waiting.length + squad.state.waiting.length;
  const isUnkept = crew.state.isUnkept === true || squad.state.isUnkept === true;
  const refused = [crew, squad].flatMap(({ state, understood }) =>
    state.refused.map(({ step, why }) => ({ step, why, understood })),
  );
  return (
    <>
      {waiting > 0 && (
        <p role="status" className="field-sent" data-tone="attention">
          {words.pending(format.number(waiting))}
        </p>
      )}
      {isUnkept && <p role="alert">{words.unkept}</p>}
      {refused.map(({ step, why, understood }) => {
        const atMs = pressedAtMs(step);
        const what = [pressWords(step, text), atMs !== undefined && format.time(atMs)].filter(Boolean).join(' ');
        return (
          <div key={step.key} className="field-ended" role="alert">
            <p>
              <strong>{words.refused}</strong> · {what}: {faultWords(why, speech)}
            </p>
            <button
              type="button"
              onClick={() => {
                understood(step.key);
              }}
            >
              {words.understood}
            </button>
          </div>
        );
      })}
    </>
  );
}
