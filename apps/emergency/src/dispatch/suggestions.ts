import { Injectable } from '@nestjs/common';
import { hourAt, type AnswerOf, type SuggestUnits } from '@siaga/contracts';
import { CityRecords, currentContext } from '@siaga/service';
import { Positions } from '../units/positions.ts';
import { UnitsStore } from '../units/units.store.ts';
import { CityStage, type Flagged } from './drill.ts';
import { partnersOf } from './partners.ts';
import { runCards } from './run-cards.ts';
import { cardFor, suggest, type NeedNow } from './suggestion.ts';

/** What the run card would send, by the units as they are now. */
@Injectable()
export class Suggestions {
  constructor(
    private readonly units: UnitsStore,
    private readonly positions: Positions,
    private readonly stage: CityStage,
    private readonly records: CityRecords,
  ) {}

  /** Only units that may go there: simulated ones and real ones stay apart. */
  async for(need: NeedNow & Flagged): Promise<AnswerOf<typeof SuggestUnits>> {
    const nowMs = Date.now();
    const timezone = this.records.of(currentContext().city)?.timezone ?? 'Asia/Jakarta';
    const card = cardFor(runCards, need, hourAt(nowMs, timezone));
    if (card === undefined) return { tell: [], partners: partnersOf(need), parts: [] };
    const units = (await this.units.all()).filter((unit) => this.stage.fits(unit, need));
    const positionOf = (unitId: string) => this.positions.of(unitId);
    const parts = suggest(card, { units, positionOf }, need, nowMs);
    return { cardId: card.cardId, tell: [...card.tell], partners: partnersOf(need, card), parts };
  }
}
