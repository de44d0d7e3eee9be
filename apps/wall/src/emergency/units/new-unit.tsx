import { PutUnit, type EmergencyPlace, Unit, UnitCapability, UnitClass } from '@siaga/contracts';
import { useState } from 'react';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useMe } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { PlaceField } from '../calls/place-field.tsx';

const answers = Unit.shape.answers.options;

/** Longest name of a post. */
const MOST_WORDS = 80;

/** Writes one unit into the register; a form that nobody opened takes no click on the map. */
export function NewUnit() {
  const words = useSpeech().text.emergency;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      onToggle={({ currentTarget }) => {
        setIsOpen(currentTarget.open);
      }}
    >
      <summary>{words.newUnit}</summary>
      {isOpen && <UnitForm />}
    </details>
  );
}

/** Of the agency of who writes. Whom to send is weighed by where the unit usually stands. */
function UnitForm() {
  const words = useSpeech().text.emergency;
  const [place, setPlace] = useState<EmergencyPlace>();
  const me = useMe();
  const [unit, setUnit] = useState({ unitId: '', name: '' });
  const [unitClass, setUnitClass] = useState<UnitClass>('ambulance');
  const [able, setAble] = useState<ReadonlySet<UnitCapability>>(new Set(['transport']));
  const [waits, setWaits] = useState<Unit['answers']>('base');
  const { busy, failure, run } = usePress();
  const agency = me.agencies.find((one) => one !== 'command') ?? 'satpolpp';
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async (send) => {
          const post = place && {
            lat: place.lat,
            lng: place.lng,
            words: (place.words ?? unit.name).slice(0, MOST_WORDS),
          };
          const body = {
            name: unit.name,
            unitClass,
            capabilities: [...able],
            agency,
            answers: waits,
            ...(post && { post }),
          };
          await send(PutUnit, { params: { unitId: unit.unitId }, body });
          setUnit({ unitId: '', name: '' });
          setPlace(undefined);
        });
      }}
    >
      <Field
        label={words.unitId}
        required
        maxLength={40}
        pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,39}"
        value={unit.unitId}
        onChange={({ target }) => {
          setUnit({ ...unit, unitId: target.value });
        }}
      />
      <Field
        label={words.unitName}
        required
        maxLength={60}
        value={unit.name}
        onChange={({ target }) => {
          setUnit({ ...unit, name: target.value });
        }}
      />
      <PlaceField
        place={place}
        onPlace={(chosen) => {
          setPlace(chosen ?? undefined);
        }}
      />
      <Choice label={words.unitClass} options={UnitClass.options} chosen={unitClass} onChoose={setUnitClass} wraps>
        {(one) => words.unitClasses[one]}
      </Choice>
      <div className="choice" role="group" aria-label={words.can} data-wraps>
        {UnitCapability.options.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={able.has(one)}
            onClick={() => {
              setAble(able.has(one) ? new Set([...able].filter((other) => other !== one)) : new Set([...able, one]));
            }}
          >
            {words.capabilities[one]}
          </button>
        ))}
      </div>
      <Choice label={words.answersFrom} options={answers} chosen={waits} onChoose={setWaits}>
        {(one) => words.answersWords[one]}
      </Choice>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button type="submit" className="strong" disabled={busy}>
        {words.keep}
      </button>
    </form>
  );
}
