import { Controller } from '@nestjs/common';
import { GetEmergencyMonth, spanOfMonth, type EmergencyMonth, type InputOf } from '@siaga/contracts';
import { CityRecords, csvFile, currentContext, Route, wantsCsv } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { CALLS_KEPT_MS, DUTIES_KEPT_MS } from '../retention-rules.ts';
import { activityOf } from './activity-rules.ts';
import { bookingsIn } from './booking-figures.ts';
import { SAID_BEFORE_MS } from './duty-rules.ts';
import { casesOf, figuresOf } from './month-rules.ts';
import { monthSheet } from './month-sheet.ts';
import { MonthsStore } from './months.store.ts';

/** Months of 112 and SPGDT, reckoned from what is kept when they are asked for. */
@Controller()
export class MonthsController {
  constructor(
    private readonly months: MonthsStore,
    private readonly records: CityRecords,
  ) {}

  @Route(GetEmergencyMonth)
  async month({ params: { month } }: InputOf<typeof GetEmergencyMonth>, request: FastifyRequest) {
    const reckoned = await this.#reckon(month, Date.now());
    return wantsCsv(request) ? csvFile(monthSheet(reckoned), `112-${month}`) : reckoned;
  }

  async #reckon(month: string, nowMs: number): Promise<EmergencyMonth> {
    const timezone = this.records.timezoneOf(currentContext().city);
    const span = spanOfMonth(month, timezone);
    const [incidents, calls, bookings, units, words, skipped, exercises] = await Promise.all([
      this.months.incidents(span),
      this.months.calls(span),
      this.months.bookings(span),
      this.months.units(),
      this.months.dutyWords(span),
      this.months.skipped(span),
      this.months.exercises(span),
    ]);
    const books = { incidents, calls, fromMs: span.fromMs };
    const cases = casesOf(books);
    const onDuty = { ...span, toMs: Math.min(span.toMs, nowMs) };
    const erasedBeforeMs = nowMs - CALLS_KEPT_MS;
    const areKept = span.fromMs - SAID_BEFORE_MS >= nowMs - DUTIES_KEPT_MS;
    return {
      ...{ month, reckonedAtMs: nowMs, exercises, ...figuresOf(books, cases) },
      bookings: bookingsIn(bookings),
      units: activityOf({ units, cases, duties: areKept ? { words, skipped } : undefined, span: onDuty }),
      ...(span.fromMs < erasedBeforeMs && { callsErasedBeforeMs: erasedBeforeMs }),
    };
  }
}
