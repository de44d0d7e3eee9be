import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '@siaga/testing';
import { PictureReader } from './picture-reader.ts';
import { pictureIn } from './picture.ts';
import { jpegOf } from './still-server.harness.ts';

const file = fileURLToPath(new URL('./stuck-worker.harness.ts', import.meta.url));

describe('stills on a thread of their own', () => {
  it('are read as they are on this one, whatever order they come in', async () => {
    const reader = new PictureReader({ withinMs: 60_000 });
    const [light, dark] = [jpegOf((x, y) => (x * 5 + y * 3) % 200), jpegOf(() => 4)];
    const read = await Promise.all([light, Buffer.from('no picture'), dark, light].map((jpeg) => reader.read(jpeg)));
    expect(read).toEqual([pictureIn(light), undefined, pictureIn(dark), pictureIn(light)]);
    await reader.onApplicationShutdown();
  });

  it('that never end, or break it, are not judged, and the next has a new thread', async () => {
    const reader = new PictureReader({ file, withinMs: 2000 });
    const [stuck, broken] = await Promise.all([reader.read(Buffer.from([1])), reader.read(Buffer.from([2]))]);
    expect([stuck, broken]).toEqual([undefined, undefined]);
    await eventually(async () => {
      expect(await reader.read(Buffer.from([7]))).toEqual({ grey: [7] });
    }, 30_000);
    await reader.onApplicationShutdown();
  });

  it('are refused when too many wait, and all are answered at the end', async () => {
    const reader = new PictureReader({ file, withinMs: 60_000 });
    const all = Array.from({ length: 80 }, () => reader.read(Buffer.from([1])));
    await reader.onApplicationShutdown();
    expect(await Promise.all(all)).toEqual(Array.from({ length: 80 }, () => undefined));
  });
});
