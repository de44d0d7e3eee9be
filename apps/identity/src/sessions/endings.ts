import { Injectable } from '@nestjs/common';
import type { StoredSession } from './session-document.ts';
import { SessionsStore } from './sessions.store.ts';
import { Trail } from './trail.ts';

/** Sessions that end by themselves or by who holds them, written down. */
@Injectable()
export class Endings {
  constructor(
    private readonly sessions: SessionsStore,
    private readonly trail: Trail,
  ) {}

  /** `action`: why, as the trail names it. */
  async end(session: Pick<StoredSession, '_id' | 'principalId' | 'kind'>, action: string): Promise<void> {
    const subjects = [`${session.kind}:${session.principalId}`, `session:${session._id}`];
    await this.trail.of({ name: action, subjects }, () => this.sessions.end(session));
  }
}
