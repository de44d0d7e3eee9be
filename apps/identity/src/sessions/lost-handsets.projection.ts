import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { HandsetChanged } from '@siaga/contracts';
import { SessionsStore } from './sessions.store.ts';

/** Whoever finds a radio that was declared lost is nobody: the sign-in on it ends everywhere. Who declared it is in the trail. */
@Controller()
export class LostHandsetsProjection {
  constructor(private readonly sessions: SessionsStore) {}

  @On(HandsetChanged)
  async changed({ isLost, holder }: HandsetChanged): Promise<void> {
    if (!isLost || holder?.sessionId === undefined) return;
    const { sessionId: _id, principalId } = holder;
    await this.sessions.end({ _id, principalId });
  }
}
