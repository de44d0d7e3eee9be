import { Controller } from '@nestjs/common';
import { ListColleagues, type AnswerOf, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { ColleaguesStore } from './colleagues.store.ts';

/** Who somebody is, for those he works with. */
@Controller()
export class ColleaguesController {
  constructor(private readonly colleagues: ColleaguesStore) {}

  @Route(ListColleagues)
  async list({ query }: InputOf<typeof ListColleagues>): Promise<AnswerOf<typeof ListColleagues>> {
    return { items: await this.colleagues.of(query.ids) };
  }
}
