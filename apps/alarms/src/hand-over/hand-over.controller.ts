import { Controller } from '@nestjs/common';
import {
  belongsTo,
  Fault,
  HandOver,
  ListHandOvers,
  shiftAt,
  WriteHandOver,
  type Agency,
  type InputOf,
} from '@siaga/contracts';
import { CityRecords, currentContext, Route } from '@siaga/service';
import type { StoredHandOver } from './hand-over-document.ts';
import { HandOversStore } from './hand-overs.store.ts';

/** What those who go tell those who come. */
@Controller()
export class HandOverController {
  constructor(
    private readonly handOvers: HandOversStore,
    private readonly cities: CityRecords,
  ) {}

  @Route(ListHandOvers)
  async list({ query }: InputOf<typeof ListHandOvers>) {
    refuseStranger(query.agency);
    const { items, next } = await this.handOvers.page(query.agency, query);
    return { items: items.map(handOverOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(WriteHandOver)
  async write({ body }: InputOf<typeof WriteHandOver>) {
    refuseStranger(body.agency);
    const { city, principal } = currentContext();
    const atMs = Date.now();
    const on = shiftAt(atMs, this.cities.timezoneOf(city));
    const { agency, text, version } = body;
    return handOverOf(await this.handOvers.write({ on, agency, text, version, by: principal.id, atMs }));
  }
}

const handOverOf = (stored: StoredHandOver): HandOver => HandOver.parse(stored);

function refuseStranger(agency: Agency): void {
  if (!belongsTo(currentContext().principal, [agency, 'command']))
    throw new Fault('not-found', `${agency}: tidak ada catatan · there are no notes`);
}
