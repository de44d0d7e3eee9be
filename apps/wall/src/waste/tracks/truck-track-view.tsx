import { Pause, Play } from 'lucide-react';
import { useMemo } from 'react';
import { useSpeech } from '../../text/speech.tsx';
import { pointAt, speedLine } from './track.ts';
import { useWaste } from '../waste-context.tsx';
import { whereIs } from '../trucks/where.ts';

const width = 320;
const height = 44;

/** Today's track: speed over the day, a slider through it, and playing it on the map. */
export function TruckTrackView() {
  const { text, format } = useSpeech();
  const { points, loading, failure, atMs, playing, look, play } = useWaste().track;
  const line = useMemo(() => speedLine(points, width, height), [points]);
  const first = points[0]?.atMs;
  const last = points.at(-1)?.atMs;
  if (first === undefined || last === undefined) {
    return (
      <section className="track" aria-label={text.trackToday}>
        <h3>{text.trackToday}</h3>
        <p role="status">{failure !== null ? text.trackFailed(failure) : loading ? text.loading : text.trackNone}</p>
      </section>
    );
  }
  const shownMs = atMs ?? last;
  const point = pointAt(points, shownMs);
  const share = (shownMs - first) / Math.max(1, last - first);
  return (
    <section className="track" aria-label={text.trackToday}>
      <header>
        <h3>{text.trackToday}</h3>
        <span className="third">{text.trackPoints(format.number(points.length))}</span>
      </header>
      {point !== undefined && (
        <p className="track-moment">
          <strong>{format.timeWithSeconds(point.atMs)}</strong>
          <span>{point.speedKph === undefined ? text.speedUnknown : text.speed(format.number(point.speedKph))}</span>
          <span>{whereIs(point, text.outsideCity)}</span>
        </p>
      )}
      <div className="track-graph">
        <svg viewBox={`0 0 ${String(width)} ${String(height)}`} preserveAspectRatio="none" aria-hidden="true">
          <polyline points={line} vectorEffect="non-scaling-stroke" />
          <line x1={share * width} x2={share * width} y1={0} y2={height} vectorEffect="non-scaling-stroke" />
        </svg>
      </div>
      <div className="track-controls">
        <button
          type="button"
          aria-label={playing ? text.pause : text.play}
          onClick={() => {
            play(!playing);
          }}
        >
          {playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        </button>
        <input
          type="range"
          min={first}
          max={last}
          step={1000}
          value={shownMs}
          aria-label={text.trackTime}
          aria-valuetext={format.timeWithSeconds(shownMs)}
          onChange={(event) => {
            play(false);
            look(Number(event.target.value));
          }}
        />
      </div>
      <p className="track-ends third">
        <span>{format.time(first)}</span>
        <span>{format.time(last)}</span>
      </p>
    </section>
  );
}
