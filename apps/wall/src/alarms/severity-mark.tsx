import type { AlarmSeverity } from '@siaga/contracts';

/** A shape for each severity, so that nobody needs the colour: diamond, triangle, square, circle. */
export function SeverityMark({ severity }: { severity: AlarmSeverity }) {
  return (
    <svg className="severity-mark" data-severity={severity} viewBox="-9 -9 18 18" aria-hidden="true">
      {severity === 'critical' && <path d="M0-8.5 8.5 0 0 8.5-8.5 0Z" />}
      {severity === 'high' && <path d="M0-7.5 8.2 6.8H-8.2Z" />}
      {severity === 'medium' && <rect x="-6" y="-6" width="12" height="12" rx="1" />}
      {severity === 'information' && <circle r="6.2" />}
    </svg>
  );
}
