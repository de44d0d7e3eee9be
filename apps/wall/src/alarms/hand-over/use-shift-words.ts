import type { HandOver } from '@siaga/contracts';
import { useSpeech } from '../../text/speech.tsx';

/** Says which shift: `Regu malam, 21 Nov 2026`, by the day it began on. */
export function useShiftWords(): (of: Pick<HandOver, 'day' | 'shift'>) => string {
  const { text, format } = useSpeech();
  const { alarms: words } = text;
  // five in UTC is about noon in every zone of Indonesia
  return ({ day, shift }) => words.handOverNow(words.shifts[shift], format.date(Date.parse(`${day}T05:00:00Z`)));
}
