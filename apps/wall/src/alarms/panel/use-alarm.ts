import { AlarmChanged, AlarmLogged, GetAlarm } from '@siaga/contracts';
import { useMemo, useState } from 'react';
import { call } from '../../city/api.ts';
import { useEvery, useLatest, useLink } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';

/** An alarm and its timeline as they were when `because` was so. */
interface Question {
  alarmId: string;
  /** Another one is another question. */
  because: string;
}

const askOf =
  ({ alarmId }: Question) =>
  (signal: AbortSignal) =>
    call(GetAlarm, { params: { alarmId } }, { signal });

/**
 * One alarm: how it is now comes by the live stream. Its timeline is asked for when the panel opens, when something
 * happened to this alarm, and when the link comes back, because it may have happened meanwhile.
 */
export function useAlarm(alarmId: string) {
  const heard = useLatest(AlarmChanged).get(alarmId);
  const isLinked = useLink().state === 'live';
  const [seq, setSeq] = useState(0);
  useEvery(AlarmLogged, (logged) => {
    if (logged.alarmId === alarmId) setSeq(logged.seq);
  });
  const because = `${String(seq)} ${String(isLinked)}`;
  const { answer, failure } = useAsked(useMemo(() => askOf({ alarmId, because }), [alarmId, because]));
  return {
    alarm: heard?.data ?? answer?.alarm,
    isExercise: heard?.exercise === true,
    timeline: answer?.timeline,
    failure,
  };
}
