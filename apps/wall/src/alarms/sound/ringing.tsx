import { useEffect } from 'react';
import { speaker } from './speaker.ts';

/** A pocket is felt, and a room is crossed, in less. */
const RING_EVERY_MS = 10_000;

/** Sounds and shakes at once for what is new, and again for as long as it is drawn: until somebody has answered. */
export function Ringing({ about }: { about: string }) {
  useEffect(() => {
    const ring = () => {
      speaker.play('grave');
      // not every phone shakes, and a tablet never does
      if ('vibrate' in navigator) navigator.vibrate([400, 200, 400, 200, 400]);
    };
    ring();
    const ringing = setInterval(ring, RING_EVERY_MS);
    return () => {
      clearInterval(ringing);
    };
  }, [about]);
  return null;
}
