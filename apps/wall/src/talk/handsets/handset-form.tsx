import { DeskAgency, HandsetKind, PutHandset, type Handset } from '@siaga/contracts';
import { useState } from 'react';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useMe } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';

type Line = 'office' | 'model' | 'simNumber' | 'simUntil' | 'planUntil' | 'planRp';
const EMPTY: Readonly<Record<Line | 'handsetId', string>> = { handsetId: '', office: '', model: '', simNumber: '', simUntil: '', planUntil: '', planRp: '' }; // prettier-ignore

/** Writes one radio into the register, or changes it. */
export function HandsetForm({ onKept }: { onKept: () => void }) {
  const words = useSpeech().text.handsets;
  return (
    <details>
      <summary>{words.write}</summary>
      <Form onKept={onKept} />
    </details>
  );
}

function Form({ onKept }: { onKept: () => void }) {
  const { text } = useSpeech();
  const words = text.handsets;
  const me = useMe();
  const paying = DeskAgency.options.filter((agency) => me.roles.includes('city-admin') || me.agencies.includes(agency));
  const [said, setSaid] = useState(EMPTY);
  const [kind, setKind] = useState<HandsetKind>('cellular');
  const [agency, setAgency] = useState<Handset['agency'] | undefined>(paying[0]);
  const [isTraining, setIsTraining] = useState(false);
  const [keptId, setKeptId] = useState<string>();
  const { busy, failure, run } = usePress();
  const field = (name: Line | 'handsetId') => ({
    value: said[name],
    onChange: ({ target }: { target: { value: string } }) => {
      setSaid({ ...said, [name]: target.value });
    },
  });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (agency === undefined) return;
        run(async (send) => {
          const { handsetId, office, planRp, ...days } = said;
          const given = Object.fromEntries(Object.entries(days).filter(([, value]) => value.trim() !== ''));
          const price = planRp.trim() === '' ? {} : { planRp: Number(planRp) };
          await send(PutHandset, {
            params: { handsetId },
            body: { ...given, ...price, office, kind, agency, isTraining },
          });
          setSaid(EMPTY);
          setKeptId(handsetId);
          onKept();
        });
      }}
    >
      <Field label={words.handsetId} hint={words.handsetIdHint} required maxLength={40} {...field('handsetId')} />
      <Field label={words.office} required maxLength={80} {...field('office')} />
      <Choice label={words.kind} options={HandsetKind.options} chosen={kind} onChoose={setKind} wraps named>
        {(one) => words.kinds[one]}
      </Choice>
      {paying.length > 1 && (
        <Choice label={words.agency} options={paying} chosen={agency} onChoose={setAgency} wraps named>
          {(one) => text.session.agencies[one]}
        </Choice>
      )}
      <Field label={words.model} maxLength={60} {...field('model')} />
      <Field label={words.simNumber} inputMode="tel" pattern="\+?\d{3,15}" {...field('simNumber')} />
      <Field label={words.simDay} type="date" {...field('simUntil')} />
      <Field label={words.planDay} type="date" {...field('planUntil')} />
      <Field label={words.planRp} type="number" min={0} max={10_000_000} step={1} {...field('planRp')} />
      <label className="check">
        <input
          type="checkbox"
          checked={isTraining}
          onChange={({ target }) => {
            setIsTraining(target.checked);
          }}
        />{' '}
        {words.isTraining}
      </label>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {keptId !== undefined && failure === undefined && <p role="status">{words.kept(keptId)}</p>}
      <button type="submit" className="strong" disabled={busy}>
        {words.keep}
      </button>
    </form>
  );
}
