import { describe, expect, it } from '@jest/globals';
import { livePicturesOf } from './live-pictures.ts';
import { MediaServers, refusalOfStream, serversOf, serverThatAsks } from './media-servers.ts';
import { PathConfigList, PathList, streamsOfMediamtx } from './mediamtx.ts';
import { StreamTable, streamsOfGo2rtc } from './go2rtc.ts';

const secret = 'rahasia-dua-puluh-huruf';
const pusat = `3574/pusat mediamtx ${secret} http://10.20.0.4:9997/ /media/pusat /media/pusat-hls`;
const tepi = `3574/tepi go2rtc ${secret} https://10.20.0.5 https://m.kota`;
const malang = `3573/pusat mediamtx lain-dua-puluh-huruf-x http://10.30.0.4:9997 /media/malang`;
const written = [pusat, tepi, malang].join('; ');

describe('media servers of an installation', () => {
  it('are read from one variable, each of one city', () => {
    const ofProbolinggo = [
      { name: 'pusat', kind: 'mediamtx', api: 'http://10.20.0.4:9997', live: '/media/pusat', hls: '/media/pusat-hls' },
      { name: 'tepi', kind: 'go2rtc', api: 'https://10.20.0.5', live: 'https://m.kota' },
    ].map((server) => ({ ...server, city: '3574', secret }));
    const servers = MediaServers.parse(written);
    expect(serversOf('3574', servers)).toEqual(ofProbolinggo);
    const [recording] = MediaServers.parse(`${pusat.replace('/media/pusat-hls', '-')} http://10.20.0.4:9996/`);
    expect(recording).toMatchObject({ playback: 'http://10.20.0.4:9996' });
    expect(recording).not.toHaveProperty('hls');
    expect(serversOf('3573', servers)).toMatchObject([{ name: 'pusat', live: '/media/malang' }]);
  });

  it.each([
    ['3574/pusat', /jenisnya/],
    [pusat.replace('3574/', ''), /sebutkan kotanya/],
    // as it was written before servers had a city and a secret
    [
      'pusat mediamtx http://10.20.0.4:9997 /media/pusat /media/pusat-hls',
      /Tulis: <kode kota, misalnya 3574>\/pusat mediamtx <rahasia dari: openssl rand -hex 20> http:\/\/10.20.0.4:9997 \/media\/pusat \/media\/pusat-hls /,
    ],
    [pusat.replace('pusat', 'Pusat'), /huruf kecil/],
    [pusat.replace('mediamtx', 'frigate'), /go2rtc atau mediamtx/],
    [pusat.replace(secret, 'pendek'), /20 sampai 100 huruf/],
    [pusat.replace('http:', 'rtsp:'), /alamat API/],
    [pusat.replace('/media/pusat ', 'javascript:alert(1) '), /alamat bagi peramban/],
    [`${pusat} lebih`, /alamat putar ulang/],
    [`${pusat}; ${pusat.replace('10.20.0.4', '10.20.0.6')}`, /tiap nama sekali/],
    [`${pusat}; ${pusat.replace('3574', '3573')}`, /milik satu kota/],
  ])('%s: is refused, saying what to write', (text, words) => {
    const read = MediaServers.safeParse(text);
    expect(read.error?.issues.map(({ message }) => message).join('; ')).toMatch(words);
    expect(read.error?.message).not.toContain(secret);
  });

  it('are known by their own city, name and secret together', () => {
    const servers = MediaServers.parse(written);
    const asks = { city: '3574', server: 'pusat', secret };
    expect(serverThatAsks(asks, servers)).toBe(servers[0]);
    for (const other of [{ city: '3573' }, { server: 'gudang' }, { secret: '' }, { secret: `${secret}x` }])
      expect(serverThatAsks({ ...asks, ...other }, servers)).toBeUndefined();
  });

  it('are named by cameras of their city only, who are told which there are', () => {
    const servers = MediaServers.parse(written);
    expect(refusalOfStream('tepi/c7', '3574', servers)).toBeUndefined();
    expect(refusalOfStream('gudang/c7', '3574', servers)).toContain('Yang ada: pusat, tepi');
    expect(refusalOfStream('tepi/c7', '3573', servers)).toContain('Yang ada: pusat ·');
    expect(refusalOfStream('pusat/c7', '3575', servers)).toContain('belum punya server media');
  });

  it('say where a browser finds a picture, with the ticket in each address', () => {
    const servers = serversOf('3574', MediaServers.parse(written));
    expect(livePicturesOf('pusat/kota/c7', servers, 'T')).toEqual([
      { as: 'webrtc', url: '/media/pusat/kota/c7/whep?ticket=T' },
      { as: 'hls', url: '/media/pusat-hls/kota/c7/index.m3u8?ticket=T' },
    ]);
    expect(livePicturesOf('tepi/a/b', servers, 'T')).toEqual([
      { as: 'webrtc', url: 'https://m.kota/api/webrtc?src=a%2Fb&ticket=T' },
      { as: 'hls', url: 'https://m.kota/api/stream.m3u8?src=a%2Fb&ticket=T' },
      { as: 'mjpeg', url: 'https://m.kota/api/stream.mjpeg?src=a%2Fb&ticket=T' },
    ]);
    for (const stream of [undefined, 'gudang/c7']) expect(livePicturesOf(stream, servers, 'T')).toBeUndefined();
  });
});

