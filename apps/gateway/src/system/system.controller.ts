import { Controller } from '@nestjs/common';
import {
  AccountLive,
  DismissDeadLetters,
  ListDeadLetters,
  ReplayDeadLetters,
  type AnswerOf,
  type InputOf,
} from '@siaga/contracts';
import { Route } from '@siaga/service';
import { Accounts } from './accounts.ts';
import { DeadLetters } from './dead-letters.ts';

const MOST_LISTED = 200;

/** The system about itself. */
@Controller()
export class SystemController {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly accounts: Accounts,
  ) {}

  @Route(ListDeadLetters)
  list(): AnswerOf<typeof ListDeadLetters> {
    return this.deadLetters.list(MOST_LISTED);
  }

  @Route(ReplayDeadLetters)
  async replay({ body }: InputOf<typeof ReplayDeadLetters>): Promise<AnswerOf<typeof ReplayDeadLetters>> {
    return { replayed: await this.deadLetters.replay(body.deadLetterIds) };
  }

  @Route(DismissDeadLetters)
  async dismiss({ body }: InputOf<typeof DismissDeadLetters>): Promise<AnswerOf<typeof DismissDeadLetters>> {
    return { dismissed: await this.deadLetters.dismiss(body.deadLetterIds) };
  }

  @Route(AccountLive)
  account({ body }: InputOf<typeof AccountLive>): Promise<AnswerOf<typeof AccountLive>> {
    return this.accounts.between(body);
  }
}
