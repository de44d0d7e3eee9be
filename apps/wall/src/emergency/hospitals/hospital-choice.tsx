import { HospitalChanged, RequestBed, type BedClass, type IncidentChanged } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import { useState } from 'react';
import { useLatest } from '../../link/use-live.ts';
import { usePress } from '../../room/press.ts';
import { SureButton } from '../../room/sure-button.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useBeganAtMs } from '../../start/use-facts.ts';
import { useSpeech } from '../../text/speech.tsx';
import { onIt } from '../board.ts';
import { useBoard } from '../emergency-context.tsx';
import { Refused } from '../refused.tsx';
import { AskedBed } from './asked-bed.tsx';
import { askedFor } from './asked-for.ts';
import { HospitalFacts } from './hospital-facts.tsx';
import { nobody, NoteFields, type Note } from './note-fields.tsx';

/** Where a patient may go: hospitals by distance with what is free, a bed in one press, and what became of those asked for. */
export function HospitalChoice({ incident }: { incident: IncidentChanged }) {
  const { text } = useSpeech();
  const words = text.hospital;
  const may = useMay();
  const [note, setNote] = useState(nobody);
  const beganAtMs = useBeganAtMs();
  const isDrill = useBoard().isExercise(incident.incidentId);
  // what is simulated and what is real stay apart, but while a city still tries things out
  const fits = ({ exercise }: { exercise: boolean }) => exercise === isDrill || (exercise && beganAtMs === undefined); // prettier-ignore
  const hospitals = [...useLatest(HospitalChanged).values()].filter(fits);
  const { place } = incident;
  const near = hospitals
    .map(({ data: hospital }) => ({ hospital, metres: place && distanceM(place, hospital.place) }))
    .sort((one, other) => (one.metres ?? 0) - (other.metres ?? 0));
  if (!may(RequestBed)) return null;
  return (
    <section className="incident-part">
      <h3>{words.title}</h3>
      {near.length === 0 && <p>{words.none}</p>}
      <NoteFields note={note} onNote={setNote} />
      <ul className="unit-rows" aria-label={words.title}>
        {near.map(({ hospital, metres }) => (
          <HospitalRow
            key={hospital.hospitalId}
            {...{ hospital, metres, incident, note }}
            onAsked={() => {
              // the next patient is another
              setNote(nobody);
            }}
          />
        ))}
      </ul>
    </section>
  );
}

interface HospitalRowProps {
  hospital: HospitalChanged;
  metres: number | undefined;
  incident: IncidentChanged;
  note: Note;
  onAsked: () => void;
}

function HospitalRow({ hospital, metres, incident, note, onAsked }: HospitalRowProps) {
  const words = useSpeech().text.hospital;
  const press = usePress();
  const { hospitalId, emsTraffic, emsReason } = hospital;
  const { incidentId, tag } = incident;
  // who brings the patient is only known where one unit is on it
  const [unit, ...more] = onIt(incident);
  const by = unit !== undefined && more.length === 0 ? { assignmentId: unit.assignmentId } : {};
  const complaint = note.complaint.trim();
  const told = complaint === '' ? {} : { note: { ...note, complaint, ...(tag && { tag }) } };
  const ask = (bedClass: BedClass) => {
    press.run(async (send) => {
      await send(RequestBed, { params: { hospitalId }, body: { incidentId, bedClass, ...by, ...told } });
      onAsked();
    });
  };
  return (
    <li className="unit">
      <HospitalFacts hospital={hospital} metres={metres}>
        {({ bedClass, freeCount }) => {
          const label = words.ask(words.bedClasses[bedClass]);
          if (freeCount === 0) return null;
          if (emsTraffic === 'closed')
            return (
              <SureButton
                means={words.closedSure(emsReason ?? '')}
                yes={label}
                busy={press.busy}
                onSure={() => {
                  ask(bedClass);
                }}
              >
                {label}
              </SureButton>
            );
          return (
            <button
              type="button"
              disabled={press.busy}
              onClick={() => {
                ask(bedClass);
              }}
            >
              {label}
            </button>
          );
        }}
      </HospitalFacts>
      {askedFor(hospital, incident).map((request) => (
        <AskedBed key={request.requestId} {...{ hospitalId, request, incident }} />
      ))}
      <Refused press={press} />
    </li>
  );
}
