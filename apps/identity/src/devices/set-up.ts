import { deviceKey, traccarServer, type AnswerOf, type DeviceRef, type IssueDeviceKey } from '@siaga/contracts';

type SetUp = AnswerOf<typeof IssueDeviceKey>['setUp'];

/** What a device carries from now on, and where devices of its city report: `https://siaga.kota.go.id/ingest`. */
interface Given {
  key: string;
  door: string;
}

/** What the app or server behind a device is to be given, as its own settings take it. */
export function setUpOf(device: DeviceRef, given: Given): SetUp {
  const door = `${given.door}/${device.protocol}`;
  if (device.protocol === 'osmand') return traccarClient(device, `${door}/${given.key}`);
  if (device.protocol === 'owntracks') return ownTracks(device, door, given.key);
  if (device.protocol === 'street' || device.protocol === 'chirpstack') return controller(door, given.key);
  return deviceKey(device) === deviceKey(traccarServer)
    ? wholeTraccar(door, given.key)
    : [{ label: 'Traccar, atribut perangkat · device attribute `forward.url`', text: `${door}/${given.key}` }];
}

/**
 * Of a QR code's address Traccar Client keeps origin and path as its server address, and takes settings out of the query;
 * so the key is in the path. The id is set, too: the key is good for no other.
 * (traccar-client, `lib/configuration_service.dart`)
 */
function traccarClient({ deviceId }: DeviceRef, address: string): SetUp {
  const settings = { id: deviceId, accuracy: 'high', interval: '10', distance: '20', buffer: 'true' };
  return [
    { label: 'Alamat server · server address', text: address },
    { label: 'Kode QR Traccar Client · QR code', text: `${address}?${new URLSearchParams(settings).toString()}` },
  ];
}

/**
 * A configuration both apps open from a link: mode 3 is HTTP, with basic authentication.
 * https://owntracks.org/booklet/features/remoteconfig, https://owntracks.org/booklet/tech/json
 */
function ownTracks({ deviceId }: DeviceRef, url: string, key: string): SetUp {
  const configuration = {
    ...{ _type: 'configuration', mode: 3, url, auth: true, password: key },
    ...{ ...namesOf(deviceId), pubTopicBase: deviceId },
  };
  const inline = Buffer.from(JSON.stringify(configuration)).toString('base64');
  return [
    { label: 'Tautan atau kode QR OwnTracks · link or QR code', text: ownTracksLink(inline) },
    { label: 'Kata sandi · password', text: key },
  ];
}

const ownTracksLink = (inline: string) => `owntracks:///config?inline=${encodeURIComponent(inline)}`;

/** Controllers of lamps, and ChirpStack's HTTP integration, send what they are told to in a header. */
function controller(address: string, key: string): SetUp {
  return [
    { label: 'Alamat · address', text: address },
    { label: 'Header HTTP', text: `Authorization: Bearer ${key}` },
  ];
}

/**
 * The apps call themselves by topic, `owntracks/<user>/<device>`: who was seen as that must go on as that. Older ones say
 * only their two letters.
 */
function namesOf(deviceId: string) {
  const [, user, device] = /^owntracks\/([^/]+)\/([^/]+)$/.exec(deviceId) ?? [];
  if (user !== undefined && device !== undefined) return { username: withoutColon(user), deviceId: device };
  return {
    ...{ username: withoutColon(deviceId), deviceId },
    ...(deviceId.length === 2 ? { tid: deviceId } : {}),
  };
}

/** A colon ends the user's name in basic authentication: RFC 7617 §2. */
const withoutColon = (name: string) => name.replaceAll(':', '-');

/** One key for all that a Traccar server forwards. https://www.traccar.org/forward/ */
function wholeTraccar(door: string, key: string): SetUp {
  const entry = (name: string, value: string) => `<entry key='${name}'>${value}</entry>`;
  const entries = ['forward', 'event.forward'].flatMap((name) => [
    entry(`${name}.type`, 'json'),
    entry(`${name}.url`, door),
    entry(`${name}.header`, `Authorization: Bearer ${key}`),
  ]);
  return [{ label: 'conf/traccar.xml', text: entries.join('\n') }];
}
