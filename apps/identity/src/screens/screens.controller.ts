import { Controller } from '@nestjs/common';
import { Fault, ListScreens, PairScreen, RevokeScreen, type AnswerOf, type InputOf } from '@siaga/contracts';
import { rolesOfScreen } from '@siaga/identity';
import { currentContext, Route } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { newPrincipalId } from '../people/people.store.ts';
import { refuseToGiveMore } from '../people/refuse-to-give-more.ts';
import { PairingLimits } from './pairing-limits.ts';
import { PairingsStore } from './pairings.store.ts';
import { ScreensStore, shownScreen } from './screens.store.ts';
import { readUserCode } from './user-code.ts';

/** Screens on walls, for their administrators. */
@Controller()
export class ScreensController {
  constructor(
    private readonly screens: ScreensStore,
    private readonly pairings: PairingsStore,
    private readonly limits: PairingLimits,
  ) {}

  @Route(PairScreen)
  async pair({ body }: InputOf<typeof PairScreen>, request: FastifyRequest): Promise<AnswerOf<typeof PairScreen>> {
    const { principal, press: once } = currentContext();
    const agencies = [...new Set(body.agencies)];
    refuseToGiveMore(principal, { agencies, roles: rolesOfScreen });
    this.limits.typeCode(principal.id, request.ip);
    const userCode = readUserCode(body.userCode);
    const { displayName } = body;
    const screen = { screenId: newPrincipalId(), displayName, agencies, pairedAtMs: Date.now() };
    const paired = userCode === undefined ? undefined : await this.pairings.pair(userCode, screen, once);
    if (paired === undefined) throw wrongCode();
    return shownScreen(await this.screens.ensure(paired.screen));
  }

  @Route(ListScreens)
  list({ query }: InputOf<typeof ListScreens>): Promise<AnswerOf<typeof ListScreens>> {
    return this.screens.page(currentContext().principal, query);
  }

  @Route(RevokeScreen)
  async revoke({ params }: InputOf<typeof RevokeScreen>): Promise<AnswerOf<typeof RevokeScreen>> {
    await this.screens.revoke(currentContext().principal, params.screenId);
    return {};
  }
}

const wrongCode = () =>
  new Fault(
    'not-found',
    'tidak ada layar dengan kode ini, atau kodenya sudah kedaluwarsa: lihat lagi di layar · no screen shows this code, or it has run out: look at the screen again',
  );
