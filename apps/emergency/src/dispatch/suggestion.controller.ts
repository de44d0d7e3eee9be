import { Controller } from '@nestjs/common';
import { SuggestUnits, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { IncidentsAtHand } from './incidents-at-hand.ts';
import { Suggestions } from './suggestions.ts';

/** Whom to send, and why not the nearer one. */
@Controller()
export class SuggestionController {
  constructor(
    private readonly incidents: IncidentsAtHand,
    private readonly suggestions: Suggestions,
  ) {}

  @Route(SuggestUnits)
  async suggestion({ params }: InputOf<typeof SuggestUnits>) {
    return this.suggestions.for(await this.incidents.open(params.incidentId));
  }
}