/** Shapes of mediamtx v1: internal/defs/api_path.go and the answer of /v3/config/paths/list, cut to what is there. */
const path = (name: string, over: object) => ({
  ...{ name, confName: name, ready: false, readyTime: null, source: null, tracks: [], bytesReceived: 0, bytesSent: 0 },
  ...{ readers: [], ...over },
});
const config = (name: string, over: object = {}) => ({ name, source: 'rtsp://10.20.1.5/live', record: false, ...over });

describe('streams of mediamtx', () => {
  it('are idle only when their source begins for who watches, and nobody does', () => {
    const paths = PathList.parse({
      ...{ itemCount: 6, pageCount: 1 },
      items: [
        path('live', { ready: true, readers: [{ type: 'webRTCSession', id: 'x' }] }),
        path('idle', {}),
        path('starting', { readers: [{ type: 'rtspSession', id: 'y' }] }),
        path('away', {}),
        // a filler is shown while the source is away
        path('filled', { ready: true, available: true, online: false }),
        path('kota/c7', { confName: '~^kota/', readers: null }),
      ],
    });
    const configs = PathConfigList.parse({
      ...{ itemCount: 7, pageCount: 1 },
      items: [
        ...[config('live'), config('idle', { sourceOnDemand: true }), config('starting', { sourceOnDemand: true })],
        ...[config('away'), config('filled'), config('~^kota/', { runOnDemand: 'ffmpeg …' })],
        ...[config('not-begun', { sourceOnDemand: true }), config('all_others')],
      ],
    });
    expect(streamsOfMediamtx(paths.items, configs.items)).toEqual([
      { stream: 'live', state: 'live', readers: 1 },
      { stream: 'idle', state: 'idle', readers: 0 },
      { stream: 'starting', state: 'offline', readers: 1 },
      { stream: 'away', state: 'offline', readers: 0 },
      { stream: 'filled', state: 'offline', readers: 0 },
      { stream: 'kota/c7', state: 'idle', readers: 0 },
      { stream: 'not-begun', state: 'idle', readers: 0 },
    ]);
  });
});

describe('streams of go2rtc', () => {
  it('are idle while nobody watches, and nothing of their addresses is read', () => {
    const secret = 'rtsp://admin:rahasia@10.20.1.5/live';
    const table = StreamTable.parse({
      live: {
        producers: [{ id: 3, format_name: 'rtsp', remote_addr: '10.20.1.5:554', url: secret, bytes_recv: 900 }],
        consumers: [{ id: 4, format_name: 'webrtc', bytes_send: 800 }],
      },
      old: { producers: [{ type: 'RTSP active producer', url: secret, recv: 900 }], consumers: [{}, {}] },
      idle: { producers: [{ url: secret }], consumers: null },
      away: { producers: [{ url: secret }], consumers: [{}] },
      empty: { producers: null, consumers: null },
      busy: null,
    });
    expect(streamsOfGo2rtc(table)).toEqual([
      { stream: 'live', state: 'live', readers: 1 },
      { stream: 'old', state: 'live', readers: 2 },
      { stream: 'idle', state: 'idle', readers: 0 },
      { stream: 'away', state: 'offline', readers: 1 },
      { stream: 'empty', state: 'offline', readers: 0 },
      { stream: 'busy', state: 'unknown', readers: 0 },
    ]);
    expect(JSON.stringify(table)).not.toContain('rahasia');
  });
});
