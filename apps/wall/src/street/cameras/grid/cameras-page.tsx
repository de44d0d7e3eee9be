import { cameraRoutes, ViewCamera } from '@siaga/contracts';
import { useCallback, useMemo } from 'react';
import { audit } from '../../../audit/audit.ts';
import { call } from '../../../city/api.ts';
import { useCity } from '../../../city/city-context.tsx';
import { useAsked } from '../../../room/asked.ts';
import { FocusProvider } from '../../../room/focus.tsx';
import { Page } from '../../../room/page.tsx';
import { useMay } from '../../../session/session-context.tsx';
import { SpeechProvider, useSpeech } from '../../../text/speech.tsx';
import { StreetProvider, useStreet } from '../../street-context.tsx';
import { street } from '../../street.ts';
import { CameraGrid } from './camera-grid.tsx';
import './grid.css';

/** `/kamera`: cameras side by side, in turns; for a second screen, or whoever looks for something. */
export default function CamerasPage() {
  const { city } = useCity();
  return (
    <SpeechProvider timezone={city.timezone}>
      <FocusProvider>
        <StreetProvider>
          <Cameras />
        </StreetProvider>
      </FocusProvider>
    </SpeechProvider>
  );
}

const panels = { ...street.panels, ...audit.panels };
/** More than a city has, in one page of the register. */
const MOST = 1000;

const askRegister = (signal: AbortSignal) => call(cameraRoutes.list, { query: { limit: MOST } }, { signal });

function Cameras() {
  const { text } = useSpeech();
  const { view: words } = text.street.camera;
  const { cameras } = useStreet();
  const may = useMay();
  const mayRead = may(cameraRoutes.list);
  const { answer } = useAsked(
    useCallback((signal: AbortSignal) => (mayRead ? askRegister(signal) : Promise.resolve({ items: [] })), [mayRead]),
  );
  const purposes = useMemo(
    () => new Map((answer?.items ?? []).map(({ cameraId, purpose }) => [cameraId, purpose])),
    [answer],
  );
  // always the same order, whoever shows a picture and who does not: nothing moves while one looks
  const shown = useMemo(() => cameras.toSorted((one, other) => byName(one.camera.name, other.camera.name)), [cameras]);
  return (
    <Page title={words.gridTitle} className="cameras-page" panels={panels}>
      {!may(ViewCamera) && <p>{words.notYours}</p>}
      {may(ViewCamera) && shown.length === 0 && <p>{words.noCameras}</p>}
      {may(ViewCamera) && shown.length > 0 && <CameraGrid cameras={shown} purposes={purposes} />}
    </Page>
  );
}

const byName = new Intl.Collator('id', { numeric: true }).compare;
