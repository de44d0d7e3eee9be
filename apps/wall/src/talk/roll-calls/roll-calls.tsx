import {
  CallRoll,
  EndRollCall,
  GetRollCall,
  ListRollCalls,
  ListTalkGroups,
  type RollCallChanged,
} from '@siaga/contracts';
import { useCallback } from 'react';
import { call } from '../../city/api.ts';
import { useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { useOpenRolls } from './open-rolls.ts';
import { RollRows } from './roll-rows.tsx';

/** Answers come in within seconds: no screen is told of each. */
const LOOK_MS = 2000;

/** *Apel HT* at the desk: begins one, sees who answers, ticks in whom it hears, and reads who was absent. */
export function RollCalls() {
  const words = useSpeech().text.handsets;
  const may = useMay();
  const open = useOpenRolls();
  return (
    <section className="part talk-roll">
      <h3>{words.rollCalls}</h3>
      {open.map((roll) => (
        <OpenRoll key={roll.rollCallId} roll={roll} />
      ))}
      {may(CallRoll) && <Begin running={open.map(({ groupId }) => groupId)} />}
      {open.length === 0 && <LastRoll />}
    </section>
  );
}

function Begin({ running }: { running: readonly string[] }) {
  const words = useSpeech().text.handsets;
  const ask = useCallback((signal: AbortSignal) => call(ListTalkGroups, {}, { signal }), []);
  const { answer } = useAsked(ask);
  const { busy, failure, run } = usePress();
  const groups = answer?.items.filter(({ groupId }) => !groupId.startsWith('INS-') && !running.includes(groupId));
  return (
    <details>
      <summary>{words.begin}</summary>
      <p className="second">{words.beginWhy}</p>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <div className="choice" role="group" aria-label={words.begin} data-wraps>
        {groups?.map(({ groupId, name }) => (
          <button
            key={groupId}
            type="button"
            disabled={busy}
            onClick={() => {
              run(async (send) => {
                await send(CallRoll, { body: { groupId } });
              });
            }}
          >
            {name}
          </button>
        ))}
      </div>
    </details>
  );
}

function OpenRoll({ roll }: { roll: RollCallChanged }) {
  const { text, format } = useSpeech();
  const words = text.handsets;
  const may = useMay();
  const { rollCallId, name, untilMs } = roll;
  const ask = useCallback(
    (signal: AbortSignal) => call(GetRollCall, { params: { rollCallId } }, { signal }),
    [rollCallId],
  );
  const { answer, failure, again } = useAsked(ask, { everyMs: LOOK_MS });
  const ending = usePress();
  return (
    <>
      <h4>{words.rollCall(name)}</h4>
      <p className="second">{words.takesUntil(format.moment(untilMs, useNow()))}</p>
      {(failure ?? ending.failure) !== undefined && <p role="alert">{failure ?? ending.failure}</p>}
      {answer !== undefined && <RollRows roll={answer} onTicked={again} />}
      {may(EndRollCall) && (
        <button
          type="button"
          disabled={ending.busy}
          onClick={() => {
            ending.run(async (send) => {
              await send(EndRollCall, { params: { rollCallId } });
            });
          }}
        >
          {words.end}
        </button>
      )}
    </>
  );
}

/** Who was absent last. */
function LastRoll() {
  const { text, format } = useSpeech();
  const words = text.handsets;
  const nowMs = useNow();
  const ask = useCallback(async (signal: AbortSignal) => {
    const { items } = await call(ListRollCalls, { query: { limit: 1 } }, { signal });
    const [last] = items;
    return last === undefined ? undefined : call(GetRollCall, { params: { rollCallId: last.rollCallId } }, { signal });
  }, []);
  const { answer: last, failure } = useAsked(ask);
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {last !== undefined && (
        <>
          <h4>{words.lastOf(last.name, format.moment(last.called.atMs, nowMs))}</h4>
          <RollRows roll={last} />
        </>
      )}
    </>
  );
}
