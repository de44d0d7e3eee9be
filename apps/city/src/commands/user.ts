import {
  Agency,
  ChangePerson,
  Fault,
  InvitePerson,
  ListPeople,
  parse,
  PersonRole,
  RenewPassword,
  type AnswerOf,
  type Client,
  type Person,
} from '@siaga/contracts';
import { z } from 'zod';
import { ownerClient, peopleUrls } from './running-city.ts';
import type { Command, CommandInput } from './command.ts';

/** `siaga user list`: who can sign in. */
export const list: Command = {
  summary: 'who can sign in, and as what',
  async run(input) {
    const people = await everybody(await ownerClient(input));
    return { answer: people, text: people.length === 0 ? 'belum ada · nobody yet' : people.map(lineOf).join('\n') };
  },
};

/** What somebody typed with commas between. */
const several = <Shape extends z.ZodType<string, string>>(shape: Shape) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(shape).min(1));

const Invited = z.object({
  name: z.string().min(1),
  role: several(PersonRole),
  agency: several(Agency).default(['command']),
});

/** `siaga user invite`: a one-time link by which somebody chooses user name and password. */
export const invite: Command = {
  summary: '--name <name> --role <role>[,…] [--agency <agency>[,…]]: a one-time link, good for 7 days',
  options: { name: { type: 'string' }, role: { type: 'string' }, agency: { type: 'string' } },
  async run(input) {
    const { name, role, agency } = parse(Invited, input.values, 'options');
    const call = await ownerClient(input);
    const made = await call(InvitePerson, { body: { displayName: name, roles: role, agencies: agency } });
    return withLinks(input, made);
  },
};

/** `siaga user block`: signed out everywhere and shut out, until `unblock`. */
export const block: Command = {
  summary: '<user name>: sign out everywhere and shut out',
  run: (input) => setBlocked(input, { blocked: true, said: 'diblokir · blocked' }),
};

/** `siaga user unblock`: may sign in again. */
export const unblock: Command = {
  summary: '<user name>: may sign in again',
  run: (input) => setBlocked(input, { blocked: false, said: 'boleh masuk lagi · may sign in again' }),
};

/** `siaga user renew-password`: a one-time link by which a person who forgot his password chooses another. */
export const renewPassword: Command = {
  summary: '<user name>: a one-time link, good for 24 h, to choose another password',
  async run(input) {
    const call = await ownerClient(input);
    const { personId } = await personOf(call, input);
    return withLinks(input, await call(RenewPassword, { params: { personId } }));
  },
};

async function setBlocked(input: CommandInput, { blocked, said }: { blocked: boolean; said: string }) {
  const call = await ownerClient(input);
  const { personId, version } = await personOf(call, input);
  const person = await call(ChangePerson, { params: { personId }, body: { version, blocked } });
  return { answer: person, text: `${person.userName}: ${said}` };
}

async function everybody(call: Client): Promise<Person[]> {
  const people: Person[] = [];
  for (let after: string | undefined; ;) {
    const { items, next } = await call(ListPeople, {
      query: { limit: 1000, ...(after === undefined ? {} : { after }) },
    });
    people.push(...items);
    if (next === undefined) return people;
    after = next;
  }
}

async function personOf(call: Client, { words: [word] }: CommandInput): Promise<Person> {
  if (word === undefined) throw new Fault('invalid', 'sebutkan nama pengguna · name a user name: siaga user list');
  const found = (await everybody(call)).find(({ userName, personId }) => [userName, personId].includes(word));
  if (found === undefined)
    throw new Fault('not-found', `tidak ada pengguna ${word} · there is no user ${word}: siaga user list`);
  return found;
}

async function withLinks(input: CommandInput, { invitation, path }: AnswerOf<typeof InvitePerson>) {
  const links = (await peopleUrls(input)).map((url) => `${url}${path}`);
  const until = new Date(invitation.expiresAtMs).toISOString();
  const text = [`${invitation.displayName}: buka sekali · open once, sampai · until ${until}`, ...links].join('\n');
  return { answer: { invitation, links }, text };
}

function lineOf({ userName, displayName, roles, agencies, blocked, lastSignInAtMs }: Person): string {
  const facts = [
    userName,
    displayName,
    roles.join(','),
    agencies.join(','),
    lastSignInAtMs === undefined
      ? 'belum pernah masuk · never signed in'
      : `masuk · signed in ${new Date(lastSignInAtMs).toISOString()}`,
    ...(blocked ? ['diblokir · blocked'] : []),
  ];
  return facts.join('  ');
}
