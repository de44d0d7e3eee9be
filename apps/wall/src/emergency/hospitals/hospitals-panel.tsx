import { Channel, GetHospitalEntry, HospitalChanged, ListPeople, ReportBeds } from '@siaga/contracts';
import { useState } from 'react';
import { useLatest } from '../../link/use-live.ts';
import { Choice } from '../../room/choice.tsx';
import { Field } from '../../room/field.tsx';
import { Panel } from '../../room/panel.tsx';
import { useMay } from '../../session/session-context.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CountForm } from './count-form.tsx';
import { HospitalFacts } from './hospital-facts.tsx';
import { HospitalPeople } from './hospital-people.tsx';
import './hospitals.css';
import { TrafficForm } from './traffic-form.tsx';

/** Ways by which a hospital without our page tells the desk. */
const heardBy = Channel.extract(['telephone', 'whatsapp', 'radio', 'in-person']).options;

/** The board of hospitals: beds as they were counted and by whom, and the desk's hand for one that only telephones. */
export default function HospitalsPanel() {
  const { text } = useSpeech();
  const words = text.hospital;
  const may = useMay();
  const hospitals = [...useLatest(HospitalChanged).values()].map(({ data }) => data);
  return (
    <Panel title={words.board}>
      {hospitals.length === 0 && <p>{words.none}</p>}
      <ul className="unit-rows" aria-label={words.title}>
        {hospitals
          .sort((one, other) => one.name.localeCompare(other.name, 'id'))
          .map((hospital) => (
            <li key={hospital.hospitalId} className="unit">
              <HospitalFacts hospital={hospital} />
              {hospital.telephone !== undefined && (
                <a href={`tel:${hospital.telephone}`}>{text.emergency.ring(hospital.telephone)}</a>
              )}
              {may(ReportBeds) && <OnBehalf hospital={hospital} />}
              {may(GetHospitalEntry) && may(ListPeople) && <HospitalPeople hospitalId={hospital.hospitalId} />}
            </li>
          ))}
      </ul>
    </Panel>
  );
}

/** What a hospital said by other means, written down by the desk: who said it, and by what way. */
function OnBehalf({ hospital }: { hospital: HospitalChanged }) {
  const { text } = useSpeech();
  const words = text.hospital;
  const [channel, setChannel] = useState<(typeof heardBy)[number]>('telephone');
  const [name, setName] = useState('');
  const saidBy = name.trim();
  const heardOf = { channel, ...(saidBy !== '' && { saidBy }) };
  return (
    <details>
      <summary>{words.onBehalf}</summary>
      <Choice label={text.emergency.via} options={heardBy} chosen={channel} onChoose={setChannel}>
        {(one) => text.emergency.channels[one]}
      </Choice>
      <Field
        label={words.saidBy}
        maxLength={60}
        value={name}
        onChange={({ target }) => {
          setName(target.value);
        }}
      />
      <CountForm hospital={hospital} heardOf={heardOf} />
      <TrafficForm key={hospital.emsTraffic} hospital={hospital} heardOf={heardOf} />
    </details>
  );
}
