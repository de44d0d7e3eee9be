import { EraseStill, GetStillPicture, type PinnedStill } from '@siaga/contracts';
import { useState } from 'react';
import { Who } from '../../../alarms/who.tsx';
import { usePress } from '../../../room/press.ts';
import { SureButton } from '../../../room/sure-button.tsx';
import { useMay } from '../../../session/session-context.tsx';
import { useSpeech } from '../../../text/speech.tsx';
import { RecordingLink } from '../../footage/recording-link.tsx';
import { Ago } from '../../since.tsx';

interface StillRowProps {
  still: PinnedStill;
  onErased: () => void;
}

/** One kept still: of which camera, when, by whom, why and until when. Its picture is shown on demand: each look is written down. */
export function StillRow({ still, onErased }: StillRowProps) {
  const { text, format } = useSpeech();
  const words = text.street.camera.stills;
  const { stillId, cameraName, takenAtMs, takenBy, purpose, keptUntilMs, playbackUrl } = still;
  const may = useMay();
  const [isShown, setShown] = useState(false);
  const { busy, failure, run } = usePress();
  const erase = () => {
    run(async (send) => {
      await send(EraseStill, { params: { stillId } });
      onErased();
    });
  };
  return (
    <>
      <p>
        <strong>{cameraName}</strong> · <Ago atMs={takenAtMs} />
      </p>
      <p>{purpose}</p>
      <p className="job-facts">
        {words.by} <Who actor={takenBy} /> · {words.until(format.date(keptUntilMs))}
      </p>
      {isShown && (
        <img
          className="still-picture"
          src={GetStillPicture.path.replace(':stillId', stillId)}
          alt={words.pictureOf(cameraName, format.timeWithSeconds(takenAtMs))}
        />
      )}
      {playbackUrl !== undefined && <RecordingLink url={playbackUrl}>{words.recording}</RecordingLink>}
      {failure !== undefined && <p role="alert">{failure}</p>}
      <div className="doings">
        <button
          type="button"
          aria-expanded={isShown}
          onClick={() => {
            setShown(!isShown);
          }}
        >
          {isShown ? words.hide : words.show}
        </button>
        {may(EraseStill) && (
          <SureButton means={words.eraseMeans} yes={words.eraseYes} busy={busy} onSure={erase}>
            {words.erase}
          </SureButton>
        )}
      </div>
    </>
  );
}
