import { FixRecorded, TruckMoved, TruckRegistered } from '@siaga/contracts';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useEvery, useLatest, useNow } from '../link/use-live.ts';
import { fleetOf, truckIds, type FleetTruck } from './trucks/fleet.ts';
import { addToTally, startTally, type Tally } from './reports/tally.ts';
import type { Trails } from './tracks/trails.ts';
import { useTrails } from './tracks/use-trails.ts';
import { useTrack, type ShownTrack } from './tracks/use-track.ts';

interface Waste {
  fleet: readonly FleetTruck[];
  trails: Trails;
  tally: Tally;
  openedMs: number;
  track: ShownTrack;
}

const WasteContext = createContext<Waste | null>(null);

/** What list, tiles, panel and map layer of the waste domain all look at. */
export function WasteProvider({ children }: { children: ReactNode }) {
  const nowMs = useNow();
  const fleet = useFleet(nowMs);
  const [openedMs] = useState(nowMs);
  const trails = useTrails();
  const tally = useTally(nowMs);
  const track = useTrack();

  const waste = useMemo(() => ({ fleet, trails, tally, openedMs, track }), [fleet, trails, tally, openedMs, track]);
  return <WasteContext value={waste}>{children}</WasteContext>;
}

function useFleet(nowMs: number): readonly FleetTruck[] {
  const registered = useLatest(TruckRegistered);
  const positions = useLatest(TruckMoved);
  const [ids, setIds] = useState<readonly string[]>([]);
  const known = useMemo(() => truckIds(registered, positions, ids), [registered, positions, ids]);
  if (known !== ids) setIds(known);
  return useMemo(() => fleetOf(known, registered, positions, nowMs), [known, registered, positions, nowMs]);
}

/** Counts reports as they arrive, and shows the count once a second. */
function useTally(nowMs: number): Tally {
  const [tally, setTally] = useState(() => startTally(nowMs));
  const arrived = useRef(0);
  useEvery(FixRecorded, () => {
    arrived.current += 1;
  });
  useEffect(() => {
    const reports = arrived.current;
    arrived.current = 0;
    setTally((before) => addToTally(before, nowMs, reports));
  }, [nowMs]);
  return tally;
}

/** The waste domain of this screen. */
export function useWaste(): Waste {
  const waste = useContext(WasteContext);
  if (waste === null) throw new Error('useWaste outside WasteProvider');
  return waste;
}
