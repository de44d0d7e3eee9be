import { ViewCamera, type Me } from '@siaga/contracts';
import { lazy, Suspense, useEffect, useMemo, type ReactNode } from 'react';
import { useCity } from './city/city-context.tsx';
import { ExerciseBand } from './city/exercise-band.tsx';
import { TopBar } from './city/top-bar.tsx';
import type { Domain } from './domain.ts';
import { LinkEdge } from './link/link-edge.tsx';
import { useLink } from './link/use-live.ts';
import { goHome } from './map/view.ts';
import { fetchAhead } from './room/ahead.tsx';
import { FocusProvider, useFocus, type Focus } from './room/focus.tsx';
import { HELP, HelpPanel } from './room/help.tsx';
import { useKeys } from './room/keys.ts';
import { isFar } from './room/layout.ts';
import { SearchProvider } from './search/finders.tsx';
import { SidePanel } from './room/side-panel.tsx';
import { useScale } from './room/use-scale.ts';
import { useMay, useMe } from './session/session-context.tsx';
import { CAMERAS_PATH, CAMERAS_WINDOW } from './street/kinds.ts';
import { SpeechProvider, useSpeech } from './text/speech.tsx';

/** By then a wall on the city's network has drawn its map. */
const AHEAD_AFTER_MS = 2000;

const CityMap = lazy(() => import('./map/city-map.tsx'));

interface AppProps {
  domains: readonly Domain[];
  distanceM: number;
  /** What has the room's attention to begin with. */
  focus: Focus | null;
}

/** The wall: one city, its map, and what its domains bring. */
export function App({ domains, distanceM, focus }: AppProps) {
  const { city } = useCity();
  const me = useMe();
  const his = useMemo(() => domains.map((domain) => forWhom(domain, me)), [domains, me]);
  const kinds = useMemo(() => new Set(his.flatMap(({ panels = {} }) => Object.keys(panels))), [his]);
  return (
    <SpeechProvider timezone={city.timezone}>
      <FocusProvider first={focus} kinds={kinds}>
        <SearchProvider>
          <Providers domains={domains}>
            <Room domains={his} distanceM={distanceM} />
          </Providers>
        </SearchProvider>
      </FocusProvider>
    </SpeechProvider>
  );
}

/** A domain without the panels and keys that are not for him. */
function forWhom({ panels, keys, ...domain }: Domain, me: Me): Domain {
  if (domain.mayUse?.(me) === false) return domain;
  return { ...domain, ...(panels && { panels }), ...(keys && { keys }) };
}

function Providers({ domains, children }: { domains: readonly Domain[]; children: ReactNode }) {
  return domains.reduceRight(
    (inside, { id, Provider }) => (Provider === undefined ? inside : <Provider key={id}>{inside}</Provider>),
    children,
  );
}

function Room({ domains, distanceM }: { domains: readonly Domain[]; distanceM: number }) {
  const { state } = useLink();
  const { city } = useCity();
  const scale = useScale(distanceM);
  const far = isFar(distanceM);
  useRoomKeys(domains);
  const panels = useMemo(
    () =>
      Object.assign({ [HELP]: HelpPanel }, ...domains.map((domain) => domain.panels)) as NonNullable<Domain['panels']>,
    [domains],
  );
  useEffect(() => {
    document.title = `Siaga · ${city.name}`;
  }, [city.name]);
  // the first picture and its map go before what somebody may ask for
  useEffect(() => {
    const timer = setTimeout(fetchAhead, AHEAD_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <div className="room" data-link={state} data-far={far}>
      <Suspense>
        <CityMap scale={scale} far={far}>
          {domains.map(({ id, Layers }) => Layers && <Layers key={id} />)}
        </CityMap>
      </Suspense>
      <ExerciseBand />
      <TopBar>{domains.map(({ id, Light }) => Light && <Light key={id} />)}</TopBar>
      {domains.map(({ id, Band }) => Band && <Band key={id} />)}
      <main className="stage">
        <div className="column" data-covers="left">
          {domains.map(({ id, Column }) => Column && <Column key={id} />)}
        </div>
        <SidePanel panels={panels} covers="right" />
      </main>
      <footer className="strip" data-covers="bottom">
        {domains.map(({ id, Tiles }) => Tiles && <Tiles key={id} />)}
      </footer>
      {domains.map(({ id, Notice }) => Notice && <Notice key={id} />)}
      {domains.map(({ id, Finder }) => Finder && <Finder key={id} />)}
      <LinkEdge />
    </div>
  );
}

/** Keys of the room itself and those its domains answer to. */
function useRoomKeys(domains: readonly Domain[]): void {
  const { switchLanguage } = useSpeech();
  const { focus, show, close } = useFocus();
  const mayWatch = useMay()(ViewCamera);
  const ofDomains = useMemo(() => domains.flatMap((domain) => Object.entries(domain.keys ?? {})), [domains]);
  const keys = useMemo(() => {
    const toggle = (kind: string) => () => {
      if (focus?.kind === kind) close();
      else show(kind);
    };
    return {
      ...Object.fromEntries(ofDomains.map(([key, kind]) => [key, toggle(kind)])),
      Escape: close,
      '?': toggle(HELP),
      l: switchLanguage,
      h: goHome,
      ...(mayWatch && { v: showCameras }),
      '/': () => document.querySelector<HTMLInputElement>('input[type="search"]')?.focus(),
    };
  }, [ofDomains, focus, show, close, switchLanguage, mayWatch]);
  useKeys(keys);
}

/** Beside the wall, on a second screen: the wall stays where it is. */
function showCameras(): void {
  window.open(CAMERAS_PATH, CAMERAS_WINDOW);
}
