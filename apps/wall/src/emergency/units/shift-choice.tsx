import { Choice } from '../../room/choice.tsx';
import { useSpeech } from '../../text/speech.tsx';

const HOUR_MS = 3_600_000;
const shifts = [8, 12, 24] as const;

/** So many hours of duty as somebody declares at once. */
export type Shift = (typeof shifts)[number];

/** Until when duty lasts that begins now, epoch ms. */
export const shiftEndMs = (nowMs: number, shift: Shift): number => nowMs + shift * HOUR_MS;

/** For how long somebody goes on duty: the same on his phone and at the desk. */
export function ShiftChoice({ shift, onChoose }: { shift: Shift; onChoose: (shift: Shift) => void }) {
  const { text, format } = useSpeech();
  const words = text.emergency;
  return (
    <Choice label={words.shift} options={shifts} chosen={shift} onChoose={onChoose}>
      {(one) => words.shiftHours(format.number(one))}
    </Choice>
  );
}
