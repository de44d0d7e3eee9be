import {
  CancelBedRequest,
  ExtendBedRequest,
  HospitalChanged,
  RequestBed,
  type IncidentChanged,
} from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import { useState } from 'react';
import { useLatest } from '../../link/use-live.ts';
import { Field } from '../../room/field.tsx';
import { usePress } from '../../room/press.ts';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { onIt } from '../board.ts';
import { ReasonForm } from '../reason-form.tsx';
import { BedLine } from './bed-line.tsx';
import { RequestLine } from './request-line.tsx';

/** Where a patient may go: hospitals by distance with what is free, a bed in one press, and what became of those asked for. */
export function HospitalChoice({ incident }: { incident: IncidentChanged }) {
  const { text } = useSpeech();
  const words = text.hospital;
  const may = useMay();
  const [complaint, setComplaint] = useState('');
  const hospitals = [...useLatest(HospitalChanged).values()].map(({ data }) => data);
  const { place } = incident;
  const near = hospitals
    .map((hospital) => ({ hospital, metres: place && distanceM(place, hospital.place) }))
    .sort((one, other) => (one.metres ?? 0) - (other.metres ?? 0));
  if (!may(RequestBed)) return null;
  return (
    <section className="incident-part">
      <h3>{words.title}</h3>
      {near.length === 0 && <p>{words.none}</p>}
      <Field
        label={words.complaint}
        maxLength={200}
        value={complaint}
        onChange={({ target }) => {
          setComplaint(target.value);
        }}
      />
      <ul className="unit-rows" aria-label={words.title}>
        {near.map(({ hospital, metres }) => (
          <HospitalRow key={hospital.hospitalId} {...{ hospital, metres, incident, complaint: complaint.trim() }} />
        ))}
      </ul>
    </section>
  );
}

interface HospitalRowProps {
  hospital: HospitalChanged;
  metres: number | undefined;
  incident: IncidentChanged;
  complaint: string;
}

function HospitalRow({ hospital, metres, incident, complaint }: HospitalRowProps) {
  const { text, format } = useSpeech();
  const words = text.hospital;
  const { busy, failure, run } = usePress();
  const { incidentId } = incident;
  const { hospitalId, name, beds, requests, emsTraffic, emsSaid } = hospital;
  // who brings the patient is only known where one unit is on it
  const [unit, ...more] = onIt(incident);
  const by = unit !== undefined && more.length === 0 ? { assignmentId: unit.assignmentId } : {};
  const note = complaint === '' ? {} : { note: { complaint, ...(incident.tag && { tag: incident.tag }) } };
  return (
    <li className="unit">
      <p>
        <strong>{name}</strong>{' '}
        <span className="second">
          {[
            metres !== undefined && text.emergency.straight(format.number(metres / 1000, 1)),
            hospital.isApproximate === true && text.approximate,
            emsSaid !== undefined && words.traffic[emsTraffic],
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      {beds.length === 0 && <p className="second">{words.noBeds}</p>}
      {beds.map((one) => (
        <div key={one.bedClass}>
          <BedLine beds={one} />
          {one.freeCount > 0 && (
            <button
              type="button"
              disabled={busy}
              onClick={() => {
                run(async (send) => {
                  const body = { incidentId, bedClass: one.bedClass, ...by, ...note };
                  await send(RequestBed, { params: { hospitalId }, body });
                });
              }}
            >
              {words.ask(words.bedClasses[one.bedClass])}
            </button>
          )}
        </div>
      ))}
      {requests
        .filter((request) => request.incidentId === incidentId)
        .map((request) => {
          const params = { hospitalId, requestId: request.requestId };
          return (
            <div key={request.requestId}>
              <RequestLine request={request} />
              {request.status === 'held' && (
                <>
                  <button
                    type="button"
                    disabled={busy}
                    onClick={() => {
                      run(async (send) => {
                        await send(ExtendBedRequest, { params });
                      });
                    }}
                  >
                    {words.extend}
                  </button>
                  <ReasonForm
                    label={words.cancelReason}
                    yes={words.cancel}
                    busy={busy}
                    onReason={(reason) => {
                      run(async (send) => {
                        await send(CancelBedRequest, { params, body: { reason } });
                      });
                    }}
                  />
                </>
              )}
            </div>
          );
        })}
      {failure !== undefined && <p role="alert">{failure}</p>}
    </li>
  );
}
