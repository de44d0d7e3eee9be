import type { Verdict } from './findings.ts';

/** A shape for each verdict, so that nobody needs the colour: disc, square, triangle, broken ring. */
export function ToneMark({ tone }: { tone: Verdict }) {
  return (
    <svg className="tone-mark" data-tone-of={tone} viewBox="-8 -8 16 16" aria-hidden="true">
      {tone === 'well' && <circle r="5" />}
      {tone === 'attention' && <rect x="-5" y="-5" width="10" height="10" rx="1.5" />}
      {tone === 'down' && <path d="M0-7 7.4 6H-7.4Z" />}
      {tone === 'unknown' && <circle r="5" className="hollow" />}
    </svg>
  );
}
