import { Fault, type CameraHealth, type CameraPurpose } from '@siaga/contracts';
import { VideoOff } from 'lucide-react';
import { ageMs } from '../../../link/age.ts';
import { useNow } from '../../../link/use-live.ts';
import { faultWords, inLanguage } from '../../../text/fault-words.ts';
import { useSpeech } from '../../../text/speech.tsx';
import { LiveLine, LivePicture } from '../live/live-picture.tsx';
import { useLive } from '../live/use-live.ts';
import type { Seen } from './follow-picture.ts';
import { pictureAge } from './picture-age.ts';
import { usePicture } from './use-picture.ts';

interface CameraPictureProps {
  cameraId: string;
  name: string;
  purpose?: CameraPurpose | undefined;
  /** What the last check said; a picture that moves needs no words. */
  health?: CameraHealth | undefined;
  /** Another still is asked for so often, where no picture moves. */
  everyMs: number;
}

/**
 * What a camera shows, whose it is to look at and since when: its moving picture where a media server has one, else one still
 * after the other; never an old one as if it were now. Watched, it stands in the trail; who watches is drawn over the picture.
 */
export function CameraPicture({ cameraId, name, purpose, health, everyMs }: CameraPictureProps) {
  const { text } = useSpeech();
  const { view: words, health: healths } = text.street.camera;
  const { live, video, image } = useLive(cameraId);
  const isLive = live.phase === 'moving' || live.phase === 'stopped';
  const seen = usePicture(cameraId, everyMs, isLive ? 'nothing' : 'stills');
  const stillAge = pictureAge(seen.atMs, useNow(), everyMs);
  const age = isLive ? (live.phase === 'moving' ? 'fresh' : 'old') : stillAge;
  const opened = live.opened ?? seen.opened;
  const isOdd = health !== undefined && health !== 'live' && health !== 'unchecked';
  return (
    <figure className="camera-picture" data-age={age}>
      <div className="camera-frame">
        {!isLive && seen.address === undefined && <VideoOff aria-hidden="true" />}
        {!isLive && seen.address !== undefined && <img src={seen.address} alt={words.pictureOf(name)} />}
        <LivePicture name={name} live={live} video={video} image={image} />
        {opened !== undefined && <p className="camera-watermark">{opened.watermark}</p>}
        {isOdd && <p className="camera-odd">{healths[health]}</p>}
      </div>
      <figcaption>
        <strong>{name}</strong>
        {purpose !== undefined && <span className="camera-purpose">{words.purposes[purpose]}</span>}
        <LiveLine live={live} />
        {!isLive && <PictureLine seen={seen} isOld={stillAge === 'old'} />}
      </figcaption>
    </figure>
  );
}

/** When the picture came, or why there is none. */
function PictureLine({ seen, isOld }: { seen: Seen; isOld: boolean }) {
  const speech = useSpeech();
  const { text, format, language } = speech;
  const { view: words } = text.street.camera;
  const nowMs = useNow();
  const { opened, atMs, error } = seen;
  const why =
    error === undefined
      ? undefined
      : ((error instanceof Fault ? inLanguage(error.message, language) : undefined) ?? faultWords(error, speech));
  if (opened !== undefined && opened.still === undefined) return <span className="camera-why">{words.noStill}</span>;
  if (atMs === undefined) return <span className="camera-why">{why ?? words.asking}</span>;
  const came = format.timeWithSeconds(atMs);
  if (!isOld) return <span className="camera-age">{words.cameAt(came)}</span>;
  return (
    <span className="camera-why" role="status">
      {words.oldSince(came, format.duration(ageMs(atMs, nowMs)))} {why}
    </span>
  );
}
