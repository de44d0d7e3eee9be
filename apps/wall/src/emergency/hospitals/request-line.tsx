import type { BedRequest } from '@siaga/contracts';
import { useNow } from '../../link/use-live.ts';
import { useSpeech } from '../../text/speech.tsx';

/** What became of a bed that was asked for. */
export function RequestLine({ request }: { request: BedRequest }) {
  const { text, format } = useSpeech();
  const words = text.hospital;
  const nowMs = useNow();
  const { bedClass, status, expiresAtMs, announced, acknowledged, arrivedAtMs, handedOverAtMs } = request;
  return (
    <p>
      <strong>{words.bedClasses[bedClass]}</strong> ·{' '}
      {[
        words.statuses[status],
        status === 'held' && words.until(format.moment(expiresAtMs, nowMs)),
        acknowledged !== undefined && words.read(format.moment(acknowledged.atMs, nowMs)),
        acknowledged === undefined && announced !== undefined && words.unread,
        arrivedAtMs !== undefined &&
          handedOverAtMs !== undefined &&
          words.handOver(format.duration(handedOverAtMs - arrivedAtMs)),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}
