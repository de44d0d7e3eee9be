import { openAssignment, TellPosition, type UnitChanged } from '@siaga/contracts';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { call } from '../city/api.ts';
import { useSpeech } from '../text/speech.tsx';
import { phonePosition, type Fix, type NoFix } from './phone-position.ts';
import { isNews, type Told } from './position-rules.ts';

/**
 * Tells the city where the crew is while it is on duty, as rarely as is enough, and says that it does. What cannot be sent is not
 * kept: the next one is truer.
 */
export function Position({ unit }: { unit: UnitChanged }) {
  const { text, format } = useSpeech();
  const words = text.field;
  const [toldAtMs, setToldAtMs] = useState<number>();
  const [failure, setFailure] = useState<NoFix | 'unsent'>();
  const last = useRef<Told>(undefined);
  const { unitId, duty } = unit;
  const isOn = duty === 'on' && phonePosition.isThere;
  const isOnJob = openAssignment(unit) !== undefined;
  const found = useEffectEvent(({ accuracyM, speedKph, ...now }: Fix) => {
    if (!isNews({ duty, isOnJob }, now, last.current)) return;
    last.current = now;
    const body = { ...now, accuracyM, ...(speedKph !== undefined && { speedKph }) };
    call(TellPosition, { params: { unitId }, body }).then(
      () => {
        setToldAtMs(now.atMs);
        setFailure(undefined);
      },
      () => {
        // the next one in its time: a refusal asked again at every fix empties the battery
        setFailure('unsent');
      },
    );
  });
  useEffect(() => {
    if (!isOn) return undefined;
    // while it waits, as good as the phone knows anyway: the desk wants to know from where it would go
    return phonePosition.watch({ need: isOnJob ? 'exact' : 'rough', heard: found, missed: setFailure });
  }, [isOn, isOnJob, unitId]);
  if (!isOn) return null;
  if (failure !== undefined) return <p data-tone="attention">{words.positions[failure]}</p>;
  return (
    <p className="third">{toldAtMs === undefined ? words.positions.asking : words.positions.told(format.timeWithSeconds(toldAtMs))}</p> // prettier-ignore
  );
}
