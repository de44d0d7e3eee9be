import { randomUUID } from 'node:crypto';
import { Controller } from '@nestjs/common';
import {
  DismissStreetReport,
  Fault,
  GetStreetReport,
  ListStreetReports,
  MakeStreetReport,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { LampsNamed } from './lamps-named.ts';
import { detailsOf, reportOf } from './report-document.ts';
import { ReportsStore } from './reports.store.ts';

/** Reports of people, as the desk takes and answers them. */
@Controller()
export class ReportsController {
  constructor(
    private readonly reports: ReportsStore,
    private readonly lamps: LampsNamed,
  ) {}

  @Route(MakeStreetReport)
  async make({ body }: InputOf<typeof MakeStreetReport>) {
    const { lampId } = body;
    const lamp = lampId === undefined ? undefined : await this.lamps.find(lampId);
    if (lampId !== undefined && lamp === undefined)
      throw new Fault('invalid', `lampId: lampu ${lampId} tidak terdaftar · there is no such lamp`);
    const voiceId = currentContext().press?.key ?? randomUUID();
    return reportOf(await this.reports.take({ ...body, lamp, voiceId }));
  }

  @Route(ListStreetReports)
  async list({ query }: InputOf<typeof ListStreetReports>) {
    const { items, next } = await this.reports.page(query);
    return { items: items.map(reportOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(GetStreetReport)
  async get({ params }: InputOf<typeof GetStreetReport>) {
    return detailsOf(await this.reports.withVoices(params.reportId));
  }

  @Route(DismissStreetReport)
  async dismiss({ params: { reportId }, body: { answer } }: InputOf<typeof DismissStreetReport>) {
    const closed = await this.reports.turn(reportId, ({ status, workOrderId }) => {
      if (workOrderId !== undefined && status !== 'done')
        throw new Fault(
          'conflict',
          `laporan ini ada di perintah kerja ${workOrderId}: batalkan dahulu · a work order holds it`,
        );
      if (status !== 'accepted') throw new Fault('conflict', 'laporan ini sudah ditutup · this report is closed');
      return { status: 'dismissed', answer, closedAtMs: Date.now() };
    });
    if (closed === undefined) throw new Fault('conflict', 'laporan ini sudah ditutup · this report is closed');
    return reportOf(closed);
  }
}
