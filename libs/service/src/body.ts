import type { Readable } from 'node:stream';
import { Fault } from '@siaga/contracts';

/** Bodies on their way may hold so much memory together. */
const MOST_BYTES_TOGETHER = 64 * 1024 * 1024;
let together = 0;

/**
 * The whole body, or a fault when it is too large (`too-large`), takes too long or breaks off (`invalid`), or when too
 * many others are on their way (`unavailable`). What still comes after a fault is thrown away, not kept.
 */
export function readBody(payload: Readable, { bytes, withinMs }: { bytes: number; withinMs: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    let settled = false;
    const settle = (tell: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(deadline);
      payload.off('data', take);
      payload.resume();
      together -= size;
      tell();
    };
    const refuse = (fault: Fault) => {
      settle(() => {
        chunks = [];
        reject(fault);
      });
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      together += chunk.length;
      chunks.push(chunk);
      if (size > bytes) refuse(new Fault('too-large', `a body has at most ${String(bytes)} bytes here`));
      else if (together > MOST_BYTES_TOGETHER)
        refuse(new Fault('unavailable', 'too many bodies are on their way, try again shortly'));
    };
    const deadline = setTimeout(() => {
      refuse(new Fault('invalid', `the body did not arrive within ${String(withinMs / 1000)} s`));
    }, withinMs);
    payload.on('data', take);
    payload.once('end', () => {
      settle(() => {
        resolve(Buffer.concat(chunks));
      });
    });
    payload.once('error', (cause) => {
      refuse(new Fault('invalid', 'the body broke off', { cause }));
    });
  });
}
