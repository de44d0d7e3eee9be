import { Injectable } from '@nestjs/common';
import { Fault, type AnswerOf, type InputOf, type ListScreens, type PairedScreen } from '@siaga/contracts';
import { mayManage, rolesOfScreen } from '@siaga/identity';
import type { Principal } from '@siaga/service';
import { Store, trusted } from '@siaga/store';
import { withinAgencies } from '../people/within-scope.ts';
import { sessions, type StoredSession } from '../sessions/session-document.ts';
import { SessionsStore } from '../sessions/sessions.store.ts';
import type { PairedPairing } from './pairings.store.ts';
import { screens, type StoredScreen } from './screen-document.ts';

/** Paired screens, and who administers them: nobody else's exist for him. */
@Injectable()
export class ScreensStore {
  constructor(
    private readonly store: Store,
    private readonly sessions: SessionsStore,
  ) {}

  /** The screen of a pairing, made by whoever comes first: the administrator's request, or the screen after a crash. */
  async ensure({ screenId, ...screen }: PairedPairing['screen']): Promise<StoredScreen> {
    const known = await this.store.find(screens, screenId);
    if (known !== undefined) return known;
    const made = await this.store.createIfFree(screens, { _id: screenId, ...screen, revoked: false });
    return made ?? this.store.get(screens, screenId);
  }

  /** By name; revoked ones, too; `q` searches names. */
  async page(
    admin: Principal,
    { limit, after, q }: InputOf<typeof ListScreens>['query'],
  ): Promise<AnswerOf<typeof ListScreens>> {
    const search = { text: q, fields: ['displayName'] };
    const where = withinAgencies(admin) as never;
    const page = await this.store.page(screens, { where, search, sort: 'displayName', limit, after });
    const seenAtMs = await this.lastSeen(page.items.map(({ _id }) => _id));
    return { ...page, items: page.items.map((screen) => shownScreen(screen, seenAtMs.get(screen._id))) };
  }

  /** Throws `not-found`, with the same words for none and for one that is not this administrator's. */
  async revoke(admin: Principal, screenId: string): Promise<void> {
    const screen = await this.store.find(screens, screenId);
    if (screen === undefined || !mayManage(admin, { agencies: screen.agencies, roles: rolesOfScreen }))
      throw new Fault('not-found', 'layar ini tidak ada · there is no such screen');
    await this.store.change(screens, { where: { _id: screenId, revoked: false }, change: { $set: { revoked: true } } });
    await this.sessions.endAllOf(screenId);
  }

  /** Ends a session of a screen that has another one. */
  async endSession(screenId: string, sessionId: string): Promise<void> {
    await this.sessions.end({ _id: sessionId, principalId: screenId });
  }

  /** When each was last heard of, epoch ms. */
  private async lastSeen(screenIds: readonly string[]): Promise<Map<string, number>> {
    const found = await this.store
      .of(sessions)
      .find({ principalId: trusted({ $in: [...screenIds] }) } as never)
      .sort({ lastSeenAtMs: 1 })
      .lean<StoredSession[]>();
    return new Map(found.map(({ principalId, lastSeenAtMs }) => [principalId, lastSeenAtMs]));
  }
}

/** A screen as administrators see it. */
export function shownScreen(screen: StoredScreen, lastSeenAtMs?: number): PairedScreen {
  const { _id: screenId, displayName, agencies, revoked, pairedAtMs } = screen;
  const seen = lastSeenAtMs === undefined ? {} : { lastSeenAtMs };
  return { screenId, displayName, agencies, revoked, pairedAtMs, ...seen };
}
