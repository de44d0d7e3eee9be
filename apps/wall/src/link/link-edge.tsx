import type { Missed } from '@siaga/live';
import { useState } from 'react';
import type { Dictionary } from '../text/dictionary.ts';
import type { Format } from '../text/format.ts';
import { ageMs } from './age.ts';
import { useLink, useNow } from './use-live.ts';
import { useSpeech } from '../text/speech.tsx';

/** The report of what was missed stays this long: long enough to be read from across the room. */
const reportForMs = 20_000;

/** While the link is lost the edge of the screen is grey and says for how long; on return it says what was filled in. */
export function LinkEdge() {
  const { state, sinceMs, lastFrameAt } = useLink();
  const nowMs = useNow();
  const { text, format } = useSpeech();
  if (state === 'lost') {
    return (
      <div className="link-edge" role="alert">
        <p className="link-notice">
          <strong>{text.linkLostFor(format.duration(ageMs(lastFrameAt ?? sinceMs, nowMs)))}</strong>
          {lastFrameAt !== undefined && <span>{text.linkLostDetail(format.timeWithSeconds(lastFrameAt))}</span>}
        </p>
      </div>
    );
  }
  return <MissedNotice nowMs={nowMs} />;
}

function MissedNotice({ nowMs }: { nowMs: number }) {
  const { missed } = useLink();
  const { text, format } = useSpeech();
  const [told, setTold] = useState({ missed, sinceMs: nowMs });
  if (told.missed !== missed) setTold({ missed, sinceMs: nowMs });
  if (missed === undefined || nowMs - told.sinceMs > reportForMs) return null;
  return (
    <div className="link-back" role="status">
      <p className="link-notice">
        <strong>{text.linkBack(format.duration(missed.forMs))}</strong>
        <span>{whatWasMissed(missed, text, format)}</span>
      </p>
    </div>
  );
}

function whatWasMissed({ filled, every }: Missed, text: Dictionary, format: Format): string {
  if (!filled) return text.linkRefreshed;
  return every === 0 ? text.linkFilledNothing : text.linkFilled(format.number(every));
}
