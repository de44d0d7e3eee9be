import { AnswerRoll, type RollCallChanged } from '@siaga/contracts';
import { useState } from 'react';
import { useMe } from '../../session/session-context.tsx';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { batteryNow } from '../device.ts';
import { useOwnHandset } from '../handsets/own-handset.ts';
import { ThisHandset } from '../handsets/this-handset.tsx';
import { useOpenRolls } from './open-rolls.ts';

/** Which radio this phone is, and one large button while a roll call asks for it. */
export function AnswerRolls() {
  const [own, setOwn] = useOwnHandset();
  const { agencies } = useMe();
  const rolls = useOpenRolls().filter((roll) => roll.agencies.some((agency) => agencies.includes(agency)));
  return (
    <>
      {rolls.map((roll) => (
        <Answer key={`${roll.rollCallId} ${own?.handsetId ?? ''}`} roll={roll} handsetId={own?.handsetId} />
      ))}
      <ThisHandset own={own} onHeld={setOwn} />
    </>
  );
}

function Answer({ roll: { rollCallId, name }, handsetId }: { roll: RollCallChanged; handsetId: string | undefined }) {
  const { text, format } = useSpeech();
  const words = text.handsets;
  const [answeredAtMs, setAnsweredAtMs] = useState<number>();
  const { busy, failure, run } = usePress();
  if (answeredAtMs !== undefined)
    return (
      <p role="status" data-why="sent">
        {words.present(name, format.time(answeredAtMs))}
      </p>
    );
  return (
    <section className="part" aria-label={words.rollCall(name)}>
      <h2>{words.rollCall(name)}</h2>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {handsetId === undefined ? (
        <p>{words.chooseFirst}</p>
      ) : (
        <button
          type="button"
          className="strong ht-begin"
          disabled={busy}
          onClick={() => {
            run(async (send) => {
              const body = { handsetId, ...(await batteryNow()) };
              const { rows } = await send(AnswerRoll, { params: { rollCallId }, body });
              setAnsweredAtMs(rows.find((row) => row.handsetId === handsetId)?.answer?.atMs);
            });
          }}
        >
          {words.here(handsetId)}
        </button>
      )}
    </section>
  );
}
