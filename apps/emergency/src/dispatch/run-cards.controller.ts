import { Controller } from '@nestjs/common';
import { ListRunCards } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { runCards } from './run-cards.ts';

/** The run cards in force. */
@Controller()
export class RunCardsController {
  @Route(ListRunCards)
  list() {
    return { items: [...runCards] };
  }
}
