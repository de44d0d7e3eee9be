import { Controller } from '@nestjs/common';
import { beginOfDay, GetStreetRepairs, type InputOf } from '@siaga/contracts';
import { CityRecords, csvFile, currentContext, Route, wantsCsv } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { ReportsStore } from '../reports/reports.store.ts';
import { repairsCsv, repairsOf } from './repairs.ts';

/** How long repairs take, and what fails again and again. */
@Controller()
export class RepairsController {
  constructor(
    private readonly reports: ReportsStore,
    private readonly records: CityRecords,
  ) {}

  @Route(GetStreetRepairs)
  async get({ query: { from, to } }: InputOf<typeof GetStreetRepairs>, request: FastifyRequest) {
    const timezone = this.records.timezoneOf(currentContext().city);
    const within = await this.reports.between(beginOfDay(from, timezone), beginOfDay(to, timezone));
    const repairs = repairsOf(within, { from, to, nowMs: Date.now() });
    return wantsCsv(request) ? csvFile(repairsCsv(repairs), `pju-perbaikan-${from}`) : repairs;
  }
}
