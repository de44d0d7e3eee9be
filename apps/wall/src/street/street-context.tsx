import {
  CameraRegistered,
  CameraStateChanged,
  FeederRegistered,
  LampRegistered,
  LampStateChanged,
  PanelRegistered,
  PanelStateChanged,
} from '@siaga/contracts';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { usePaced, type LatestOf } from '../link/paced.ts';
import { useNow } from '../link/use-live.ts';
import { seeCameras, type SeenCamera } from './cameras/seen-cameras.ts';
import { seeLamps, type SeenLamps } from './lamps/seen-lamps.ts';

const news = [
  LampRegistered,
  LampStateChanged,
  PanelRegistered,
  PanelStateChanged,
  FeederRegistered,
  CameraRegistered,
  CameraStateChanged,
] as const;
type News = LatestOf<typeof news>;

/** Seven thousand lamps are looked at so often, however fast they change. */
const lookEveryMs = 500;
/** Whether news has grown old is looked at so often: it may be minutes old anyway. */
const ageEveryMs = 10_000;

interface Street {
  lamps: SeenLamps;
  lampStates: News[1];
  panels: News[2];
  panelStates: News[3];
  feeders: News[4];
  cameras: readonly SeenCamera[];
}

const StreetContext = createContext<Street | null>(null);

/** What tiles, panels and map layers of the street domain all look at. */
export function StreetProvider({ children }: { children: ReactNode }) {
  const nowMs = Math.floor(useNow() / ageEveryMs) * ageEveryMs;
  const heard = usePaced(news, lookEveryMs);
  const [, lampStates, panels, panelStates, feeders, cameraBook, cameraStates] = heard;
  const lamps = useSeenLamps(heard, nowMs);
  const cameras = useMemo(() => seeCameras(cameraBook, cameraStates, nowMs), [cameraBook, cameraStates, nowMs]);
  const street = useMemo(
    () => ({ lamps, lampStates, panels, panelStates, feeders, cameras }),
    [lamps, lampStates, panels, panelStates, feeders, cameras],
  );
  return <StreetContext value={street}>{children}</StreetContext>;
}

/** Each look is told the one before: what did not change stays the same object. */
function useSeenLamps(heard: News, nowMs: number): SeenLamps {
  const look = (before?: SeenLamps) => {
    const [registered, states, panels, panelStates] = heard;
    return { heard, nowMs, lamps: seeLamps({ registered, states, panels, panelStates }, nowMs, before) };
  };
  const [seen, setSeen] = useState(() => look());
  if (seen.heard === heard && seen.nowMs === nowMs) return seen.lamps;
  const next = look(seen.lamps);
  setSeen(next);
  return next.lamps;
}

/** The street domain of this screen. */
export function useStreet(): Street {
  const street = useContext(StreetContext);
  if (street === null) throw new Error('useStreet outside StreetProvider');
  return street;
}
