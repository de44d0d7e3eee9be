import { kelurahanAt } from '@siaga/geo';
import { Panel } from '../../room/panel.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CamerasNear } from './cameras-near.tsx';

/** The cameras for a place of the map; its key is `lat,lng`. */
export default function NearPanel({ focusKey }: { focusKey: string }) {
  const { text } = useSpeech();
  const [lat = NaN, lng = NaN] = focusKey.split(',').map(Number);
  const { near: words } = text.street.camera;
  if (!Number.isFinite(lat) || !Number.isFinite(lng)) return null;
  const where = kelurahanAt({ lat, lng })?.name;
  return (
    <Panel title={where === undefined ? words.here : words.hereOf(where)}>
      <CamerasNear place={{ lat, lng }} />
    </Panel>
  );
}
