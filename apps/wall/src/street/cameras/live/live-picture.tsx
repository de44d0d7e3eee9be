import type { Ref } from 'react';
import { useNow } from '../../../link/use-live.ts';
import { useSpeech } from '../../../text/speech.tsx';
import type { Live } from './live.ts';

interface LivePictureProps {
  name: string;
  live: Live;
  video: Ref<HTMLVideoElement>;
  image: Ref<HTMLImageElement>;
}

/** A moving picture, and since when it is one no longer. Nothing is heard: only the picture is asked for. */
export function LivePicture({ name, live: { phase, as, sinceMs }, video, image }: LivePictureProps) {
  const { text, format } = useSpeech();
  const { live: words, view } = text.street.camera;
  const nowMs = useNow();
  const isShown = phase === 'moving' || phase === 'stopped';
  return (
    <>
      <video ref={video} hidden={!(isShown && as === 'webrtc')} muted playsInline aria-label={view.pictureOf(name)} />
      <img ref={image} hidden={!(isShown && as === 'mjpeg')} alt={view.pictureOf(name)} />
      {phase === 'stopped' && sinceMs !== undefined && (
        <p className="camera-stopped" role="status">
          {words.stopped(format.timeWithSeconds(sinceMs), format.duration(nowMs - sinceMs))}
        </p>
      )}
    </>
  );
}

/** What is to be said of it below the picture: that it is now, or why there are stills instead, since when. */
export function LiveLine({ live: { phase, why, sinceMs } }: { live: Live }) {
  const { text, format } = useSpeech();
  const words = text.street.camera.live;
  const nowMs = useNow();
  if (phase === 'moving') return <span className="camera-live">{words.now}</span>;
  if (phase === 'starting') return <span className="camera-age">{words.starting}</span>;
  if (phase !== 'failed' || why === undefined || sinceMs === undefined) return null;
  return (
    <span className="camera-why" role="status">
      {words.failed(words.why[why], format.moment(sinceMs, nowMs))}
    </span>
  );
}
