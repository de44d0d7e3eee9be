import './jitless.ts';
import { streams } from '@siaga/contracts';
import { lazy, StrictMode, Suspense, type ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { CityProvider } from './city/city-context.tsx';
import { domainsOf } from './domains.ts';
import { SignedLive } from './link/signed-live.tsx';
import './look/fonts.css';
import './look/tokens.css';
import './look/base.css';
import './look/form.css';
import './room/room.css';
import './link/link.css';
import './map/map.css';
import './import/import.css';
import './street/street.css';
import './room/choice.css';
import './room/column.css';
import './search/search.css';
import './waste/waste.css';
import './waste/trucks/trucks.css';
import './waste/devices/devices.css';
import './room/panel-parts.css';
import './waste/tracks/tracks.css';
import './waste/reports/intake.css';
import './alarms/queue/queue.css';
import './alarms/panel/panel.css';
import './alarms/hand-over/hand-over.css';
import './system/system.css';
import './session/session.css';
import './room/far.css';
import { DINKES_PATH, HOSPITAL_PATH, SATPOLPP_PATH } from './emergency/kinds.ts';
import { FIELD_PATH } from './field/kinds.ts';
import { layoutOf } from './room/layout.ts';
import { SessionGate } from './session/session-gate.tsx';
import { START_PATH } from './start/kinds.ts';
import { CAMERAS_PATH, DISHUB_PATH } from './street/kinds.ts';
import { BRIDGE_PATH, HT_PATH } from './talk/kinds.ts';

/** Opened by one person in the first hour of a city. */
const StartPage = lazy(() => import('./start/start-page.tsx'));
/** For people who never sit in the room. */
const DishubPage = lazy(() => import('./street/page/dishub-page.tsx'));
const SatpolppPage = lazy(() => import('./emergency/page/satpolpp-page.tsx'));
const DinkesPage = lazy(() => import('./emergency/page/dinkes-page.tsx'));
/** A second screen. */
const CamerasPage = lazy(() => import('./street/cameras/grid/cameras-page.tsx'));
/** A crew's phone. */
const FieldPage = lazy(() => import('./field/field-page.tsx'));
/** The same, where no city answers: of the same chunk, which the phone has kept. */
const KeptPage = lazy(async () => ({ default: (await import('./field/field-page.tsx')).KeptPage }));
/** The IGD's phone. */
const HospitalPage = lazy(() => import('./emergency/hospitals/hospital-page.tsx'));
/** A radio in a hand. */
const HtPage = lazy(() => import('./talk/ht-page.tsx'));
/** A computer between the air and an analogue set. */
const BridgePage = lazy(() => import('./talk/bridge/bridge-page.tsx'));
const pages: Readonly<Record<string, ComponentType>> = {
  [START_PATH]: StartPage,
  [DISHUB_PATH]: DishubPage,
  [SATPOLPP_PATH]: SatpolppPage,
  [DINKES_PATH]: DinkesPage,
  [CAMERAS_PATH]: CamerasPage,
  [FIELD_PATH]: FieldPage,
  [HOSPITAL_PATH]: HospitalPage,
  [HT_PATH]: HtPage,
  [BRIDGE_PATH]: BridgePage,
};
const Page = pages[location.pathname];

const unreachable = Page === FieldPage && (
  <Suspense>
    <KeptPage />
  </Suspense>
);

const layout = layoutOf(location.search);
const domains = domainsOf(layout.domains);
const wanted = [
  ...streams.filter((stream) => !stream.onRequest),
  ...domains.flatMap((domain) => domain.requests ?? []),
].map((stream) => stream.name);

const place = document.getElementById('wall');
if (place === null) throw new Error('the page has no #wall');
createRoot(place).render(
  <StrictMode>
    <SessionGate {...(unreachable && { unreachable })}>
      <SignedLive streams={wanted}>
        <CityProvider>
          {Page === undefined ? (
            <App domains={domains} distanceM={layout.distanceM} focus={layout.focus} />
          ) : (
            <Suspense>
              <Page />
            </Suspense>
          )}
        </CityProvider>
      </SignedLive>
    </SessionGate>
  </StrictMode>,
);
