import { IntakeCounted } from '@siaga/contracts';
import { useState } from 'react';
import { useCity } from '../../city/city-context.tsx';
import { useLatest, useNow } from '../../link/use-live.ts';
import { Choice } from '../../room/choice.tsx';
import { Panel } from '../../room/panel.tsx';
import { Qr } from '../../room/qr.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { doorsAt, ownTracksLink, traccarClientLink } from './device-doors.ts';

/** How a phone or a tracker gets onto the map, and what to look at when it does not. */
export default function ConnectPanel() {
  const { text } = useSpeech();
  const { deviceAddresses } = useCity();
  return (
    <Panel title={text.connect}>
      {deviceAddresses.length === 0 ? <OnlyHere /> : <Ways addresses={deviceAddresses} />}
      <section className="reasons">
        <h3>{text.connectFails}</h3>
        <ol>
          {text.connectReasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ol>
        <RecentRefusals />
      </section>
    </Panel>
  );
}

function OnlyHere() {
  const { text } = useSpeech();
  const doors = doorsAt(location.origin, useCity().devicePath);
  return (
    <>
      <p className="warning">{text.connectLoopback}</p>
      <p>{text.connectLoopbackHow}</p>
      <pre>npm start -- --no-simulator --lan</pre>
      <Addresses
        rows={[
          ['Traccar Client', doors.osmand],
          ['OwnTracks', doors.owntracks],
          ['Traccar', doors.traccar],
        ]}
      />
    </>
  );
}

const apps = ['Traccar Client', 'OwnTracks', 'Traccar Server'] as const;

function Ways({ addresses }: { addresses: readonly string[] }) {
  const { text } = useSpeech();
  const [app, setApp] = useState<(typeof apps)[number]>('Traccar Client');
  const [address = ''] = addresses;
  const { devicePath } = useCity();
  const doors = doorsAt(address, devicePath);
  const door = { 'Traccar Client': 'osmand', OwnTracks: 'owntracks', 'Traccar Server': 'traccar' } as const;
  return (
    <>
      <Choice label={text.device} options={apps} chosen={app} onChoose={setApp}>
        {(name) => name}
      </Choice>
      {app === 'Traccar Client' && <Qr text={traccarClientLink(doors)} label={text.connectScan} />}
      {app === 'OwnTracks' && <Qr text={ownTracksLink(doors)} label={text.connectScanOwnTracks} />}
      <p>
        {
          {
            'Traccar Client': text.connectScan,
            OwnTracks: text.connectScanOwnTracks,
            'Traccar Server': text.connectTraccarServer,
          }[app]
        }
      </p>
      {app !== 'Traccar Server' && <p>{text.connectType}</p>}
      <Addresses rows={addresses.map((one) => [text.connectAddress, doorsAt(one, devicePath)[door[app]]])} />
    </>
  );
}

function Addresses({ rows }: { rows: readonly (readonly [name: string, address: string])[] }) {
  return (
    <dl className="addresses">
      {rows.map(([name, address]) => (
        <div key={address}>
          <dt>{name}</dt>
          <dd>
            <code>{address}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const most = 4;

function RecentRefusals() {
  const { text, format } = useSpeech();
  const nowMs = useNow();
  const refusals = [...useLatest(IntakeCounted).values()]
    .flatMap(({ data: { truckId, lastRefusal } }) => (lastRefusal === undefined ? [] : [{ truckId, ...lastRefusal }]))
    .sort((one, other) => other.atMs - one.atMs)
    .slice(0, most);
  return (
    <>
      <h3>{text.connectRecent}</h3>
      {refusals.length === 0 && <p className="third">{text.connectRecentNone}</p>}
      <ul className="refusals">
        {refusals.map(({ truckId, reason, atMs }) => (
          <li key={truckId}>
            <span>
              {truckId}: {text.refusals[reason]}
            </span>
            <span>{format.moment(atMs, nowMs)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
