import { deviceKey } from '@siaga/contracts';
import { reachableOrigin } from '../admin/reachable-origin.ts';
import { useCity } from '../city/city-context.tsx';
import { Qr } from '../room/qr.tsx';
import { startWords } from '../text/start-words.ts';
import { useSpeechWith } from '../text/speech.tsx';
import { doorsAt, ownTracksLink, traccarClientLink, type DeviceDoors } from '../waste/devices/device-doors.ts';
import { SeenDevice } from '../waste/devices/seen-device.tsx';
import type { Facts } from './facts.ts';

/** How a phone gets onto the map. */
export function PhoneHow({ facts }: { facts: Facts }) {
  const { text } = useSpeechWith(startWords);
  const words = text.start;
  const doors = useDoors();
  if (facts.isHereOnly)
    return (
      <>
        <pre>{words.lan}</pre>
        <Address name={words.traccarClient} address={doors.osmand} />
        <Strangers facts={facts} of={['osmand', 'owntracks']} />
      </>
    );
  return (
    <>
      <div className="step-codes">
        <figure>
          <Qr text={traccarClientLink(doors)} label={text.connectScan} />
          <figcaption>{text.connectScan}</figcaption>
        </figure>
        <figure>
          <Qr text={ownTracksLink(doors)} label={text.connectScanOwnTracks} />
          <figcaption>{text.connectScanOwnTracks}</figcaption>
        </figure>
      </div>
      <p>{text.connectType}</p>
      <Address name={words.traccarClient} address={doors.osmand} />
      <Address name={words.ownTracks} address={doors.owntracks} />
      {doors.osmand.startsWith('http:') && <p className="third">{words.https}</p>}
      <Strangers facts={facts} of={['osmand', 'owntracks']} />
    </>
  );
}

/** How a tracker does; `onSkip`: none is wanted. */
export function TrackerHow({ facts, onSkip }: { facts: Facts; onSkip: () => void }) {
  const { text } = useSpeechWith(startWords);
  const doors = useDoors();
  return (
    <>
      <Address name={text.connectTraccarServer} address={doors.traccar} />
      <Strangers facts={facts} of={facts.moved.length === 0 ? ['traccar'] : ['osmand', 'owntracks', 'traccar']} />
      <div className="doings">
        <button type="button" onClick={onSkip}>
          {text.start.skip}
        </button>
      </div>
    </>
  );
}

/** At the address by which a phone of this network reaches the city, too. */
function useDoors(): DeviceDoors {
  const { deviceAddresses, devicePath } = useCity();
  return doorsAt(reachableOrigin(location, deviceAddresses).origin, devicePath);
}

function Address({ name, address }: { name: string; address: string }) {
  return (
    <dl className="addresses">
      <div>
        <dt>{name}</dt>
        <dd>
          <code>{address}</code>
        </dd>
      </div>
    </dl>
  );
}

/** Devices that were heard and ride on no truck, each with the trucks it could be put on. */
function Strangers({ facts, of }: { facts: Facts; of: readonly string[] }) {
  const seen = facts.seen.filter(({ protocol }) => of.includes(protocol));
  if (seen.length === 0) return null;
  return (
    <ul className="step-seen">
      {seen.map((device) => (
        <li key={deviceKey(device)}>
          <SeenDevice device={device} />
        </li>
      ))}
    </ul>
  );
}
