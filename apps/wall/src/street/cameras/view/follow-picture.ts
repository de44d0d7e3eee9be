import { Fault, Problem, type FaultKind } from '@siaga/contracts';
import { session } from '../../../session/session.ts';
import { tickets } from './tickets.ts';
import type { OpenedCamera } from './view-tickets.ts';
import { passed, untilSeen } from './waits.ts';

/** What is known of a camera's picture: the last still, and why there is no newer one. */
export interface Seen {
  opened?: OpenedCamera;
  /** Address of the last still within this page. */
  address?: string;
  /** City time at which it came. */
  atMs?: number;
  /** Why the last question failed. */
  error?: unknown;
}

interface Following {
  everyMs: number;
  cityNow: () => number;
  tell: (change: (before: Seen) => Seen) => void;
  signal: AbortSignal;
}

/** A camera that answers nothing is not asked as often as one that does. */
const AGAIN_MS = 10_000;

/** Asks for one still after the other, until the signal ends it; a page nobody sees asks for none. */
export async function followPicture(cameraId: string, { everyMs, cityNow, tell, signal }: Following): Promise<void> {
  let address: string | undefined;
  signal.addEventListener('abort', () => {
    if (address !== undefined) URL.revokeObjectURL(address);
  });
  while (!signal.aborted) {
    await untilSeen(signal);
    const wait = await tickets
      .of(cameraId, cityNow())
      .then(async (opened) => {
        tell((before) => ({ ...before, opened }));
        if (opened.still === undefined) return undefined;
        const picture = await stillAt(opened.still, signal);
        if (signal.aborted) return undefined;
        const before = address;
        address = URL.createObjectURL(picture);
        tell(() => ({ opened, address: address ?? '', atMs: cityNow() }));
        if (before !== undefined) URL.revokeObjectURL(before);
        return everyMs;
      })
      .catch((error: unknown) => {
        if (error instanceof Fault && error.kind !== 'unavailable') tickets.forget(cameraId);
        if (!signal.aborted) tell((before) => ({ ...before, error }));
        return AGAIN_MS;
      });
    if (wait === undefined) return;
    await passed(wait, signal);
  }
}

const refusals = new Map<number, FaultKind>([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not-found'],
]);

/** One still; throws the fault the camera's door answers, in its words. */
function stillAt(path: string, signal: AbortSignal): Promise<Blob> {
  return session.around(async () => {
    const response = await fetch(path, { signal });
    if (response.ok) return response.blob();
    const problem = Problem.safeParse(await response.json().catch(() => undefined)).data;
    throw new Fault(
      refusals.get(response.status) ?? 'unavailable',
      problem?.detail ?? `HTTP ${String(response.status)}`,
    );
  });
}
