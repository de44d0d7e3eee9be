import { Controller } from '@nestjs/common';
import { GetTriageCard } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { triageCard } from './triage-card.ts';

/** The card in force. */
@Controller()
export class TriageCardController {
  @Route(GetTriageCard)
  get() {
    return triageCard;
  }
}
