import './jitless.ts';
import { streams } from '@siaga/contracts';
import { createLive } from '@siaga/live';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { CityProvider } from './city/city-context.tsx';
import { screenToken } from './city/token.ts';
import { domainsOf } from './domains.ts';
import { LiveProvider } from './link/live-context.tsx';
import './look/fonts.css';
import './look/tokens.css';
import './look/base.css';
import './room/room.css';
import './link/link.css';
import './map/map.css';
import './waste/waste.css';
import './system/system.css';
import './room/far.css';
import { layoutOf } from './room/layout.ts';

const layout = layoutOf(location.search);
const domains = domainsOf(layout.domains);
const live = createLive({
  url: '',
  token: () => Promise.resolve(screenToken()),
  streams: [
    ...streams.filter((stream) => !stream.onRequest),
    ...domains.flatMap((domain) => domain.requests ?? []),
  ].map((stream) => stream.name),
});

const place = document.getElementById('wall');
if (place === null) throw new Error('the page has no #wall');
createRoot(place).render(
  <StrictMode>
    <LiveProvider live={live}>
      <CityProvider>
        <App domains={domains} distanceM={layout.distanceM} />
      </CityProvider>
    </LiveProvider>
  </StrictMode>,
);
