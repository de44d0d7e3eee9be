import { HospitalChanged } from '@siaga/contracts';
import { useLatest } from '../../link/use-live.ts';
import { Panel } from '../../room/panel.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { BedLine } from './bed-line.tsx';

/** The board of hospitals: beds as they were counted, and by whom. */
export default function HospitalsPanel() {
  const { text } = useSpeech();
  const words = text.hospital;
  const hospitals = [...useLatest(HospitalChanged).values()].map(({ data }) => data);
  return (
    <Panel title={words.board}>
      {hospitals.length === 0 && <p>{words.none}</p>}
      <ul className="unit-rows" aria-label={words.title}>
        {hospitals
          .sort((one, other) => one.name.localeCompare(other.name, 'id'))
          .map(({ hospitalId, name, beds, emsTraffic, emsSaid, telephone }) => (
            <li key={hospitalId} className="unit">
              <p>
                <strong>{name}</strong>
                {emsSaid !== undefined && ` · ${words.traffic[emsTraffic]}`}
              </p>
              {beds.length === 0 && <p className="second">{words.noBeds}</p>}
              {beds.map((one) => (
                <BedLine key={one.bedClass} beds={one} />
              ))}
              {telephone !== undefined && <a href={`tel:${telephone}`}>{text.emergency.ring(telephone)}</a>}
            </li>
          ))}
      </ul>
    </Panel>
  );
}
