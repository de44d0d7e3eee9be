import { useSyncExternalStore } from 'react';
import { useSpeech } from '../text/speech.tsx';
import type { Level } from './level.ts';

/** From a quiet room to what breaks, dBFS. */
const RANGE = { least: -60, most: 0 };

/** A needle with its figure. */
export function LevelMeter({ label, level }: { label: string; level: Level }) {
  const { format } = useSpeech();
  const db = useSyncExternalStore(level.subscribe, level.get);
  const shown = Math.max(RANGE.least, Math.min(RANGE.most, db));
  return (
    <div className="talk-level">
      <span aria-hidden="true">{label}</span>
      <meter aria-label={label} min={RANGE.least} max={RANGE.most} value={shown} />
      <span className="second">{format.number(shown)} dBFS</span>
    </div>
  );
}
