import { Injectable } from '@nestjs/common';
import { Fault, type Bill, type MeterReading, type StreetMonth } from '@siaga/contracts';
import { kelurahan } from '@siaga/geo';
import { CityRecords, currentContext } from '@siaga/service';
import { trusted } from '@siaga/store';
import { lampKind } from '../lamps/lamp-kind.ts';
import { panelKind } from '../panels/panel-kind.ts';
import { answerOf, type Kind } from '../register/kind.ts';
import { Things, type Filter } from '../register/things.store.ts';
import { billKind } from './bill-kind.ts';
import { booksOf, type Books, type PaidLamp, type PaidPanel } from './connections.ts';
import { findingsOf, notJudged } from './findings.ts';
import { monthOf } from './month.ts';
import { readingKind } from './reading-kind.ts';
import { MonthDarknesses } from './month-darkness.ts';
import { monthAfter, spanOf } from './calendar.ts';

/** Readings are taken up to a few days off the first of a month. */
const BEYOND_DAYS = 7;

/** The months of the context's city, reckoned from its registers when they are asked for. */
@Injectable()
export class Months {
  constructor(
    private readonly things: Things,
    private readonly records: CityRecords,
    private readonly darkness: MonthDarknesses,
  ) {}

  async energy(month: string): Promise<StreetMonth> {
    const names = new Map(kelurahan().map(({ code, name }) => [code, name]));
    return monthOf(month, (await this.books(month)).books, (code) => names.get(code));
  }

  async findings(month: string) {
    const { books, known } = await this.books(month);
    return { month, items: findingsOf(books, known), notJudged: notJudged(books, known) };
  }

  private async books(month: string): Promise<{ books: Books; known: { bills: boolean; billsBefore: boolean } }> {
    const { city } = currentContext();
    const place = this.records.of(city)?.centre;
    if (place === undefined)
      throw new Fault('invalid', `letak kota ${city} belum dicatat: npm run -s siaga -- city add · where is it?`);
    const before = monthAfter(month, -1);
    const [panels, lamps, bills, readings] = await Promise.all([
      this.all<PaidPanel>(panelKind),
      this.all<PaidLamp>(lampKind),
      this.all<Bill>(billKind, { month: trusted({ $in: [before, month] }) }),
      this.all<MeterReading>(readingKind, { day: trusted(aroundOf(month)) }),
    ]);
    const known = {
      bills: bills.some((bill) => bill.month === month),
      billsBefore: bills.some((bill) => bill.month === before),
    };
    const darkness = await this.darkness.of(month, place);
    return { books: booksOf({ month, place, panels, lamps, bills, readings, darkness }), known };
  }

  private async all<Thing>(kind: Kind, filter: Filter = {}): Promise<Thing[]> {
    return (await this.things.all(kind, filter)).map((document) => answerOf(kind, document) as Thing);
  }
}

function aroundOf(month: string) {
  const { fromDay, toDay } = spanOf(month);
  const shifted = (day: string, days: number) =>
    new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
  return { $gte: shifted(fromDay, -BEYOND_DAYS), $lte: shifted(toDay, BEYOND_DAYS) };
}
