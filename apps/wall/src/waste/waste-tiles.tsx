import { DeviceSeen, IntakeCounted } from '@siaga/contracts';
import { useMemo } from 'react';
import { useCity } from '../city/city-context.tsx';
import { useLatest, useNow } from '../link/use-live.ts';
import { Tile } from '../room/tile.tsx';
import { useSeries } from '../room/use-series.ts';
import { cityDay } from '../text/format.ts';
import { useSpeech } from '../text/speech.tsx';
import { countStates, type TruckState } from './trucks/fleet.ts';
import { sumIntake } from './reports/intake.ts';
import { perMinute } from './reports/tally.ts';
import { useWaste } from './waste-context.tsx';

/** Trucks, reports and devices as numbers. */
export function WasteTiles() {
  return (
    <>
      <TrucksTile />
      <ReportsTile />
      <IntakeTile />
      <DevicesTile />
    </>
  );
}

function TrucksTile() {
  const { text, format } = useSpeech();
  const { fleet } = useWaste();
  const counts = useMemo(() => countStates(fleet), [fleet]);
  const series = useSeries(counts.moving, useNow());
  return (
    <Tile
      title={text.trucks}
      value={fleet.length === 0 ? '–' : format.number(counts.moving)}
      unit={text.outOf(format.number(fleet.length))}
      exception={fleet.length === 0 ? text.noTrucks : <FleetInWords counts={counts} />}
      series={series}
      top={fleet.length}
      hue="alive"
    />
  );
}

function FleetInWords({ counts }: { counts: Record<TruckState, number> }) {
  const { text, format } = useSpeech();
  const rest = [
    counts.stopped > 0 && text.countStopped(format.number(counts.stopped)),
    counts.never > 0 && text.countNever(format.number(counts.never)),
  ].filter((words) => words !== false);
  if (counts.silent === 0) return rest.length === 0 ? text.allHeard : rest.join(' · ');
  return (
    <>
      <span data-tone="attention">{text.countSilent(format.number(counts.silent))}</span>
      {rest.map((words) => ` · ${words}`)}
    </>
  );
}

function ReportsTile() {
  const { text, format } = useSpeech();
  const { tally, openedMs } = useWaste();
  const series = useMemo(() => perMinute(tally), [tally]);
  const last = series.at(-1);
  return (
    <Tile
      title={text.reports}
      value={last === undefined ? '–' : format.number(last)}
      unit={text.perMinute}
      exception={
        last === undefined ? text.reportsCounting(format.time(openedMs)) : text.reportsSince(format.time(openedMs))
      }
      series={series}
    />
  );
}

/** A few refused reports are a normal day; beyond this share something is wrong with a device. */
const refusedShare = 0.02;

function IntakeTile() {
  const { text, format } = useSpeech();
  const { timezone } = useCity().city;
  const counted = useLatest(IntakeCounted);
  const day = cityDay(useNow(), timezone);
  const sum = useMemo(
    () =>
      sumIntake(
        [...counted.values()].map(({ data }) => data),
        day,
      ),
    [counted, day],
  );
  const many = sum.refused > sum.accepted * refusedShare;
  return (
    <Tile
      title={text.fixesAccepted}
      value={counted.size === 0 ? '–' : format.number(sum.accepted)}
      unit={text.today}
      exception={
        sum.mostly === undefined ? (
          counted.size === 0 ? (
            text.intakeNone
          ) : (
            text.refusedNone
          )
        ) : (
          <span data-tone={many ? 'attention' : 'calm'}>
            {text.refusedCount(format.number(sum.refused), text.refusals[sum.mostly])}
          </span>
        )
      }
    />
  );
}

function DevicesTile() {
  const { text, format } = useSpeech();
  const seen = useLatest(DeviceSeen);
  return (
    <Tile
      title={text.unknownDevices}
      needs="hand"
      value={format.number(seen.size)}
      unit=""
      exception={
        seen.size === 0 ? text.unknownDevicesNone : <span data-tone="attention">{text.unknownDevicesSome}</span>
      }
    />
  );
}
