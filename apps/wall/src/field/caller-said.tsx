import { GetIncident, MASKED } from '@siaga/contracts';
import { useMemo } from 'react';
import { call } from '../city/api.ts';
import { useAsked } from '../room/asked.ts';
import { useSpeech } from '../text/speech.tsx';

interface CallerSaidProps {
  incidentId: string;
  /** The incident's, as the phone knows it: with another one it may say something else. */
  version: number | undefined;
}

const askOf =
  ({ incidentId }: CallerSaidProps) =>
  async (signal: AbortSignal) =>
    (await call(GetIncident, { params: { incidentId } }, { signal })).incident.words;

/** What callers said of it, for the crew that goes there; nothing where there is nothing, no signal, or no sight of it. */
export function CallerSaid({ incidentId, version }: CallerSaidProps) {
  const words = useSpeech().text.field;
  const { answer: said } = useAsked(useMemo(() => askOf({ incidentId, version }), [incidentId, version]));
  if (said === undefined || said === '' || said === MASKED) return null;
  return (
    <p className="field-said">
      <span className="second">{words.callerSaid}</span> {said}
    </p>
  );
}
