import { useRef, type KeyboardEvent } from 'react';
import { useFocus } from '../../room/focus.tsx';
import { useSpeech } from '../../text/speech.tsx';
import type { FleetTruck } from './fleet.ts';
import { TRUCK } from '../kinds.ts';
import { TruckRow } from './truck-row.tsx';

/** More rows than anybody reads; the rest is found by the search. */
const mostRows = 200;

/** The trucks; arrow keys walk through it, Enter opens one. */
export function TruckList({ fleet }: { fleet: readonly FleetTruck[] }) {
  const { text, format } = useSpeech();
  const { focus, show } = useFocus();
  const list = useRef<HTMLUListElement>(null);
  const mixed = fleet.some((truck) => truck.exercise) && fleet.some((truck) => !truck.exercise);

  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const next = buttons.indexOf(document.activeElement as HTMLButtonElement) + step;
    if (next < 0) document.querySelector<HTMLElement>('input[type="search"]')?.focus();
    else buttons[Math.min(next, buttons.length - 1)]?.focus();
  };

  return (
    <ul className="truck-list" ref={list} aria-label={text.trucks} onKeyDown={walk}>
      {fleet.slice(0, mostRows).map((truck) => (
        <li key={truck.truckId}>
          <TruckRow
            truck={truck}
            tagged={mixed && truck.exercise}
            chosen={focus?.kind === TRUCK && focus.key === truck.truckId}
            onChoose={() => {
              show(TRUCK, truck.truckId);
            }}
          />
        </li>
      ))}
      {fleet.length > mostRows && <li className="nothing">{text.more(format.number(fleet.length - mostRows))}</li>}
    </ul>
  );
}
