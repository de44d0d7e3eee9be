import { Controller } from '@nestjs/common';
import { Fault, PrintLampLabels, type InputOf, type Lamp } from '@siaga/contracts';
import { CityRecords, currentContext, Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lampKind } from '../lamps/lamp-kind.ts';
import { answerOf } from '../register/kind.ts';
import { Things } from '../register/things.store.ts';
import { labelPage, labelPolicy } from './label-page.ts';

/** A hundred sheets of paper. */
const MOST_LABELS = 2400;

/** Labels for poles, to print. */
@Controller()
export class LabelsController {
  constructor(
    private readonly things: Things,
    private readonly records: CityRecords,
  ) {}

  @Route(PrintLampLabels)
  async print({ query }: InputOf<typeof PrintLampLabels>, request: FastifyRequest, reply: FastifyReply) {
    const { address = addressOf(request), lampId, ...filter } = query;
    const found = await this.things.all(lampKind, { _id: lampId, ...filter });
    if (found.length > MOST_LABELS)
      throw new Fault(
        'invalid',
        `${found.length.toLocaleString('id-ID')} label terlalu banyak sekaligus: pilih panel, kelurahan, atau jalan · choose fewer`,
      );
    const { city } = currentContext();
    const cityName = this.records.of(city)?.name ?? city;
    void reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': labelPolicy });
    return labelPage(
      found.map((lamp) => answerOf(lampKind, lamp) as Lamp),
      { address, city, cityName },
    );
  }
}

/** As the city was reached; nobody else reaches this machine by its own name for itself. */
function addressOf({ protocol, host, hostname }: FastifyRequest): string {
  if (/^(localhost|127\.|\[?::1)/.test(hostname))
    throw new Fault(
      'invalid',
      'address: isi alamat kota yang dapat dibuka warga, misalnya address=https://siaga.probolinggokota.go.id · the address people reach the city by',
    );
  return `${protocol}://${host}`;
}
