import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encode } from 'jpeg-js';

/** A camera as its snapshot address shows it. */
export interface TestStills {
  readonly url: string;
  /** What the next stills show. */
  shows: 'street' | 'the-same-street' | 'black' | 'nothing' | 'a-page';
  /** `Basic …` it asks for. */
  wants: string | undefined;
  close(): Promise<void>;
}

/** Starts one on a free loopback port. */
export async function startTestStills(): Promise<TestStills> {
  let taken = 0;
  const server: Server = createServer((request, response) => {
    if (stills.wants !== undefined && request.headers.authorization !== stills.wants)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="cam"' }).end();
    else if (stills.shows === 'nothing') response.writeHead(404).end();
    else if (stills.shows === 'a-page') response.end('<html>'.repeat(100));
    else {
      if (stills.shows === 'street') taken += 1;
      response.setHeader('content-type', 'image/jpeg');
      response.end(jpegOf((x, y) => (stills.shows === 'black' ? 4 : (x * 3 + y * 2 + taken * 17) % 256)));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const stills: TestStills = {
    ...{ url: `http://127.0.0.1:${String(port)}/picture`, shows: 'street', wants: undefined },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return stills;
}

/** A picture of grey levels. */
export function jpegOf(greyAt: (x: number, y: number) => number, width = 320, height = 180): Buffer {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data.fill(greyAt(x, y), (y * width + x) * 4, (y * width + x) * 4 + 3);
  return encode({ data, width, height }, 80).data;
}
