import { Injectable } from '@nestjs/common';
import { roundsOfDay, type Agency, type PatrolRoute, type PlannedRound } from '@siaga/contracts';
import { CityRecords, currentContext } from '@siaga/service';
import { routesOf } from './patrol-routes.ts';
import type { Plan } from './planned-visits.ts';

interface WantedRound {
  routeId: string;
  agency: Agency;
  day: string;
  round: number;
}

/** What is patrolled in the context's city, by its clocks. */
@Injectable()
export class PatrolPlans {
  constructor(private readonly records: CityRecords) {}

  now(): Plan {
    const { city } = currentContext();
    const timezone = this.records.timezoneOf(city);
    return { routes: routesOf(city), timezone, nowMs: Date.now() };
  }

  /** One round of a route of an agency; undefined: it is not planned. */
  round({ routeId, agency, day, round }: WantedRound): { route: PatrolRoute; planned: PlannedRound } | undefined {
    const { routes, timezone } = this.now();
    const route = routes.find((one) => one.routeId === routeId && one.agency === agency);
    const planned = roundsOfDay(route?.rounds ?? [], day, timezone).find((one) => one.round === round);
    return route === undefined || planned === undefined ? undefined : { route, planned };
  }
}
