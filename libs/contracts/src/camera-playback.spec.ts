import { expect, it } from '@jest/globals';
import { isPlaybackTemplate, playbackAt } from './camera-playback.ts';

const stretch = { fromMs: Date.parse('2026-11-22T12:05:00.250Z'), toMs: Date.parse('2026-11-22T12:15:00Z') };

it.each([
  ['https://nvr/c7?from={from}&to={to}', 'https://nvr/c7?from=2026-11-22T12:05:00Z&to=2026-11-22T12:15:00Z'],
  ['rtsp://nvr/tracks/101?starttime={from:compact}&endtime={to:compact}', 'rtsp://nvr/tracks/101?starttime=20261122T120500Z&endtime=20261122T121500Z'], // prettier-ignore
  ['https://frigate/vod/c7/start/{from:s}/end/{to:s}/index.m3u8', 'https://frigate/vod/c7/start/1795349100/end/1795349700/index.m3u8'], // prettier-ignore
  ['https://vms/?t=%7Bfrom:ms%7D', 'https://vms/?t=1795349100250'],
])('%s is filled', (template, filled) => {
  expect(isPlaybackTemplate(template)).toBe(true);
  expect(playbackAt(template, stretch)).toBe(filled);
});

it('leaves an address without places for time as it is', () => {
  expect(isPlaybackTemplate('https://10.20.1.9/CCTV-007?x={user}')).toBe(false);
  expect(playbackAt('https://10.20.1.9/CCTV-007?x={user}', stretch)).toBe('https://10.20.1.9/CCTV-007?x={user}');
});
