import { Controller } from '@nestjs/common';
import { ChangePerson, GetPerson, ListPeople, type AnswerOf, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { personOf } from './people.store.ts';
import { PeopleRegister } from './register.store.ts';

/** People, for their administrators. */
@Controller()
export class PeopleController {
  constructor(private readonly register: PeopleRegister) {}

  @Route(ListPeople)
  list({ query }: InputOf<typeof ListPeople>): Promise<AnswerOf<typeof ListPeople>> {
    return this.register.page(currentContext().principal, query);
  }

  @Route(GetPerson)
  async get({ params }: InputOf<typeof GetPerson>): Promise<AnswerOf<typeof GetPerson>> {
    return personOf(await this.register.get(currentContext().principal, params.personId));
  }

  @Route(ChangePerson)
  change({ params, body }: InputOf<typeof ChangePerson>): Promise<AnswerOf<typeof ChangePerson>> {
    const { principal, press: once } = currentContext();
    return this.register.change(principal, params.personId, { body, once });
  }
}
