import { TellAlert } from '@siaga/contracts';
import { useEffect } from 'react';
import { Ringing } from '../alarms/sound/ringing.tsx';
import { speaker } from '../alarms/sound/speaker.ts';
import { call } from '../city/api.ts';
import { useSpeech } from '../text/speech.tsx';

interface AlertProps {
  unitId: string;
  assignmentId: string;
  /** Somebody accepted it: it is news to nobody. */
  isAccepted: boolean;
}

/** Browsers say only after a moment whether they let a page sound, ms. */
const SOUNDING_MS = 1500;
/** The job this phone told the city about last. */
const remembered = 'siaga.rang';

/** Sounds and shakes until a job is accepted, and tells the desk that it did, or that it was seen and not heard. */
export function Alert({ unitId, assignmentId, isAccepted }: AlertProps) {
  const silently = useSpeech().text.field.shownSilently;
  useEffect(() => {
    if (isAccepted || localStorage.getItem(remembered) === assignmentId) return undefined;
    const timer = setTimeout(() => {
      const rang = speaker.state() === 'on';
      const outcome = rang ? ({ outcome: 'delivered' } as const) : ({ outcome: 'failed', reason: silently } as const);
      call(TellAlert, { params: { unitId }, body: { assignmentId, channel: 'app', ...outcome } }).then(
        () => {
          localStorage.setItem(remembered, assignmentId);
        },
        // the desk rings the crew itself after 10 s without a word; the next time this page is drawn it is told again
        () => undefined,
      );
    }, SOUNDING_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [unitId, assignmentId, isAccepted, silently]);
  return isAccepted ? null : <Ringing about={assignmentId} />;
}
