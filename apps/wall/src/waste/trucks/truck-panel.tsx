import { WhoSaw } from '../../audit/who-saw.tsx';
import { useWaste } from '../waste-context.tsx';
import { Panel } from '../../room/panel.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { StateMark } from './state-mark.tsx';
import { TruckFacts } from './truck-facts.tsx';
import { TruckIntake } from '../reports/truck-intake.tsx';
import { TruckTrackView } from '../tracks/truck-track-view.tsx';

/** Everything about one truck: what it does now, its day on a slider, its device, and what was refused of it. */
export default function TruckPanel({ focusKey: truckId }: { focusKey: string }) {
  const { text, format } = useSpeech();
  const { fleet } = useWaste();
  const truck = fleet.find((one) => one.truckId === truckId);
  const registered = truck?.registered;
  const about =
    registered === undefined
      ? [text.notRegistered]
      : [
          registered.plate,
          text.hull(registered.hullNumber),
          text.kinds[registered.kind],
          text.tonnes(format.number(registered.capacityKg / 1000, registered.capacityKg % 1000 === 0 ? 0 : 1)),
        ];
  return (
    <Panel
      title={
        <>
          <StateMark state={truck?.state ?? 'never'} />
          {truckId}
          {truck?.exercise === true && <em className="tag">{text.simulationTag}</em>}
        </>
      }
    >
      <p className="truck-about">{about.join(' · ')}</p>
      {truck !== undefined && <TruckFacts truck={truck} />}
      <TruckTrackView />
      <TruckIntake truckId={truckId} />
      <WhoSaw subject={`truck:${truckId}`} />
    </Panel>
  );
}
