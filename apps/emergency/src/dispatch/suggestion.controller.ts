import { Controller } from '@nestjs/common';
import { hourAt, SuggestUnits, type InputOf } from '@siaga/contracts';
import { CityRecords, currentContext, Route } from '@siaga/service';
import { Positions } from '../units/positions.ts';
import { UnitsStore } from '../units/units.store.ts';
import { IncidentsAtHand } from './incidents-at-hand.ts';
import { runCards } from './run-cards.ts';
import { cardFor, suggest } from './suggestion.ts';

/** Whom to send, and why not the nearer one. */
@Controller()
export class SuggestionController {
  constructor(
    private readonly units: UnitsStore,
    private readonly positions: Positions,
    private readonly incidents: IncidentsAtHand,
    private readonly records: CityRecords,
  ) {}

  @Route(SuggestUnits)
  async suggestion({ params }: InputOf<typeof SuggestUnits>) {
    const need = await this.incidents.open(params.incidentId);
    const nowMs = Date.now();
    const timezone = this.records.of(currentContext().city)?.timezone ?? 'Asia/Jakarta';
    const card = cardFor(runCards, need, hourAt(nowMs, timezone));
    if (card === undefined) return { tell: [], parts: [] };
    const units = (await this.units.all()).filter((unit) => this.incidents.takes(need, unit));
    const positionOf = (unitId: string) => this.positions.of(unitId);
    return { cardId: card.cardId, tell: [...card.tell], parts: suggest(card, { units, positionOf }, need, nowMs) };
  }
}
