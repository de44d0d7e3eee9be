import { Controller } from '@nestjs/common';
import { ErasePerson, type AnswerOf, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { Erasure } from './erasure.ts';

/** The right to be forgotten. */
@Controller()
export class ErasureController {
  constructor(private readonly erasure: Erasure) {}

  @Route(ErasePerson)
  async erase({ params }: InputOf<typeof ErasePerson>): Promise<AnswerOf<typeof ErasePerson>> {
    await this.erasure.erase(params.personId);
    return {};
  }
}
