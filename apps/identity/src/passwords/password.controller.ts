import { Controller } from '@nestjs/common';
import { ChangePassword, Fault, type AnswerOf, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { PeopleStore } from '../people/people.store.ts';
import { SessionsStore } from '../sessions/sessions.store.ts';
import { SignInTries } from '../sign-in/sign-in-tries.store.ts';
import { PersonPasswords } from './person-passwords.ts';
import { refuseWeak } from './weak-passwords.ts';

/** My own password. */
@Controller()
export class PasswordController {
  constructor(
    private readonly people: PeopleStore,
    private readonly passwords: PersonPasswords,
    private readonly sessions: SessionsStore,
    private readonly tries: SignInTries,
  ) {}

  @Route(ChangePassword)
  async change({ body }: InputOf<typeof ChangePassword>): Promise<AnswerOf<typeof ChangePassword>> {
    const { id, sessionId } = currentContext().principal;
    const person = await this.people.find(id);
    if (person === undefined)
      throw new Fault('forbidden', 'akun ini tidak memakai kata sandi · this account has no password');
    refuseWeak(body.next, { at: 'next', names: [person.userName, person.displayName] });
    // whoever found a desk unlocked shall not guess on
    const key = `change/${id}`;
    await this.tries.charge(key);
    await this.passwords.change(person, body);
    await this.tries.forget(key);
    if (sessionId !== undefined) await this.sessions.goOn(sessionId, person.passwordNumber + 1);
    await this.sessions.endAllOf(id, sessionId);
    return {};
  }
}
