import { Controller } from '@nestjs/common';
import { GetSetup, type AnswerOf } from '@siaga/contracts';
import { LogStanding } from '@siaga/identity';
import { currentContext, Route } from '@siaga/service';

/** Whether the city has been set up, for who starts it. */
@Controller()
export class SetupController {
  constructor(private readonly standing: LogStanding) {}

  @Route(GetSetup)
  setup(): AnswerOf<typeof GetSetup> {
    return { hasAdministrator: this.standing.hasAdministrator(currentContext().city) };
  }
}
