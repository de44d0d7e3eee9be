import { Controller } from '@nestjs/common';
import { EndSession, Fault, ListSessions, type AnswerOf, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import type { StoredSession } from '../sessions/session-document.ts';
import { SessionsStore } from '../sessions/sessions.store.ts';
import { PeopleRegister } from './register.store.ts';

/** Where people are signed in: each sees and ends his own sessions, administrators those of whom they administer. */
@Controller()
export class PersonSessionsController {
  constructor(
    private readonly sessions: SessionsStore,
    private readonly register: PeopleRegister,
  ) {}

  @Route(ListSessions)
  async list({ params }: InputOf<typeof ListSessions>): Promise<AnswerOf<typeof ListSessions>> {
    await this.refuseStrangers(params.personId);
    const current = currentContext().principal.sessionId;
    return { items: (await this.sessions.openOf(params.personId)).map((session) => shown(session, current)) };
  }

  @Route(EndSession)
  async end({ params }: InputOf<typeof EndSession>): Promise<AnswerOf<typeof EndSession>> {
    await this.refuseStrangers(params.personId);
    if (await this.sessions.end({ _id: params.sessionId, principalId: params.personId })) return {};
    throw new Fault('not-found', 'sesi ini tidak ada atau sudah berakhir · there is no such session, or it is over');
  }

  private async refuseStrangers(personId: string): Promise<void> {
    const { principal } = currentContext();
    if (principal.id !== personId) await this.register.get(principal, personId);
  }
}

function shown(session: StoredSession, current: string | undefined): AnswerOf<typeof ListSessions>['items'][number] {
  const { _id: sessionId, principalId, createdAtMs, lastSeenAtMs, userAgent, address } = session;
  return { sessionId, principalId, createdAtMs, lastSeenAtMs, userAgent, address, current: sessionId === current };
}
