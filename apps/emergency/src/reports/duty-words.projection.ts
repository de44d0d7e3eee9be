import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { DutyDeclared } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { Store } from '@siaga/store';
import { dutyWords } from './duty-word-document.ts';

/** Keeps each word about a duty once, however often and from how far back it is told; simulated units have no hours. */
@Controller()
export class DutyWordsProjection {
  constructor(private readonly store: Store) {}

  @On(DutyDeclared)
  async declared({ unitId, duty, atMs, untilMs }: DutyDeclared): Promise<void> {
    if (currentContext().exercise) return;
    await this.store.createIfFree(dutyWords, {
      ...{ _id: `${unitId}@${String(atMs)}`, unitId, duty, atMs, at: new Date(atMs) },
      ...(untilMs === undefined ? {} : { untilMs }),
    });
  }
}
