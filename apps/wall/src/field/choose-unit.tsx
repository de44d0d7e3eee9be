import { DeclareDuty, MASKED, UnitChanged } from '@siaga/contracts';
import { useState } from 'react';
import { digitsOf } from '../emergency/digits-of.ts';
import { ShiftChoice, shiftEndMs, type Shift } from '../emergency/units/shift-choice.tsx';
import { useCityNow, useLatest, useNow } from '../link/use-live.ts';
import { Field } from '../room/field.tsx';
import { usePress } from '../room/press.ts';
import { SureButton } from '../room/sure-button.tsx';
import { useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/speech.tsx';

/** One tap on the own unit says that it is on duty; with one more also without a number to ring. */
export function ChooseUnit() {
  const words = useSpeech().text.field;
  const me = useMe();
  const cityNow = useCityNow();
  const [shift, setShift] = useState<Shift>(8);
  const [number, setNumber] = useState('');
  const { busy, failure, run } = usePress();
  const own = [...useLatest(UnitChanged).values()]
    .map(({ data }) => data)
    .filter(({ agency }) => me.agencies.includes(agency))
    .sort((one, other) => one.name.localeCompare(other.name, 'id', { numeric: true }));
  const free = own.filter(({ duty }) => duty !== 'on');
  if (own.length === 0) return <p>{words.noUnits}</p>;
  if (free.length === 0) return <AllOnDuty units={own} />;
  const digits = digitsOf(number);
  const begin = (unitId: string) => () => {
    const member = {
      ...{ principalId: me.principalId, name: me.displayName, task: 'driver' as const },
      ...(digits !== '' && { number: digits }),
    };
    run(async (send) => {
      const body = { duty: 'on' as const, untilMs: shiftEndMs(cityNow(), shift), crew: [member] };
      await send(DeclareDuty, { params: { unitId }, body });
    });
  };
  return (
    <>
      <p>{words.notCrew}</p>
      <Field
        label={words.number}
        type="tel"
        maxLength={20}
        value={number}
        onChange={({ target }) => {
          setNumber(target.value);
        }}
      />
      <ShiftChoice shift={shift} onChoose={setShift} />
      {failure !== undefined && <p role="alert">{failure}</p>}
      <ul className="field-units">
        {free.map(({ unitId, name }) => (
          <li key={unitId}>
            {digits === '' ? (
              <SureButton means={words.noNumber} yes={words.withoutNumber} busy={busy} onSure={begin(unitId)}>
                {words.beginDuty(name)}
              </SureButton>
            ) : (
              <button type="button" disabled={busy} onClick={begin(unitId)}>
                {words.beginDuty(name)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Whom to ask: everybody who is on duty with a unit of the own agency. */
function AllOnDuty({ units }: { units: readonly UnitChanged[] }) {
  const { text, format } = useSpeech();
  const words = text.field;
  const nowMs = useNow();
  return (
    <>
      <p>{words.allOnDuty}</p>
      <ul className="field-visits" aria-label={words.onDutyNow}>
        {units.map(({ unitId, name, crew, dutyUntilMs }) => {
          const names = crew.map((one) => one.name).filter((one) => one !== MASKED);
          const until = dutyUntilMs === undefined ? words.ready : words.readyUntil(format.moment(dutyUntilMs, nowMs));
          return <li key={unitId}>{[name, names.join(', '), until].filter((word) => word !== '').join(' · ')}</li>;
        })}
      </ul>
    </>
  );
}
