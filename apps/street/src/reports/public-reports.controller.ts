import { createHash } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { Fault, ReadReportAnswer, ReportFromPole, type InputOf, type ReportAnswer } from '@siaga/contracts';
import { currentContext, neighbourhoodOf, RateLimit, Route, tooMany } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { LampsNamed } from './lamps-named.ts';
import { ReportsStore } from './reports.store.ts';

/** The one door of the service that is open to everybody: by the code on a pole, and back by the key of the answer. */
@Controller()
export class PublicReportsController {
  /** A whole kampung may stand behind one address of a provider; the block of a street is reported in one go. */
  readonly #ofAddress = new RateLimit({ perSecond: 1 / 30, burst: 20 });
  /** Ten who stand below one dark lamp are enough. */
  readonly #ofPole = new RateLimit({ perSecond: 1 / 60, burst: 10 });
  /** Whatever is made up: the desk is not buried. */
  readonly #ofAll = new RateLimit({ perSecond: 1, burst: 300 });
  readonly #answers = new RateLimit({ perSecond: 1, burst: 60 });

  constructor(
    private readonly reports: ReportsStore,
    private readonly lamps: LampsNamed,
  ) {}

  @Route(ReportFromPole)
  async report({ body }: InputOf<typeof ReportFromPole>, { ip }: FastifyRequest) {
    const { key, ...told } = body;
    welcome(this.#ofAddress, neighbourhoodOf(ip));
    welcome(this.#ofPole, told.lampId);
    welcome(this.#ofAll, 'all');
    const lamp = await this.lamps.find(told.lampId);
    await this.reports.take({ ...told, lamp, source: 'public', voiceId: voiceIdOf(key) });
    return {};
  }

  @Route(ReadReportAnswer)
  async answer({ body }: InputOf<typeof ReadReportAnswer>, { ip }: FastifyRequest): Promise<ReportAnswer> {
    welcome(this.#answers, neighbourhoodOf(ip));
    const heard = await this.reports.heard(voiceIdOf(body.key));
    if (heard === undefined)
      throw new Fault(
        'not-found',
        'laporan tidak ditemukan: tautan salah, atau sudah lewat 90 hari · no such report, or it is too long ago',
      );
    const { trouble, status, plannedOn, answer, changedAtMs } = heard.report;
    return {
      ...{ trouble, status, toldAtMs: heard.voice.atMs, changedAtMs },
      ...(plannedOn === undefined || status !== 'scheduled' ? {} : { plannedOn }),
      ...(answer === undefined ? {} : { answer }),
    };
  }
}

/** The store never has the key itself: who reads it could not open an answer. */
const voiceIdOf = (key: string) => createHash('sha256').update(key).digest('hex');

/** Of each city by itself: what is made up for one closes no other's door, and pole numbers repeat. */
function welcome(limit: RateLimit, who: string): void {
  const retryAfterS = limit.take(`${currentContext().city}/${who}`);
  if (retryAfterS > 0) throw tooMany({ door: 'api', because: 'address', retryAfterS });
}
