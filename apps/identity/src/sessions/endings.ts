import { Inject, Injectable } from '@nestjs/common';
import { audited, AUDITOR, type Auditor } from '@siaga/service';
import type { StoredSession } from './session-document.ts';
import { SessionsStore } from './sessions.store.ts';

/** Sessions that end by themselves or by who holds them, written down. */
@Injectable()
export class Endings {
  constructor(
    private readonly sessions: SessionsStore,
    @Inject(AUDITOR) private readonly auditor: Auditor,
  ) {}

  /** `action`: why, as the trail names it. */
  async end(session: Pick<StoredSession, '_id' | 'principalId' | 'kind'>, action: string): Promise<void> {
    const subjects = [`${session.kind}:${session.principalId}`, `session:${session._id}`];
    await audited(this.auditor, { name: action, subjects }, () => this.sessions.end(session));
  }
}
