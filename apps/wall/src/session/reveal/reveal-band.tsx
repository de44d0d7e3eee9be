import { LockKeyholeOpen } from 'lucide-react';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';
import { useMe } from '../session-context.tsx';

/** While masked fields are uncovered on this screen: which, and for how long still. */
export function RevealBand() {
  const { text, format } = useSpeech();
  const { reveal } = useMe();
  const nowMs = useNow();
  if (reveal === undefined || reveal.untilMs <= nowMs) return null;
  const classes = reveal.classes.map((name) => text.session.classes[name]).join(', ');
  return (
    <p className="reveal-band">
      <LockKeyholeOpen aria-hidden="true" />
      <span>{text.session.revealed(classes, format.duration(reveal.untilMs - nowMs))}</span>
    </p>
  );
}
