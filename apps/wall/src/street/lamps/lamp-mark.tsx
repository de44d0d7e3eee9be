import type { LampLook } from './seen-lamps.ts';

/** The mark a lamp wears on the map, small: looks differ by shape, not only by colour. */
export function LampMark({ look }: { look: LampLook }) {
  return (
    <svg className="lamp-mark" data-look={look} viewBox="-12 -12 24 24" aria-hidden="true">
      {look === 'lit' && <circle className="glow" r="11" />}
      {look === 'suspected' ? (
        <>
          <path className="line" d="M-7 0A7 7 0 0 1 7 0" />
          <path className="line dashed" d="M-7 0A7 7 0 0 0 7 0" />
        </>
      ) : (
        <circle className={look === 'dark' ? 'line' : 'full'} r={look === 'dark' ? 7 : look === 'lit' ? 6 : 4.5} />
      )}
      {look === 'day-burning' && (
        <path className="line" d="M0-11v3M0 8v3M-11 0h3M8 0h3M-7.8-7.8l2 2M5.8 5.8l2 2M-7.8 7.8l2-2M5.8-5.8l2-2" />
      )}
    </svg>
  );
}
