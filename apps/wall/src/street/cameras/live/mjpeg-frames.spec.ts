import { Readable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { framesOf } from './mjpeg-frames.ts';

/** As go2rtc writes it (internal/mjpeg, pkg/mjpeg/writer.go). */
const part = (body: string) => `--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}\r\n`; // prettier-ignore

async function read(text: string, size: number): Promise<string[]> {
  const bytes = new TextEncoder().encode(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  const frames: string[] = [];
  for await (const frame of framesOf(Readable.from(pieces) as AsyncIterable<Uint8Array>))
    frames.push(new TextDecoder().decode(frame));
  return frames;
}

it.each([1, 7, 64, 10_000])('pictures are the same, however the network cuts them: %i bytes at once', async (size) => {
  const pictures = ['first', 'with\r\n\r\n--frame\r\nin it', '', 'last'];
  expect(await read(pictures.map(part).join(''), size)).toEqual(pictures);
});

it('one that is cut off is none', async () => {
  expect(await read(part('whole') + part('half').slice(0, -4), 16)).toEqual(['whole']);
});

it('what is no stream of pictures is refused', async () => {
  await expect(read('HTTP says\r\n\r\n<html>', 16)).rejects.toThrow('Content-Length');
});
