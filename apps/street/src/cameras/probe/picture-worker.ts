import { parentPort } from 'node:worker_threads';
import { pictureIn } from './picture.ts';

/** A thread of its own: reads one still after another, and answers its grey levels, or nothing where it has none. */
parentPort?.on('message', (jpeg: Uint8Array) => {
  parentPort?.postMessage(pictureIn(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength))?.grey);
});
