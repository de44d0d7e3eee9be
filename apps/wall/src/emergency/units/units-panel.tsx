import {
  bookingUnderWay,
  openAssignment,
  DeclareDuty,
  GetCrewMessages,
  PutUnit,
  type UnitChanged,
} from '@siaga/contracts';
import { useState } from 'react';
import { useCityNow, useNow } from '../../link/use-live.ts';
import { Field } from '../../room/field.tsx';
import { Panel } from '../../room/panel.tsx';
import { usePress } from '../../room/press.ts';
import { useFocus } from '../../room/focus.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { Trip } from '../bookings/trip.tsx';
import { useBoard } from '../emergency-context.tsx';
import { BOOKINGS, PATROLS } from '../kinds.ts';
import { CrewMessages } from './crew-messages.tsx';
import { digitsOf } from '../digits-of.ts';
import { NewUnit } from './new-unit.tsx';
import { ShiftChoice, shiftEndMs, type Shift } from './shift-choice.tsx';

/** The board of units: who may be sent, who is where, and whose duty ran out. A vehicle without crew is a state, no alarm. */
export default function UnitsPanel() {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const { units } = useBoard();
  const may = useMay();
  const { show } = useFocus();
  const ready = units.filter(({ availability }) => availability === 'Available').length;
  return (
    <Panel title={words.unitBoard}>
      {units.length === 0 ? (
        <p>{words.noUnits}</p>
      ) : (
        <p className="second">{words.ready(format.number(ready), format.number(units.length))}</p>
      )}
      <ul className="unit-rows" aria-label={words.units}>
        {units.map((unit) => (
          <UnitRow key={unit.unitId} unit={unit} />
        ))}
      </ul>
      {may(PutUnit) && <NewUnit />}
      {may(GetCrewMessages) && <CrewMessages />}
      <button
        type="button"
        onClick={() => {
          show(PATROLS);
        }}
      >
        {text.patrol.open}
      </button>
      <button
        type="button"
        onClick={() => {
          show(BOOKINGS);
        }}
      >
        {text.bookings.title}
      </button>
    </Panel>
  );
}

function UnitRow({ unit }: { unit: UnitChanged }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  const nowMs = useNow();
  const { name, unitClass, duty, dutyUntilMs, crew, parked, availability } = unit;
  const assignment = openAssignment(unit);
  const trip = bookingUnderWay(unit);
  const next = trip === undefined ? unit.bookings?.[0] : undefined;
  // where it stands when it is on the way nobody says here: the map does
  const where = assignment !== undefined || trip !== undefined ? undefined : parked !== undefined ? words.at(parked.words) : unit.post && words.postedAt(unit.post.words); // prettier-ignore
  return (
    <li className="unit" data-availability={availability}>
      <p>
        <strong>{name}</strong> · {words.unitClasses[unitClass]}
      </p>
      <p className="second">
        {[
          assignment === undefined ? words.duties[duty] : words.assignments[assignment.status],
          duty === 'on' && dutyUntilMs !== undefined && words.until(format.moment(dutyUntilMs, nowMs)),
          crew.map(({ name: member }) => member).join(', '),
          where,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {trip !== undefined && (
        <p>
          <Trip trip={trip} />
        </p>
      )}
      {next !== undefined && (
        <p className="second">
          {text.bookings.next(text.bookings.purposes[next.purpose], format.moment(next.pickUpAtMs, nowMs))}
        </p>
      )}
      {assignment === undefined && <Duty unit={unit} />}
    </li>
  );
}

/** Duty as somebody says it, by telephone mostly: who, his number, and for how long. */
function Duty({ unit: { unitId, duty } }: { unit: UnitChanged }) {
  const words = useSpeech().text.emergency;
  const may = useMay();
  const cityNow = useCityNow();
  const [shift, setShift] = useState<Shift>(8);
  const [crew, setCrew] = useState({ name: '', number: '' });
  const { busy, failure, run } = usePress();
  if (!may(DeclareDuty)) return null;
  const params = { unitId };
  if (duty === 'on')
    return (
      <>
        <button
          type="button"
          disabled={busy}
          onClick={() => {
            run(async (send) => {
              await send(DeclareDuty, { params, body: { duty: 'off' } });
            });
          }}
        >
          {words.declareOff}
        </button>
        {failure !== undefined && <p role="alert">{failure}</p>}
      </>
    );
  return (
    <details>
      <summary>{words.declareOn}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const number = digitsOf(crew.number);
          const member = { name: crew.name.trim(), task: 'driver' as const, ...(number !== '' && { number }) };
          run(async (send) => {
            const body = { duty: 'on' as const, untilMs: shiftEndMs(cityNow(), shift), crew: [member] };
            await send(DeclareDuty, { params, body });
          });
        }}
      >
        <Field
          label={words.crewName}
          maxLength={60}
          required
          value={crew.name}
          onChange={({ target }) => {
            setCrew({ ...crew, name: target.value });
          }}
        />
        <Field
          label={words.crewNumber}
          type="tel"
          maxLength={20}
          value={crew.number}
          onChange={({ target }) => {
            setCrew({ ...crew, number: target.value });
          }}
        />
        <ShiftChoice shift={shift} onChoose={setShift} />
        {failure !== undefined && <p role="alert">{failure}</p>}
        <button type="submit" className="strong" disabled={busy || crew.name.trim() === ''}>
          {words.declareOn}
        </button>
      </form>
    </details>
  );
}
