import { expect, it } from '@jest/globals';
import { traccarServer, type DeviceRef } from '@siaga/contracts';
import { setUpOf } from './set-up.ts';

const given = { key: 'siaga_dk_KEY', door: 'https://siaga.kota.go.id/ingest' };
const textsOf = (protocol: DeviceRef['protocol'], deviceId: string) =>
  setUpOf({ protocol, deviceId }, given).map(({ text }) => text);

/** What OwnTracks makes of a link. */
function configurationIn(link = ''): unknown {
  const { protocol, pathname, searchParams } = new URL(link);
  expect(protocol + pathname).toBe('owntracks:/config');
  return JSON.parse(Buffer.from(searchParams.get('inline') ?? '', 'base64').toString());
}

it('Traccar Client keeps origin and path of a QR code and takes its settings from the query', () => {
  const [address, qr = ''] = textsOf('osmand', 'truk 7&8');
  expect(address).toBe('https://siaga.kota.go.id/ingest/osmand/siaga_dk_KEY');
  const { origin, pathname, searchParams } = new URL(qr);
  expect([origin + pathname, searchParams.get('id')]).toEqual([address, 'truk 7&8']);
});

it.each([
  ['a topic', 'owntracks/budi/hp', { username: 'budi', deviceId: 'hp', pubTopicBase: 'owntracks/budi/hp' }],
  ['two letters', 'bd', { username: 'bd', tid: 'bd', deviceId: 'bd', pubTopicBase: 'bd' }],
  ['anything else', 'truk:7', { username: 'truk-7', deviceId: 'truk:7', pubTopicBase: 'truk:7' }],
])('OwnTracks goes on under the id it was seen by: %s', (_, deviceId, names) => {
  const [link, password] = textsOf('owntracks', deviceId);
  const url = 'https://siaga.kota.go.id/ingest/owntracks';
  const endpoint = { _type: 'configuration', mode: 3, url, auth: true, password: given.key };
  expect(configurationIn(link)).toEqual({ ...endpoint, ...names });
  expect(password).toBe(given.key);
});

it('a Traccar server gets its configuration, one of its devices an address of its own', () => {
  expect(textsOf('traccar', '864717003283581')).toEqual(['https://siaga.kota.go.id/ingest/traccar/siaga_dk_KEY']);
  const [xml = ''] = textsOf('traccar', traccarServer.deviceId);
  expect(xml.split('\n')).toHaveLength(6);
  expect(xml).toContain("<entry key='forward.header'>Authorization: Bearer siaga_dk_KEY</entry>");
  expect(xml).toContain("<entry key='event.forward.url'>https://siaga.kota.go.id/ingest/traccar</entry>");
});
