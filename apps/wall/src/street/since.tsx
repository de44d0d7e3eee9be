import { ageMs } from '../link/age.ts';
import { useNow } from '../link/use-live.ts';
import { useSpeech } from '../text/speech.tsx';

/** `19.10 · 12 mnt lalu`, counting. */
export function Ago({ atMs }: { atMs: number }) {
  const { text, format } = useSpeech();
  const nowMs = useNow();
  return `${format.moment(atMs, nowMs)} · ${text.ago(format.duration(ageMs(atMs, nowMs)))}`;
}
