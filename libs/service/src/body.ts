import type { Readable } from 'node:stream';
import { Fault } from '@siaga/contracts';
import { tooBusy, tooMany, type DoorName } from './turned-away.ts';

/** Bodies on their way may hold so much memory together. */
const MOST_BYTES_TOGETHER = 64 * 1024 * 1024;
let together = 0;
/** Of it, one sender may hold a quarter: three spreadsheets at once, or sixty of the largest reports. */
const MOST_BYTES_OF_ONE = MOST_BYTES_TOGETHER / 4;
const heldBy = new Map<string, number>();

/** Adds to what is held, together and by the sender; answers what the sender holds now. */
function hold(sender: string | undefined, bytes: number): number {
  together += bytes;
  if (sender === undefined) return 0;
  const held = (heldBy.get(sender) ?? 0) + bytes;
  if (held === 0) heldBy.delete(sender);
  else heldBy.set(sender, held);
  return held;
}

export interface BodyLimits {
  bytes: number;
  withinMs: number;
  door: DoorName;
  /** Whose it is, to share what there is; absent behind a door that has shared it already. */
  sender?: string;
}

/**
 * The whole body, or a fault when it is too large (`too-large`), takes too long or breaks off (`invalid`), or when too
 * much of the same sender (`too-many`) or of all together (`unavailable`) is on its way. What still comes after a fault
 * is thrown away, not kept.
 */
export function readBody(payload: Readable, { bytes, withinMs, door, sender }: BodyLimits): Promise<Buffer> {
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
      hold(sender, -size);
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
      const held = hold(sender, chunk.length);
      chunks.push(chunk);
      if (size > bytes) refuse(new Fault('too-large', `a body has at most ${String(bytes)} bytes here`));
      else if (held > MOST_BYTES_OF_ONE) refuse(tooMany({ door, because: 'address', retryAfterS: 1 }));
      else if (together > MOST_BYTES_TOGETHER) refuse(tooBusy(door));
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
