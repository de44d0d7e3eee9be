import { parentPort } from 'node:worker_threads';

/** A thread as a picture might make it: 1 never ends, 2 breaks it, anything else is answered. */
parentPort?.on('message', ([first]: Uint8Array) => {
  while (first === 1);
  if (first === 2) throw new Error('a picture broke it');
  parentPort?.postMessage([first]);
});
