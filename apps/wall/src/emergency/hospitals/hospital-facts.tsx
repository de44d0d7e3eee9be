import { HospitalChanged, type Beds } from '@siaga/contracts';
import type { ReactNode } from 'react';
import { useLatest } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { BedLine } from './bed-line.tsx';
import './hospitals.css';
import { TrafficLine } from './traffic-line.tsx';

interface HospitalFactsProps {
  hospital: Pick<HospitalChanged, 'hospitalId' | 'name' | 'isApproximate' | 'emsTraffic' | 'emsSaid' | 'emsReason' | 'beds'>; // prettier-ignore
  /** How far it is in a straight line; absent: from nowhere. */
  metres?: number | undefined;
  /** What can be done about beds of a kind. */
  children?: (beds: Beds) => ReactNode;
}

/** One hospital wherever it is drawn: its name and how far, whether ambulances may come, its beds with the age of each count. */
export function HospitalFacts({ hospital, metres, children }: HospitalFactsProps) {
  const { text, format } = useSpeech();
  const { hospitalId, name, isApproximate, beds } = hospital;
  const isSimulated = useLatest(HospitalChanged).get(hospitalId)?.exercise === true;
  return (
    <>
      <p>
        <strong>{name}</strong>{' '}
        <span className="second">
          {[
            isSimulated && text.simulationTag,
            metres !== undefined && text.emergency.straight(format.number(metres / 1000, 1)),
            isApproximate === true && text.approximate,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      <TrafficLine hospital={hospital} />
      {beds.length === 0 && <p className="second">{text.hospital.noBeds}</p>}
      {beds.map((one) => (
        <div key={one.bedClass}>
          <BedLine beds={one} />
          {children?.(one)}
        </div>
      ))}
    </>
  );
}
