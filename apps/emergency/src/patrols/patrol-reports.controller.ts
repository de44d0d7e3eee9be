import { Controller } from '@nestjs/common';
import {
  CountPatrols,
  csvText,
  dayAfter,
  GetPatrol,
  GetPatrolDay,
  ListPatrolRoutes,
  ListPatrols,
  type AnswerOf,
  type InputOf,
} from '@siaga/contracts';
import { csvFile, Route, wantsCsv } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { patrolOf } from './patrol-document.ts';
import { PatrolPlans } from './patrol-plans.ts';
import { PatrolsStore } from './patrols.store.ts';
import { countVisits, visitsOfDay } from './planned-visits.ts';
import { Squads } from './squads.ts';

/** What is patrolled, and what became of it. */
@Controller()
export class PatrolReportsController {
  constructor(
    private readonly patrols: PatrolsStore,
    private readonly squads: Squads,
    private readonly plans: PatrolPlans,
  ) {}

  @Route(ListPatrolRoutes)
  routes() {
    return { items: [...this.plans.now().routes] };
  }

  @Route(GetPatrol)
  async get({ params }: InputOf<typeof GetPatrol>) {
    return patrolOf(await this.squads.seen(params.patrolId));
  }

  @Route(ListPatrols)
  async list({ query }: InputOf<typeof ListPatrols>) {
    const { items, next } = await this.patrols.page(query);
    return { items: items.map(patrolOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(GetPatrolDay)
  async day({ params: { day } }: InputOf<typeof GetPatrolDay>) {
    const walked = await this.patrols.between(day, dayAfter(day, 1));
    const plan = this.plans.now();
    return { day, askedAtMs: plan.nowMs, items: visitsOfDay(day, walked, plan) };
  }

  @Route(CountPatrols)
  async counts({ query: { from, to } }: InputOf<typeof CountPatrols>, request: FastifyRequest) {
    const [walked, since] = [await this.patrols.between(from, to), await this.patrols.firstDay()];
    const plan = this.plans.now();
    const days = daysBetween(since === undefined || since < from ? from : since, since === undefined ? from : to);
    // a round that is yet to begin is not planned yet
    const rounds = days.flatMap((day) => visitsOfDay(day, walked, plan)).filter(({ fromMs, patrols }) => fromMs <= plan.nowMs || patrols.length > 0); // prettier-ignore
    const counted: AnswerOf<typeof CountPatrols> = {
      ...{ from, to, ...(since === undefined ? {} : { since }), askedAtMs: plan.nowMs, totals: countVisits(rounds) },
      days: days.flatMap((day) =>
        countVisits(rounds.filter((round) => round.day === day)).map((count) => ({ day, ...count })),
      ),
    };
    return wantsCsv(request) ? csvFile(sheetOf(counted), `patroli-${from}-${to}`) : counted;
  }
}

function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day < to; day = dayAfter(day, 1)) days.push(day);
  return days;
}

const head = ['Tanggal', 'Rute', 'Tempat', 'Direncanakan', 'Dikunjungi', 'Terlambat', 'Terlewat', 'Belum', 'Dicatat tangan']; // prettier-ignore

function sheetOf({ days, totals }: AnswerOf<typeof CountPatrols>): string {
  const lines = [...days, ...totals.map((total) => ({ day: 'JUMLAH', ...total }))].map(
    ({ day, routeId, name, planned, done, late, missed, waiting, byHand }) => [
      ...[day, routeId, name, planned, done, late, missed, waiting, byHand],
    ],
  );
  return csvText([head, ...lines]);
}
