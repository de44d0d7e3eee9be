import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { Store, trusted } from '@siaga/store';
import { calls, type StoredCall } from '../calls/call-document.ts';
import { CallsStore } from '../calls/calls.store.ts';

/**
 * Which incident a call belongs to is decided in the call: it is given once, by one guarded change that tells it, too.
 * Everything else follows from that, whoever comes to it first, so that a call which was given is never lost on the way.
 */
@Injectable()
export class IncidentCalls {
  constructor(
    private readonly store: Store,
    private readonly calls: CallsStore,
  ) {}

  get(callId: string): Promise<StoredCall> {
    return this.calls.get(callId);
  }

  find(callId: string): Promise<StoredCall | undefined> {
    return this.store.find(calls, callId);
  }

  some(callIds: readonly string[]): Promise<StoredCall[]> {
    return this.store
      .of(calls)
      .find({ _id: trusted({ $in: callIds }) } as never)
      .lean<StoredCall[]>();
  }

  /** The call as it then is: with this incident, or with the one of who was faster. */
  async give(call: StoredCall, incidentId: string): Promise<StoredCall> {
    if (call.incidentId !== undefined) return call;
    try {
      return await this.calls.move(call._id, { to: incidentId });
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'conflict') throw error;
      const now = await this.get(call._id);
      if (now.incidentId === undefined) throw error;
      return now;
    }
  }
}
