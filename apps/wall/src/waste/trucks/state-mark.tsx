import type { TruckState } from './fleet.ts';

/** The mark a truck wears on the map, small: states differ by shape, not only by colour. */
export function StateMark({ state }: { state: TruckState }) {
  return (
    <svg className="state-mark" data-state={state} viewBox="-12 -12 24 24" aria-hidden="true">
      <circle r="9.5" />
      {state === 'moving' && <path d="M0-5.2 4 4.2 0 2.2-4 4.2Z" />}
      {state === 'stopped' && <path d="M-3-3h6v6h-6z" />}
      {state === 'silent' && <path d="M-2.6-.9h5.2v1.8h-5.2z" />}
    </svg>
  );
}
