import { Controller } from '@nestjs/common';
import { csvText, GetHandsetMonth, spanOfMonth, type InputOf } from '@siaga/contracts';
import { CityRecords, csvFile, currentContext, Route, wantsCsv } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { HandsetsStore } from '../handsets/handsets.store.ts';
import { RollCallsStore } from './roll-calls.store.ts';

type Row = z.infer<typeof GetHandsetMonth.answer>['items'][number];

/** The month of each radio, for the agency that pays for it. */
@Controller()
export class HandsetMonthsController {
  constructor(
    private readonly handsets: HandsetsStore,
    private readonly rolls: RollCallsStore,
    private readonly records: CityRecords,
  ) {}

  @Route(GetHandsetMonth)
  async month({ params: { month } }: InputOf<typeof GetHandsetMonth>, request: FastifyRequest) {
    const timezone = this.records.timezoneOf(currentContext().city);
    const items = await this.#rows(month, timezone);
    return wantsCsv(request) ? csvFile(sheetOf(items, timezone), `ht-${month}`) : { items };
  }

  async #rows(month: string, timezone: string): Promise<Row[]> {
    const [handsets, { rolls, answers }] = await Promise.all([
      this.handsets.all(),
      this.rolls.within(spanOfMonth(month, timezone)),
    ]);
    const asked = countOf(rolls.flatMap((roll) => roll.asked.map(({ handsetId }) => handsetId)));
    const answered = countOf(answers.map(({ handsetId }) => handsetId));
    return handsets.map(({ handsetId, agency, office, kind, simUntil, planUntil, planRp, heardAtMs }) => ({
      ...{ handsetId, agency, office, kind, asked: asked.get(handsetId) ?? 0, answered: answered.get(handsetId) ?? 0 },
      ...(simUntil !== undefined && { simUntil }),
      ...(planUntil !== undefined && { planUntil }),
      ...(planRp !== undefined && { planRp }),
      ...(heardAtMs !== undefined && { heardAtMs }),
    }));
  }
}

function countOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

const headings = ['HT', 'OPD', 'Kantor', 'Jenis', 'SIM berlaku sampai', 'Paket berlaku sampai', 'Paket (Rp/bulan)', 'Apel diminta', 'Apel dijawab', 'Terakhir terdengar']; // prettier-ignore
const kinds: Readonly<Record<Row['kind'], string>> = { cellular: 'HT seluler', phone: 'Ponsel', analogue: 'HT analog' };

function sheetOf(rows: readonly Row[], timeZone: string): string {
  const moment = new Intl.DateTimeFormat('id-ID', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const lines = rows.map(
    ({ handsetId, agency, office, kind, simUntil, planUntil, planRp, asked, answered, heardAtMs }) => [
      ...[handsetId, agency, office, kinds[kind], simUntil ?? '', planUntil ?? '', planRp ?? '', asked, answered],
      heardAtMs === undefined ? '' : moment.format(heardAtMs),
    ],
  );
  return csvText([headings, ...lines]);
}
