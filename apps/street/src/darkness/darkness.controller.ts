import { Controller } from '@nestjs/common';
import { beginOfDay, Fault, GetStreetDarkness, type InputOf } from '@siaga/contracts';
import { kelurahan } from '@siaga/geo';
import { CityRecords, csvFile, currentContext, Route, wantsCsv } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { spanOf } from '../energy/calendar.ts';
import { darknessCsv, darknessOf, nightsOf } from './darkness.ts';
import { DarkSpans } from './dark-spans.store.ts';

/** How long lamps were dark in a month, and where. */
@Controller()
export class DarknessController {
  constructor(
    private readonly spans: DarkSpans,
    private readonly records: CityRecords,
  ) {}

  @Route(GetStreetDarkness)
  async month({ params: { month }, query }: InputOf<typeof GetStreetDarkness>, request: FastifyRequest) {
    const { city } = currentContext();
    const timezone = this.records.timezoneOf(city);
    const centre = this.records.of(city)?.centre;
    if (centre === undefined && !query.simulated)
      throw new Fault('invalid', `letak kota ${city} belum dicatat: npm run -s siaga -- city add · where is it?`);
    const { fromDay, toDay } = spanOf(month);
    const within = { fromMs: beginOfDay(fromDay, timezone), toMs: Math.min(Date.now(), beginOfDay(toDay, timezone)) };
    const spans = await this.spans.during(within, query.simulated);
    // a scene may be played by day
    const burning = query.simulated || centre === undefined ? [within] : nightsOf(within, centre);
    const names = new Map(kelurahan().map(({ code, name }) => [code, name]));
    const darkness = { month, ...darknessOf(spans, burning, (code) => names.get(code)) };
    return wantsCsv(request) ? csvFile(darknessCsv(darkness), `pju-padam-${month}`) : darkness;
  }
}
