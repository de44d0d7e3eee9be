import {
  ListLampProgrammes,
  LampProgrammeAssigned,
  LampProgrammeChanged,
  RemoveLampProgramme,
  SaveLampProgramme,
  sunProgramme,
  type ListedProgramme,
} from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { call } from '../../city/api.ts';
import { useLatest, useNow } from '../../link/use-live.ts';
import { useAsked } from '../../room/asked.ts';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { AssignForm } from './assign-form.tsx';
import { ProgrammeForm } from './programme-form.tsx';
import { switchWords } from './switch-words.ts';

/** What lamps do by themselves, when they switch next, and who follows what. */
export function ProgrammesView() {
  const { text } = useSpeech();
  const may = useMay();
  const programmes = useLatest(LampProgrammeChanged);
  const assigned = useLatest(LampProgrammeAssigned);
  const ask = useCallback(
    (signal: AbortSignal) => call(ListLampProgrammes, {}, { signal }).then(({ items }) => ({ items, programmes, assigned })), // prettier-ignore
    [programmes, assigned],
  );
  const { answer, failure, again } = useAsked(ask);
  const items = answer?.items ?? [];
  return (
    <>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <ul className="job-rows" aria-label={text.control.programmes}>
        {items.map((one) => (
          <ProgrammeRow key={`${one.programmeId}@${String(one.version ?? 0)}`} programme={one} onDone={again} />
        ))}
      </ul>
      {may(SaveLampProgramme) && (
        <>
          <NewProgramme onDone={again} />
          <h3>{text.control.assignTitle}</h3>
          <AssignForm programmes={items} onDone={again} />
        </>
      )}
    </>
  );
}

/** The form of a new one, once it is asked for; closed when it is saved. */
function NewProgramme({ onDone }: { onDone: () => void }) {
  const words = useSpeech().text.control;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {words.newProgramme}
      </button>
      {isOpen && (
        <ProgrammeForm
          onDone={() => {
            setOpen(false);
            onDone();
          }}
        />
      )}
    </>
  );
}

function ProgrammeRow({ programme, onDone }: { programme: ListedProgramme; onDone: () => void }) {
  const { text, format } = useSpeech();
  const words = text.control;
  const nowMs = useNow();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const { busy, failure, run } = usePress();
  const { programmeId, name, switches, levelPercent, nextSwitch, assigned, version } = programme;
  const level = (percent: number) => words.levels(percent, format.number(percent));
  const remove = () => {
    run(async (send) => {
      await send(RemoveLampProgramme, { params: { programmeId } });
      onDone();
    });
  };
  const facts = [
    levelPercent !== undefined && words.now(level(levelPercent)),
    nextSwitch !== undefined && words.nextSwitch(level(nextSwitch.levelPercent), format.moment(nextSwitch.atMs, nowMs)),
    assigned > 0 && words.assigned(format.number(assigned)),
  ];
  return (
    <li>
      <strong>{programmeId === sunProgramme.programmeId ? words.sun : name}</strong>
      <p className="job-facts">{facts.filter(Boolean).join(' · ')}</p>
      <ul className="job-facts" aria-label={words.switches}>
        {switches.map((one, at) => (
          <li key={at}>{switchWords(one, { text, format })}</li>
        ))}
      </ul>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {version !== undefined && may(SaveLampProgramme) && (
        <>
          <button
            type="button"
            aria-label={`${words.change} ${name}`}
            aria-expanded={isOpen}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            {words.change}
          </button>
          {isOpen && <ProgrammeForm programme={programme} onDone={onDone} />}
          <SureButton
            label={`${words.remove} ${name}`}
            means={words.removeMeans}
            yes={words.removeYes}
            busy={busy}
            onSure={remove}
          >
            {words.remove}
          </SureButton>
        </>
      )}
    </li>
  );
}
