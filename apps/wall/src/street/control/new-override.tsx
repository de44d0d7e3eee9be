import { Fault, TakeLampOverride, TryLampOverride, type PlannedThing } from '@siaga/contracts';
import { useState } from 'react';
import { useCityNow } from '../../link/use-live.ts';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { useFocus } from '../../room/focus.tsx';
import { usePress } from '../../room/press.ts';
import { inLanguage } from '../../text/fault-words.ts';
import type { Language } from '../../text/format.ts';
import { useSpeech } from '../../text/speech.tsx';
import { CONTROL } from '../kinds.ts';
import { chosenOf, namedIn, thingsIn } from './chosen.ts';
import { ThingsForm } from './things-form.tsx';
import { Tried } from './tried.tsx';

const levels: readonly number[] = [0, 30, 50, 70, 100];
const durations: readonly number[] = [15, 60, 180, 360, 720];
const MINUTE_MS = 60_000;

/** What is to be done, as it stands in the form. */
const first = { levelPercent: 100, minutes: 60, reason: '' };

/** Chosen, tried, and only then sent: with why, and until when. */
export function NewOverride({ thing }: { thing: string | undefined }) {
  const { text, format, language } = useSpeech();
  const words = text.control;
  const { show } = useFocus();
  const cityNow = useCityNow();
  const [chosen, setChosen] = useState(() => chosenOf(thing));
  const [wanted, setWanted] = useState(first);
  const [tried, setTried] = useState<readonly PlannedThing[]>();
  // pressed again after an answer that was lost, it is the same command: with the same end
  const [pressedUntilMs, setPressedUntilMs] = useState<number>();
  const { busy, failure, run } = usePress((error) => unknownThing(error, language));
  const { levelPercent, minutes, reason } = wanted;
  const command = { ...namedIn(chosen), levelPercent };
  const tryIt = () => {
    run(async (send) => {
      setTried((await send(TryLampOverride, { body: command })).things);
    });
  };
  const sendIt = () => {
    const untilMs = pressedUntilMs ?? cityNow() + minutes * MINUTE_MS;
    setPressedUntilMs(untilMs);
    run(async (send) => {
      const { overrideId } = await send(TakeLampOverride, { body: { ...command, reason, untilMs } });
      show(CONTROL, `override/${overrideId}`);
    });
  };
  const want = (change: Partial<typeof first>) => {
    setWanted({ ...wanted, ...change });
    setPressedUntilMs(undefined);
    // what was tried is not what would be sent any more
    if (change.levelPercent !== undefined) setTried(undefined);
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        tryIt();
      }}
    >
      <ThingsForm
        areas
        chosen={chosen}
        onChoose={(next) => {
          setChosen(next);
          setPressedUntilMs(undefined);
          setTried(undefined);
        }}
      />
      <Choice
        named
        label={words.level}
        options={levels}
        chosen={levelPercent}
        onChoose={(next) => {
          want({ levelPercent: next });
        }}
      >
        {(one) => words.levels(one, format.number(one))}
      </Choice>
      <Choice
        named
        label={words.duration}
        options={durations}
        chosen={minutes}
        onChoose={(next) => {
          want({ minutes: next });
        }}
      >
        {(one) => format.duration(one * MINUTE_MS)}
      </Choice>
      <Field
        label={words.reason}
        hint={words.reasonHint}
        maxLength={200}
        value={reason}
        onChange={({ target }) => {
          want({ reason: target.value });
        }}
      />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" disabled={busy || (thingsIn(chosen).length === 0 && chosen.kelurahanCode === '')}>
        {words.try}
      </button>
      {tried !== undefined && (
        <div className="form" ref={bringIntoView}>
          <Tried things={tried} />
          <SendButton things={tried} disabled={busy || reason.trim() === ''} onSend={sendIt} />
        </div>
      )}
    </form>
  );
}

/** What was asked for stands below a long form. */
const bringIntoView = (element: HTMLElement | null) => {
  element?.scrollIntoView({ block: 'nearest' });
};

/** `lampIds: PJU-9 tidak terdaftar · …`, without the name of a field that nobody sees. */
const unknownThing = (error: unknown, language: Language): string | undefined =>
  error instanceof Fault && error.kind === 'invalid' && error.issues.length === 0
    ? inLanguage(error.message.replace(/^[a-zA-Z]+: /, ''), language)
    : undefined;

interface SendButtonProps {
  things: readonly PlannedThing[];
  disabled: boolean;
  onSend: () => void;
}

/** Says how many lamps are told; none where nobody can be. */
function SendButton({ things, disabled, onSend }: SendButtonProps) {
  const { text, format } = useSpeech();
  const told = things.filter(({ verdict }) => verdict === 'ready' || verdict === 'silent');
  if (told.length === 0) return null;
  const lamps = told.reduce((sum, one) => sum + one.lamps, 0);
  return (
    <button type="button" className="strong" disabled={disabled} onClick={onSend}>
      {text.control.send(format.number(lamps))}
    </button>
  );
}
