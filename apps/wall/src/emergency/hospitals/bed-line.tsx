import { BEDS_FRESH_MS, type Beds } from '@siaga/contracts';
import { ageMs } from '../../link/age.ts';
import { useNow } from '../../link/use-live.ts';
import { PrivateText } from '../../session/reveal/private-text.tsx';
import { useSpeech } from '../../text/speech.tsx';

/** Beds of one kind: how many are free, who counted them and how long ago; old counts are said to be old. */
export function BedLine({
  beds: { bedClass, freeCount, totalCount, occupiedCount, heldCount, isShort, atMs, source, channel, saidBy },
}: {
  beds: Beds;
}) {
  const { text, format } = useSpeech();
  const words = text.hospital;
  const age = ageMs(atMs, useNow());
  const isOld = age > BEDS_FRESH_MS;
  return (
    <p className="bed-line" data-old={isOld}>
      <strong>{words.bedClasses[bedClass]}</strong> {words.free(format.number(freeCount), format.number(totalCount))}
      {occupiedCount > totalCount && (
        <strong data-tone="attention"> · {words.waiting(format.number(occupiedCount - totalCount))}</strong>
      )}
      {isShort === true && <span data-tone="attention"> · {words.short}</span>}
      <span className="second">
        {heldCount > 0 && ` · ${words.held(format.number(heldCount))}`}
        {` · ${words.counted(format.duration(age))}, ${words.sources[source]}`}
        {channel !== undefined && ` ${text.emergency.via} ${text.emergency.channels[channel]}`}
        {saidBy !== undefined && (
          <>
            {' · '}
            {words.said} <PrivateText>{saidBy}</PrivateText>
          </>
        )}
      </span>
      {isOld && <strong data-tone="attention"> · {words.old}</strong>}
    </p>
  );
}
