import { useNow } from '../link/use-live.ts';
import { useSpeech } from '../text/speech.tsx';

/** The city's time with seconds, its zone and day. */
export function Clock() {
  const nowMs = useNow();
  const { text, format } = useSpeech();
  return (
    <div className="clock">
      <p className="clock-day">
        {format.weekday(nowMs)}
        <br />
        {format.date(nowMs)}
      </p>
      <time className="clock-time" aria-label={text.clock} dateTime={new Date(nowMs).toISOString()}>
        {format.timeWithSeconds(nowMs)}
      </time>
      <span className="clock-zone">{format.zone}</span>
    </div>
  );
}
