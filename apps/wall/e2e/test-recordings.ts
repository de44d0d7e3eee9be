import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from '@playwright/test';

/** What a media server recorded, as mediamtx hands it out: `GET /get?path=&start=&duration=&format=mp4`. */
export interface TestRecordings {
  url: string;
  /** What was asked for: path, start and seconds. */
  asked: string[];
  close: () => Promise<void>;
}

/** Answers two seconds of moving picture for one stream, whatever the minutes, and 404 for any other. */
export async function startTestRecordings(browser: Browser, stream: string): Promise<TestRecordings> {
  const page = await browser.newPage();
  const film = Buffer.from(await page.evaluate(filmed), 'base64');
  await page.close();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://media').searchParams;
    const [path, start, duration] = ['path', 'start', 'duration'].map((name) => query.get(name) ?? '');
    asked.push(`${String(path)} ${String(start)} ${String(duration)}`);
    if (path === stream) response.writeHead(200, { 'content-type': 'video/mp4' }).end(film);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}

/** Runs in a page: two seconds of a canvas that changes, MP4 in base64. */
async function filmed(): Promise<string> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
  const pen = canvas.getContext('2d');
  let at = 0;
  const drawing = setInterval(() => {
    at += 1;
    if (pen === null) return;
    pen.fillStyle = `hsl(${String(at * 9)} 60% 40%)`;
    pen.fillRect(0, 0, 320, 180);
  }, 50);
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/mp4;codecs=vp9' });
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  const stopped = new Promise((done) => {
    recorder.addEventListener('stop', done);
  });
  recorder.start();
  setTimeout(() => {
    recorder.stop();
  }, 2000);
  await stopped;
  clearInterval(drawing);
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
