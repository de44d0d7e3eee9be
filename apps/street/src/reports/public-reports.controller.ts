import { createHash } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { Fault, ReadReportAnswer, ReportFromPole, type InputOf, type ReportAnswer } from '@siaga/contracts';
import { currentContext, inCity, neighbourhoodOf, RateLimit, Route, RouteSettings, tooMany } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { LampsNamed } from './lamps-named.ts';
import { poleOfCode } from './pole-of-code.ts';
import { ReportsStore } from './reports.store.ts';

/** The one door of the service that is open to everybody: by the code on a pole, and back by the key of the answer. */
@Controller()
export class PublicReportsController {
  /** A whole kampung may stand behind one address of a provider; the block of a street is reported in one go. */
  readonly #ofAddress = new RateLimit({ perSecond: 1 / 30, burst: 20 });
  /** Ten who stand below one dark lamp are enough. */
  readonly #ofPole = new RateLimit({ perSecond: 1 / 60, burst: 10 });
  /** Labels older than the register are few; made-up ones are as many as somebody likes. */
  readonly #strange = new RateLimit({ perSecond: 1 / 3600, burst: 3 });
  /** Whatever is made up: the desk is not buried. */
  readonly #ofAll = new RateLimit({ perSecond: 1, burst: 300 });
  readonly #answers = new RateLimit({ perSecond: 1, burst: 60 });

  constructor(
    private readonly reports: ReportsStore,
    private readonly lamps: LampsNamed,
    private readonly settings: RouteSettings,
  ) {}

  @Route(ReportFromPole)
  async report({ body }: InputOf<typeof ReportFromPole>, { ip }: FastifyRequest) {
    const { key, city: named, lampId: code, ...told } = body;
    const { city, lampId } = poleOfCode({ city: named, lampId: code }, this.settings);
    await inCity(city, async () => {
      welcome(this.#ofAddress, neighbourhoodOf(ip));
      welcome(this.#ofPole, lampId);
      welcome(this.#ofAll, 'all');
      const lamp = await this.lamps.find(lampId);
      if (lamp === undefined) welcome(this.#strange, neighbourhoodOf(ip), 'tiang yang tidak terdaftar:');
      await this.reports.take({ ...told, lampId, lamp, source: 'public', voiceId: voiceIdOf(key) });
    });
    return {};
  }

  @Route(ReadReportAnswer)
  async answer({ body }: InputOf<typeof ReadReportAnswer>, { ip }: FastifyRequest): Promise<ReportAnswer> {
    const { city } = poleOfCode({ city: body.city, lampId: '' }, this.settings);
    return inCity(city, async () => {
      welcome(this.#answers, neighbourhoodOf(ip));
      const heard = await this.reports.heard(voiceIdOf(body.key));
      if (heard === undefined) throw noSuchReport();
      const { trouble, status, plannedOn, answer, changedAtMs } = heard.report;
      return {
        ...{ trouble, status, toldAtMs: heard.atMs, changedAtMs },
        ...(plannedOn === undefined || status !== 'scheduled' ? {} : { plannedOn }),
        ...(answer === undefined ? {} : { answer }),
      };
    });
  }
}

/** The store never has the key itself: who reads it could not open an answer. */
const voiceIdOf = (key: string) => createHash('sha256').update(key).digest('hex');

const noSuchReport = () =>
  new Fault(
    'not-found',
    'laporan tidak ditemukan: tautan salah, atau sudah lewat 90 hari · no such report, or it is too long ago',
  );

/** Of each city by itself: what is made up for one closes no other's door, and pole numbers repeat. */
function welcome(limit: RateLimit, key: string, who?: string): void {
  const retryAfterS = limit.take(`${currentContext().city}/${key}`);
  if (retryAfterS > 0) throw tooMany({ door: 'api', because: 'address', retryAfterS, ...(who && { who }) });
}
