import { Inject, Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { AUDITOR, type Action, type Auditor } from '@siaga/service';

/**
 * The audit trail of what routes open to anyone do, and of sessions that end. Subjects are pseudonyms of who is known:
 * what somebody typed is never written, people type passwords anywhere.
 */
@Injectable()
export class Trail {
  constructor(@Inject(AUDITOR) private readonly auditor: Auditor) {}

  /** Written down before it is done, and what became of it after. */
  async of<Done>(action: Action, act: () => Promise<Done>): Promise<Done> {
    const conclude = await this.auditor.attempted(action);
    try {
      const done = await act();
      await conclude('done');
      return done;
    } catch (error) {
      await (error instanceof Fault ? conclude('refused', error) : conclude('failed'));
      throw error;
    }
  }
}
