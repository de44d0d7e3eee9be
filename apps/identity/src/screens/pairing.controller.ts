import { Controller } from '@nestjs/common';
import { BeginPairing, ClaimPairing, Fault, type AnswerOf, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CityOfVisitor } from '../city-of-visitor.ts';
import { PairingLimits } from './pairing-limits.ts';
import { pairingIdOf, PairingsStore } from './pairings.store.ts';
import { ScreenEntry } from './screen-entry.ts';
import { spelled } from './user-code.ts';

/** Seconds between two questions of a screen that waits. */
const INTERVAL_S = 5;

/** The screen's side of pairing. */
@Controller()
export class PairingController {
  constructor(
    private readonly pairings: PairingsStore,
    private readonly entry: ScreenEntry,
    private readonly limits: PairingLimits,
    private readonly cities: CityOfVisitor,
  ) {}

  @Route(BeginPairing)
  async begin(
    { query }: InputOf<typeof BeginPairing>,
    request: FastifyRequest,
  ): Promise<AnswerOf<typeof BeginPairing>> {
    this.limits.begin(request.ip);
    const run = () => this.pairings.begin();
    const { userCode, ...begun } = await this.cities.named(query.city, { run, unknown: noSuchCity });
    return { ...begun, userCode: spelled(userCode), intervalS: INTERVAL_S };
  }

  @Route(ClaimPairing)
  claim(
    { body }: InputOf<typeof ClaimPairing>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<AnswerOf<typeof ClaimPairing>> {
    this.limits.claim(pairingIdOf(body.deviceCode));
    return this.cities.ofSecret(body.deviceCode, () => this.entry.claim(body.deviceCode, { request, reply }));
  }
}

const noSuchCity = () =>
  new Fault('not-found', 'tidak ada kota dengan kode ini di sini · no city with this code is served here');
