import { TellAlert } from '@siaga/contracts';
import { useEffect } from 'react';
import { speaker } from '../alarms/sound/speaker.ts';
import { call } from '../city/api.ts';
import { useSpeech } from '../text/speech.tsx';

interface AlertProps {
  unitId: string;
  assignmentId: string;
  /** Somebody accepted it: it still sounds for who opens the page, and is news to nobody. */
  isAccepted: boolean;
}

/** Browsers say only after a moment whether they let a page sound, ms. */
const SOUNDING_MS = 1500;
/** The job this phone told the city about last. */
const remembered = 'siaga.rang';

/** Sounds and shakes once for each job, and tells the desk that it did, or that it was seen and not heard. */
export function Alert({ unitId, assignmentId, isAccepted }: AlertProps) {
  const silently = useSpeech().text.field.shownSilently;
  useEffect(() => {
    speaker.play('grave');
    // not every phone shakes, and a tablet never does
    if ('vibrate' in navigator) navigator.vibrate([400, 200, 400, 200, 400]);
  }, [assignmentId]);
  useEffect(() => {
    if (isAccepted || localStorage.getItem(remembered) === assignmentId) return undefined;
    const timer = setTimeout(() => {
      const rang = speaker.state() === 'on';
      const outcome = rang ? ({ outcome: 'delivered' } as const) : ({ outcome: 'failed', reason: silently } as const);
      call(TellAlert, { params: { unitId }, body: { assignmentId, channel: 'app', ...outcome } }).then(
        () => {
          localStorage.setItem(remembered, assignmentId);
        },
        // the desk shows that nothing was heard, and that is so
        () => undefined,
      );
    }, SOUNDING_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [unitId, assignmentId, isAccepted, silently]);
  return null;
}
