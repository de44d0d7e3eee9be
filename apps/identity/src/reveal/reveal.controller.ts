import { Controller } from '@nestjs/common';
import { Reveal, type AnswerOf, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { RevealsStore } from './reveals.store.ts';

/** Uncovers masked fields for a short time, for a stated reason. */
@Controller()
export class RevealController {
  constructor(private readonly reveals: RevealsStore) {}

  @Route(Reveal)
  async reveal({ body }: InputOf<typeof Reveal>): Promise<AnswerOf<typeof Reveal>> {
    const { untilMs } = await this.reveals.reveal(currentContext().principal, body);
    return { untilMs };
  }
}
