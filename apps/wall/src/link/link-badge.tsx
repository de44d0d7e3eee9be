import { ageMs } from './age.ts';
import { useLink, useNow } from './use-live.ts';
import { useSpeech } from '../text/speech.tsx';

/** Data is as old as the last frame; below this it is simply live. */
const worthSayingMs = 3000;

/** Whether the screen is live, and how old what it shows is. */
export function LinkBadge() {
  const { text, format } = useSpeech();
  const { state, lastFrameAt } = useLink();
  const nowMs = useNow();
  const words = {
    connecting: text.linkConnecting,
    live: text.linkLive,
    stale: text.linkStale,
    lost: text.linkLost,
    'signed-out': text.linkSignedOut,
  };
  const age = lastFrameAt === undefined ? null : ageMs(lastFrameAt, nowMs);
  return (
    <p className="link-badge" data-state={state} role="status" aria-label={text.link}>
      <i aria-hidden="true" />
      <span>{words[state]}</span>
      {age !== null && age >= worthSayingMs && <span className="link-age">{text.dataAge(format.duration(age))}</span>}
    </p>
  );
}
