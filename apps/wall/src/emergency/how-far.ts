import type { Candidate } from '@siaga/contracts';
import type { useSpeech } from '../text/speech.tsx';

/** Minutes where a road leads, else the straight line, said as such; undefined: nobody knows. */
export function howFar(
  { travelS, distanceM }: Pick<Candidate, 'travelS' | 'distanceM'>,
  { text, format }: Pick<ReturnType<typeof useSpeech>, 'text' | 'format'>,
): string | undefined {
  const { byRoad, straight } = text.emergency;
  // nobody is there in no time
  if (travelS !== undefined) return byRoad(format.number(Math.max(1, Math.round(travelS / 60))));
  return distanceM === undefined ? undefined : straight(format.number(distanceM / 1000, 1));
}
