import { EraseClip, GetClipFile, type PinnedClip } from '@siaga/contracts';
import { useState } from 'react';
import { Who } from '../../../alarms/who.tsx';
import { useNow } from '../../../link/use-live.ts';
import { usePress } from '../../../room/press.ts';
import { SureButton } from '../../../room/sure-button.tsx';
import { useMay } from '../../../session/session-context.tsx';
import { detailIn } from '../../../text/fault-words.ts';
import { useSpeech } from '../../../text/speech.tsx';

interface ClipRowProps {
  clip: PinnedClip;
  onErased: () => void;
}

/** One recording: of which camera and minutes, how far it is or why there is none, who asked, why and until when. */
export function ClipRow({ clip, onErased }: ClipRowProps) {
  const { text, format, language } = useSpeech();
  const words = text.street.camera.clips;
  const nowMs = useNow();
  const { clipId, cameraName, fromMs, toMs, status, problem, askedBy, purpose, keptUntilMs, bytes } = clip;
  const may = useMay();
  const { busy, failure, run } = usePress();
  const facts = [words.until(format.date(keptUntilMs)), ...(bytes === undefined ? [] : [format.bytes(bytes)])];
  return (
    <>
      <p>
        <strong>{cameraName}</strong> · {format.moment(fromMs, nowMs)}–{format.moment(toMs, nowMs)}
      </p>
      <p data-tone={status === 'failed' ? 'attention' : undefined}>
        {words.statuses[status]}
        {status === 'asked' && ` · ${words.copiedAfter(format.moment(toMs, nowMs))}`}
        {problem !== undefined && `: ${detailIn(problem, language)}`}
      </p>
      <p>{purpose}</p>
      <p className="job-facts">
        {words.by} <Who actor={askedBy} /> · {facts.join(' · ')}
      </p>
      {status === 'kept' && <Film clip={clip} />}
      {failure !== undefined && <p role="alert">{failure}</p>}
      {may(EraseClip) && (
        <div className="doings">
          <SureButton
            means={words.eraseMeans}
            yes={words.eraseYes}
            busy={busy}
            onSure={() => {
              run(async (send) => {
                await send(EraseClip, { params: { clipId } });
                onErased();
              });
            }}
          >
            {words.erase}
          </SureButton>
        </div>
      )}
    </>
  );
}

/** Played on demand: each look is written down. What this browser cannot show is still there to be saved. */
function Film({ clip: { clipId, cameraName, fromMs } }: { clip: PinnedClip }) {
  const { text, format } = useSpeech();
  const words = text.street.camera.clips;
  const [isShown, setShown] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const src = GetClipFile.path.replace(':clipId', clipId);
  return (
    <>
      {isShown && (
        <video
          className="still-picture"
          src={src}
          aria-label={words.filmOf(cameraName, format.timeWithSeconds(fromMs))}
          controls
          muted
          autoPlay
          playsInline
          onError={() => {
            setBroken(true);
          }}
        />
      )}
      {isShown && isBroken && <p role="alert">{words.cannotPlay}</p>}
      <div className="doings">
        <button
          type="button"
          aria-expanded={isShown}
          onClick={() => {
            setBroken(false);
            setShown(!isShown);
          }}
        >
          {isShown ? words.hide : words.play}
        </button>
        <a className="button" href={src} download={`${clipId}.mp4`}>
          {words.save}
        </a>
      </div>
    </>
  );
}
