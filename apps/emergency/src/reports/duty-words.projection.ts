import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { UnitChanged } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { Store } from '@siaga/store';
import { dutyWords } from './duty-word-document.ts';

/** Keeps each word about a duty once; simulated units have no hours. */
@Controller()
export class DutyWordsProjection {
  constructor(private readonly store: Store) {}

  @On(UnitChanged)
  async changed({ unitId, duty, dutySaid, dutyUntilMs: untilMs }: UnitChanged): Promise<void> {
    // what time does to a duty is nobody's word: its end was said with its beginning
    if (currentContext().exercise || dutySaid === undefined || duty === 'unreported') return;
    const { atMs } = dutySaid;
    await this.store.createIfFree(dutyWords, {
      ...{ _id: `${unitId}@${String(atMs)}`, unitId, duty, atMs, at: new Date(atMs) },
      ...(untilMs === undefined ? {} : { untilMs }),
    });
  }
}
