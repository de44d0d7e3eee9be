import { RingCaller, type AnswerOf } from '@siaga/contracts';
import { useState } from 'react';
import { usePress } from '../room/press.ts';
import { useSpeech } from '../text/speech.tsx';

interface RingTheCallerProps {
  unitId: string;
  assignmentId: string;
}

/** *Hubungi pelapor*: the number is asked for by a press, which is written down, and then rung by the phone itself. */
export function RingTheCaller({ unitId, assignmentId }: RingTheCallerProps) {
  const { text, format } = useSpeech();
  const words = text.field;
  const [callers, setCallers] = useState<AnswerOf<typeof RingCaller>['items']>();
  const { busy, failure, run } = usePress();
  if (callers !== undefined)
    return (
      <ul className="field-callers" aria-label={words.ringCaller}>
        {callers.map(({ number, name, calledAtMs }) => (
          <li key={`${number} ${String(calledAtMs)}`}>
            <a className="button field-way" href={`tel:${number}`}>
              {words.ring(name ?? number)} <span className="second">{words.calledAt(format.time(calledAtMs))}</span>
            </a>
          </li>
        ))}
      </ul>
    );
  return (
    <>
      <button
        type="button"
        disabled={busy}
        onClick={() => {
          run(async (send) => {
            setCallers((await send(RingCaller, { params: { unitId }, body: { assignmentId } })).items);
          });
        }}
      >
        {words.ringCaller}
      </button>
      {failure !== undefined && <p role="alert">{failure}</p>}
    </>
  );
}
