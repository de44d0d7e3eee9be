import type { IncidentKind } from '@siaga/contracts';
import { useState } from 'react';
import { pressKey } from '../city/api.ts';
import { Choice } from '../room/choice.tsx';
import { useSpeech } from '../text/speech.tsx';

/** What squads of Satpol PP see most, in the order of their rounds; the rest is for the desk. */
const kinds = [
  ...(['street-vendor', 'homeless', 'truancy', 'public-order', 'illegal-parking', 'demonstration'] as const),
  ...(['medical', 'traffic-accident', 'fire', 'fallen-tree', 'animal', 'crime', 'help'] as const),
] satisfies readonly IncidentKind[];
type Kind = (typeof kinds)[number];

interface ReportProps {
  onReport: (finding: { findingId: string; kind: Kind; asIncident: boolean }) => void;
}

/** *Lapor*: one press says what, the second sends it: to be kept with the round, or to 112 at once. */
export function PatrolReport({ onReport }: ReportProps) {
  const { text } = useSpeech();
  const words = text.patrol;
  const [kind, setKind] = useState<Kind>();
  const [told, setTold] = useState<string>();
  const send = (chosen: Kind, asIncident: boolean) => () => {
    onReport({ findingId: findingId(), kind: chosen, asIncident });
    setTold(text.emergency.kinds[chosen]);
    setKind(undefined);
  };
  return (
    <details className="field-report">
      <summary>{words.report}</summary>
      <Choice label={words.reportKind} options={kinds} chosen={kind} onChoose={setKind} wraps>
        {(one) => text.emergency.kinds[one]}
      </Choice>
      {kind !== undefined && (
        <div className="field-steps">
          <button type="button" className="strong" onClick={send(kind, true)}>
            {words.sendIncident}
          </button>
          <button type="button" onClick={send(kind, false)}>
            {words.sendNote}
          </button>
        </div>
      )}
      {told !== undefined && kind === undefined && <p role="status">{words.reported(told)}</p>}
    </details>
  );
}

/** A number that this phone gives: sent twice, it is the same finding. */
const findingId = () => `TMN-${pressKey().slice(0, 8).toUpperCase()}`;
