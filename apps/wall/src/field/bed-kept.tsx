import { HospitalChanged } from '@siaga/contracts';
import { useLatest } from '../link/use-live.ts';
import { useSpeech } from '../text/speech.tsx';
import { wayTo } from './way-to.ts';

interface BedKeptProps {
  incidentId: string;
  assignmentId: string;
}

/** Where a bed is kept for the patient this crew brings, and the way there. */
export function BedKept({ incidentId, assignmentId }: BedKeptProps) {
  const { text } = useSpeech();
  const hospitals = [...useLatest(HospitalChanged).values()].map(({ data }) => data);
  // whose unit was not said is for whoever is on the incident
  const beds = hospitals.flatMap((hospital) =>
    hospital.requests
      .filter(({ status }) => status === 'held' || status === 'arrived')
      .filter((bed) => bed.incidentId === incidentId && (bed.assignmentId ?? assignmentId) === assignmentId)
      .map((bed) => ({ hospital, bed })),
  );
  return beds.map(({ hospital: { name, place }, bed: { requestId, bedClass } }) => (
    <p key={requestId} className="field-where">
      {text.field.bedKept(name, text.hospital.bedClasses[bedClass])}{' '}
      <a className="button field-way" href={wayTo(place)}>
        {text.field.navigate}
      </a>
    </p>
  ));
}
