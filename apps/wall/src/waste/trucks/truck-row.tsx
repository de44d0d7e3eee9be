import { memo } from 'react';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import type { FleetTruck } from './fleet.ts';
import { StateMark } from './state-mark.tsx';
import { whereIs } from './where.ts';

interface RowProps {
  truck: FleetTruck;
  chosen: boolean;
  /** Marked as simulated, because others in the list are not. */
  tagged: boolean;
  onChoose: () => void;
}

/** One truck in one line: what it does, where, how fast, and how old that is. */
export const TruckRow = memo(function TruckRow({ truck, chosen, tagged, onChoose }: RowProps) {
  const { text, format } = useSpeech();
  const nowMs = useNow();
  const { truckId, state, position } = truck;
  return (
    <button type="button" className="truck-row" data-state={state} aria-pressed={chosen} onClick={onChoose}>
      <StateMark state={state} />
      <span className="truck-name">{truckId}</span>
      <span className="truck-doing">
        {tagged && <em>{text.simulationTag}</em>}
        <Doing truck={truck} nowMs={nowMs} />
      </span>
      <span className="truck-age">{position !== undefined && format.duration(ageMs(position.atMs, nowMs))}</span>
    </button>
  );
});

/** Where and how fast; of a silent one since when, because where it is nobody knows. */
function Doing({ truck: { state, position }, nowMs }: { truck: FleetTruck; nowMs: number }) {
  const { text, format } = useSpeech();
  if (position === undefined) return <span>{text.never}</span>;
  if (state === 'silent') return <span>{text.silentSince(format.moment(position.atMs, nowMs))}</span>;
  return (
    <>
      <span>{whereIs(position, text.outsideCity)}</span>
      <span>{state === 'moving' ? text.speed(format.number(position.speedKph ?? 0)) : text.stopped}</span>
    </>
  );
}
