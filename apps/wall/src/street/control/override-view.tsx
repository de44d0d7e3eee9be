import {
  EndLampOverride,
  GetLampOverride,
  LampOverrideChanged,
  thingOfKey,
  type LampOverride,
  type OverriddenThing,
  type StepResult,
} from '@siaga/contracts';
import { useCallback } from 'react';
import { kindWords } from '../../alarms/alarm-text.ts';
import { useWho } from '../../alarms/who.tsx';
import { call } from '../../city/api.ts';
import { useLatest, useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { BackButton } from '../../room/back-button.tsx';
import { useFocus } from '../../room/focus.tsx';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CONTROL } from '../kinds.ts';
import { OverrideLine } from './override-line.tsx';

/** One override: why, whose, and how each lamp took it, there and back. */
export function OverrideView({ overrideId }: { overrideId: string }) {
  const { text } = useSpeech();
  const { show } = useFocus();
  const version = useLatest(LampOverrideChanged).get(overrideId)?.data.version;
  // how each lamp took it is not in events: asked again when something happened
  const ask = useCallback(
    (signal: AbortSignal) => call(GetLampOverride, { params: { overrideId } }, { signal }).then((override) => ({ override, version })), // prettier-ignore
    [overrideId, version],
  );
  const { answer, failure, again } = useAsked(ask);
  return (
    <>
      <BackButton
        onBack={() => {
          show(CONTROL, 'overrides');
        }}
      >
        {text.control.back}
      </BackButton>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer !== undefined && <Details override={answer.override} onDone={again} />}
    </>
  );
}

function Details({ override, onDone }: { override: LampOverride; onDone: () => void }) {
  const { text } = useSpeech();
  const words = text.control;
  const may = useMay();
  const { overrideId, reason, endedBy, things, phase, untilMs } = override;
  const who = useWho(endedBy);
  const { busy, failure, run } = usePress();
  const end = () => {
    run(async (send) => {
      await send(EndLampOverride, { params: { overrideId } });
      onDone();
    });
  };
  return (
    <>
      <div>
        <h3>{overrideId}</h3>
        <OverrideLine override={override} />
        <p>{reason}</p>
        {endedBy !== undefined && <p className="job-facts">{`${words.endedBy} ${who}`}</p>}
      </div>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {phase === 'active' && may(EndLampOverride) && (
        <SureButton means={words.endMeans} yes={words.endYes} busy={busy} onSure={end}>
          {words.end}
        </SureButton>
      )}
      <ul className="job-rows" aria-label={words.lamps}>
        {things.map((thing) => (
          <ThingRow key={thing.thing} thing={thing} untilMs={untilMs} />
        ))}
      </ul>
    </>
  );
}

function ThingRow({ thing: row, untilMs }: { thing: OverriddenThing; untilMs: number }) {
  const { text, format } = useSpeech();
  const words = text.control;
  const { show } = useFocus();
  const { kind, thingId } = thingOfKey(row.thing);
  return (
    <li>
      <button
        type="button"
        className="link"
        onClick={() => {
          show(kind, thingId);
        }}
      >
        {row.lamps === 1 ? thingId : `${thingId} · ${words.lampCount(format.number(row.lamps))}`}
      </button>
      {row.replacedBy !== undefined && <p className="job-facts">{words.replaced(row.replacedBy)}</p>}
      <Step name={words.applied} step={row.applied} />
      {row.restored !== undefined && <Step name={words.restored} step={row.restored} />}
      {row.replacedBy === undefined && row.restored !== undefined && row.restored.state !== 'confirmed' && (
        <ByItself atMs={untilMs} />
      )}
    </li>
  );
}

/** Whatever reaches its controller: it keeps the lamp no longer than that. */
function ByItself({ atMs }: { atMs: number }) {
  const { text, format } = useSpeech();
  const nowMs = useNow();
  if (nowMs >= atMs) return null;
  return <p className="job-facts">{text.control.backByItself(format.moment(atMs, nowMs))}</p>;
}

function Step({ name, step }: { name: string; step: StepResult }) {
  const { text, format } = useSpeech();
  const words = text.control;
  const nowMs = useNow();
  const { state, because, atMs } = step;
  const verdicts: Readonly<Record<string, string>> = words.verdicts;
  const why = because === undefined ? undefined : (verdicts[because] ?? kindWords(because, text));
  return (
    <p className="job-facts" data-tone={state === 'failed' || state === 'timed-out' ? 'attention' : undefined}>
      {[`${name}: ${words.states[state]}`, why, format.moment(atMs, nowMs)].filter(Boolean).join(' · ')}
    </p>
  );
}
