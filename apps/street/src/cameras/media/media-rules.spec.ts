import { describe, expect, it } from '@jest/globals';
import { livePicturesOf } from './live-pictures.ts';
import { MediaServers } from './media-servers.ts';
import { PathConfigList, PathList, streamsOfMediamtx } from './mediamtx.ts';
import { StreamTable, streamsOfGo2rtc } from './go2rtc.ts';

const written =
  'pusat mediamtx http://10.20.0.4:9997/ /media/pusat /media/pusat-hls; tepi go2rtc https://10.20.0.5 https://m.kota';

describe('media servers of an installation', () => {
  it('are read from one variable', () => {
    expect(MediaServers.parse(written)).toEqual([
      { name: 'pusat', kind: 'mediamtx', api: 'http://10.20.0.4:9997', live: '/media/pusat', hls: '/media/pusat-hls' },
      { name: 'tepi', kind: 'go2rtc', api: 'https://10.20.0.5', live: 'https://m.kota', hls: undefined },
    ]);
  });

  it.each([
    'pusat',
    'pusat frigate http://10.20.0.4 /media',
    'Pusat go2rtc http://10.20.0.4 /media',
    'pusat go2rtc rtsp://10.20.0.4 /media',
    'pusat go2rtc http://10.20.0.4 javascript:alert(1)',
    'pusat go2rtc http://10.20.0.4 /a; pusat go2rtc http://10.20.0.5 /b',
  ])('%s: is refused', (text) => {
    expect(MediaServers.safeParse(text).success).toBe(false);
  });

  it('say where a browser finds a picture, with the ticket in each address', () => {
    const servers = MediaServers.parse(written);
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
