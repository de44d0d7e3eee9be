import { Fault } from '@siaga/contracts';
import type { EventLog } from './event-log.ts';

/** Connects to an engine's log socket; reconnects by itself until closed. */
export function connectLog(socketPath: string): EventLog {
  throw new Fault('unavailable', `nobody listens at ${socketPath}`);
}
