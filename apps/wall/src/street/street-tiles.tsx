import { ViewCamera } from '@siaga/contracts';
import { useMemo, type ReactNode } from 'react';
import { useNow } from '../link/use-live.ts';
import { Tile } from '../room/tile.tsx';
import { useSeries } from '../room/use-series.ts';
import { useMay } from '../session/session-context.tsx';
import { useSpeech } from '../text/speech.tsx';
import { countCameras } from './cameras/seen-cameras.ts';
import { CAMERAS_PATH, CAMERAS_WINDOW } from './kinds.ts';
import type { ByBasis, LampCounts } from './lamps/seen-lamps.ts';
import { useStreet } from './street-context.tsx';

/** Lamps and cameras as numbers; what a city does not have takes no room. */
export function StreetTiles() {
  const { lamps, cameras } = useStreet();
  return (
    <>
      {lamps.counts.registered > 0 && <LampsTile counts={lamps.counts} />}
      {cameras.length > 0 && <CamerasTile />}
    </>
  );
}

const all = ({ measured, inferred }: ByBasis) => measured + inferred;

function LampsTile({ counts }: { counts: LampCounts }) {
  const { text, format } = useSpeech();
  const words = text.street;
  const lit = all(counts.lit);
  const series = useSeries(lit, useNow());
  const { monitored, registered } = counts;
  if (monitored === 0)
    return (
      <Tile
        title={words.lamps}
        value={format.number(registered)}
        unit={words.lampsRegistered}
        exception={words.noneMonitored}
      />
    );
  return (
    <Tile
      title={words.lamps}
      value={counts.old === monitored ? '–' : format.number(lit)}
      unit={words.outOfLit(format.number(monitored))}
      exception={<LampsInWords counts={counts} />}
      series={series}
      top={monitored}
      hue="lamp"
    />
  );
}

/** What is not as it should be first; then what nobody knows. */
function LampsInWords({ counts }: { counts: LampCounts }) {
  const { text, format } = useSpeech();
  const words = text.street;
  const unmonitored = counts.registered - counts.monitored;
  const said: [key: string, said: ReactNode, count: number][] = [
    ['dark', <Basis key="dark" counts={counts.dark} of={words.countDark} />, all(counts.dark)],
    ['suspected', words.countSuspected(format.number(counts.suspected)), counts.suspected],
    ['day', words.countDayBurning(format.number(counts.dayBurning)), counts.dayBurning],
  ];
  const wrong = said.filter(([, , count]) => count > 0);
  const rest = [
    counts.old > 0 && words.countOld(format.number(counts.old)),
    counts.unknown > 0 && words.countUnknown(format.number(counts.unknown)),
    unmonitored > 0 && words.countUnmonitored(format.number(unmonitored)),
  ].filter((one) => one !== false);
  return (
    <>
      {wrong.length > 0 && (
        <span data-tone="attention" data-lines={wrong.length + rest.length > 2 ? 'two' : 'one'}>
          {wrong.map(([key, one], index) => (
            <span key={key}>
              {index > 0 && ' · '}
              {one}
            </span>
          ))}
        </span>
      )}
      {wrong.length > 0 && rest.length > 0 && ' · '}
      {wrong.length === 0 && rest.length === 0 ? words.noneWrong : rest.join(' · ')}
    </>
  );
}

/** A sum that is partly a conclusion says so: `182 padam (150 disimpulkan)`. */
function Basis({ counts, of }: { counts: ByBasis; of: (count: string) => string }) {
  const { text, format } = useSpeech();
  const { measured, inferred } = counts;
  const sum = of(format.number(measured + inferred));
  if (inferred === 0) return sum;
  return `${sum} ${measured === 0 ? text.street.allInferred : text.street.ofThemInferred(format.number(inferred))}`;
}

function CamerasTile() {
  const { text, format } = useSpeech();
  const { cameras } = useStreet();
  const mayWatch = useMay()(ViewCamera);
  const { camera: words } = text.street;
  const counts = useMemo(() => countCameras(cameras), [cameras]);
  const series = useSeries(counts.live, useNow());
  const rest = [
    counts.old > 0 && words.countOld(format.number(counts.old)),
    counts.unchecked > 0 && words.countUnchecked(format.number(counts.unchecked)),
  ].filter((one) => one !== false);
  return (
    <Tile
      title={words.title}
      value={counts.live + counts.down === 0 ? '–' : format.number(counts.live)}
      unit={words.outOf(format.number(counts.registered))}
      exception={
        <>
          {counts.down > 0 && <span data-tone="attention">{words.countDown(format.number(counts.down))}</span>}
          {counts.down > 0 && rest.length > 0 && ' · '}
          {counts.down === 0 && rest.length === 0 ? words.allLive : rest.join(' · ')}
          {mayWatch && ' · '}
          {mayWatch && (
            <a className="tile-link" href={CAMERAS_PATH} target={CAMERAS_WINDOW}>
              {words.view.grid}
            </a>
          )}
        </>
      }
      series={series}
      top={counts.registered}
      hue="information"
    />
  );
}
