import { AcknowledgePatient, ReceivePatient, type Hospital } from '@siaga/contracts';
import { Ringing } from '../../alarms/sound/ringing.tsx';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { usePress } from '../../room/press.ts';
import { useSpeech } from '../../text/speech.tsx';
import { Refused } from '../refused.tsx';
import { Tag } from '../triage-tag.tsx';
import { isUnread, patientsOf, type Patient } from './patients-of.ts';
import { RequestLine } from './request-line.tsx';

interface ComingProps {
  hospital: Hospital;
  again: () => void;
}

/** Who is on his way, the unread first; and who does not come after all. */
export function Coming({ hospital, again }: ComingProps) {
  const words = useSpeech().text.hospital;
  const { coming, calledOff } = patientsOf(hospital, useNow());
  const unread = coming.filter(isUnread);
  return (
    <>
      <h3>{words.coming}</h3>
      {coming.length === 0 && <p className="second">{words.nobody}</p>}
      {unread.length > 0 && <Ringing about={unread.map(({ requestId }) => requestId).join(' ')} />}
      {coming.map((patient) => (
        <PatientCard key={patient.requestId} {...{ patient, again }} hospitalId={hospital.hospitalId} />
      ))}
      {calledOff.map((request) => (
        <div key={request.requestId} className="second">
          <RequestLine request={request} />
        </div>
      ))}
    </>
  );
}

interface PatientCardProps {
  hospitalId: string;
  patient: Patient;
  again: () => void;
}

/** One patient: how bad and what he has in large words, then the one button that is next. */
function PatientCard({ hospitalId, patient, again }: PatientCardProps) {
  const { text, format } = useSpeech();
  const words = text.hospital;
  const nowMs = useNow();
  const press = usePress();
  const { busy, run } = press;
  const { note, status, announced, requested, requestId } = patient;
  const params = { hospitalId, requestId };
  const unread = isUnread(patient);
  const said = [
    note?.ageBand !== undefined && words.ageBands[note.ageBand],
    note?.sex !== undefined && words.sexes[note.sex],
  ].filter(Boolean);
  const next = status === 'held' ? ('arrived' as const) : ('handed-over' as const);
  return (
    <article className="patient-card" data-unread={unread} aria-label={`${words.patient} ${requestId}`}>
      {unread && <p className="field-new">{words.isNew}</p>}
      <p className="field-what">
        {note?.tag !== undefined && <Tag tag={note.tag} />}
        <strong>{note?.complaint ?? words.noNote}</strong>
      </p>
      {said.length > 0 && <p>{said.join(' · ')}</p>}
      <RequestLine request={patient} />
      <p className="second">
        {announced === undefined
          ? words.askedAgo(format.duration(ageMs(requested.atMs, nowMs)))
          : words.toldAgo(format.duration(ageMs(announced.atMs, nowMs)))}
      </p>
      {unread && (
        <button
          type="button"
          className="strong"
          disabled={busy}
          onClick={() => {
            run(async (send) => {
              const body = announced === undefined ? {} : { announcedAtMs: announced.atMs };
              await send(AcknowledgePatient, { params, body });
              again();
            });
          }}
        >
          {words.acknowledge}
        </button>
      )}
      <button
        type="button"
        disabled={busy}
        onClick={() => {
          run(async (send) => {
            await send(ReceivePatient, { params, body: { status: next } });
            again();
          });
        }}
      >
        {status === 'held' ? words.arrived : words.received}
      </button>
      <Refused press={press} />
    </article>
  );
}
