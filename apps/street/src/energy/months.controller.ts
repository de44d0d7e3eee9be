import { Controller } from '@nestjs/common';
import { GetStreetMonth, ListEnergyFindings, type InputOf } from '@siaga/contracts';
import { csvFile, Route, wantsCsv } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { findingsCsv, monthCsv } from './month-sheets.ts';
import { Months } from './months.ts';

/** What street light cost in a month, and what does not add up. */
@Controller()
export class MonthsController {
  constructor(private readonly months: Months) {}

  @Route(GetStreetMonth)
  async energy({ params: { month } }: InputOf<typeof GetStreetMonth>, request: FastifyRequest) {
    const energy = await this.months.energy(month);
    return wantsCsv(request) ? csvFile(monthCsv(energy), `pju-${month}`) : energy;
  }

  @Route(ListEnergyFindings)
  async findings({ params: { month } }: InputOf<typeof ListEnergyFindings>, request: FastifyRequest) {
    const found = await this.months.findings(month);
    return wantsCsv(request) ? csvFile(findingsCsv(found.items), `pju-temuan-${month}`) : found;
  }
}
