import { Injectable } from '@nestjs/common';
import { hourAt, type AnswerOf, type SuggestUnits } from '@siaga/contracts';
import { CityRecords, currentContext } from '@siaga/service';
import type { Flagged } from './drill.ts';
import { partnersOf } from './partners.ts';
import { runCards } from './run-cards.ts';
import { cardFor, suggest, type NeedNow } from './suggestion.ts';
import { UnitsAtHand } from './units-at-hand.ts';

/** What the run card would send, by the units as they are now. */
@Injectable()
export class Suggestions {
  constructor(
    private readonly units: UnitsAtHand,
    private readonly records: CityRecords,
  ) {}

  /** Only units that may go there: simulated ones and real ones stay apart. */
  async for(need: NeedNow & Flagged): Promise<AnswerOf<typeof SuggestUnits>> {
    const nowMs = Date.now();
    const timezone = this.records.timezoneOf(currentContext().city);
    const card = cardFor(runCards, need, hourAt(nowMs, timezone));
    if (card === undefined) return { tell: [], partners: partnersOf(need), parts: [] };
    const parts = suggest(card, await this.units.for(need), need, nowMs);
    return { cardId: card.cardId, tell: [...card.tell], partners: partnersOf(need, card), parts };
  }
}
