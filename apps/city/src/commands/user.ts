import {
  Agency,
  ChangePerson,
  ErasePerson,
  Fault,
  InvitePerson,
  ListPeople,
  Person,
  PersonRole,
  RenewPassword,
  type AnswerOf,
  type Client,
} from '@siaga/contracts';
import { z } from 'zod';
import { optionsOf } from '../option-words.ts';
import { confirmed } from './confirmed.ts';
import { ownerClient, peopleUrls } from './running-city.ts';
import type { Command, CommandInput } from './command.ts';
import { siagaCommand } from '../siaga-command.ts';

/** `siaga user list`: who can sign in. */
export const list: Command = {
  summary: 'siapa yang bisa masuk, dan sebagai apa · who can sign in, and as what',
  async run(input) {
    const people = await everybody(await ownerClient(input));
    const lines = people.map((person) => lineOf(person, input));
    return { answer: people, text: lines.length === 0 ? 'belum ada · nobody yet' : lines.join('\n') };
  },
};

/** What somebody typed with commas between. */
const several = <Shape extends z.ZodType<string, string>>(shape: Shape) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(shape).min(1));

const Invited = z.object({
  name: Person.shape.displayName,
  role: several(PersonRole),
  agency: several(Agency).optional(),
});

/** Whom somebody works for decides what he sees, so it is never guessed; the city's administrator is of the command center. */
function agenciesOf({ role, agency }: z.output<typeof Invited>): Agency[] {
  if (agency !== undefined) return agency;
  if (role.every((one) => one === 'city-admin')) return ['command'];
  throw new Fault(
    'invalid',
    `--agency: sebutkan OPD-nya · name the agency: ${Agency.options.join(', ')} (${siagaCommand('user invite --name <nama> --role <peran> --agency <OPD>')})`,
  );
}

/** `siaga user invite`: a one-time link by which somebody chooses user name and password. */
export const invite: Command = {
  summary: 'tautan undangan sekali pakai, 7 hari · a one-time link, good for 7 days',
  usage: '--name <nama · name> --role <peran · role>[,…] [--agency <OPD · agency>[,…]]',
  options: { name: { type: 'string' }, role: { type: 'string' }, agency: { type: 'string' } },
  async run(input) {
    const invited = optionsOf(Invited, input.values);
    const { name, role } = invited;
    const agencies = agenciesOf(invited);
    const call = await ownerClient(input);
    const made = await call(InvitePerson, { body: { displayName: name, roles: role, agencies } });
    return withLinks(input, made);
  },
};

const ofOnePerson = { usage: '<nama pengguna · user name>', mostWords: 1 };

/** `siaga user block`: signed out everywhere and shut out, until `unblock`. */
export const block: Command = {
  summary: 'keluarkan di mana-mana dan tutup pintunya · sign out everywhere and shut out',
  ...ofOnePerson,
  run: (input) => setBlocked(input, { blocked: true, said: 'diblokir · blocked' }),
};

/** `siaga user unblock`: may sign in again. */
export const unblock: Command = {
  summary: 'boleh masuk lagi · may sign in again',
  ...ofOnePerson,
  run: (input) => setBlocked(input, { blocked: false, said: 'boleh masuk lagi · may sign in again' }),
};

/** `siaga user renew-password`: a one-time link by which a person who forgot his password chooses another. */
export const renewPassword: Command = {
  summary: 'tautan sekali pakai, 24 jam, untuk sandi baru · a one-time link, good for 24 h, to choose another password',
  ...ofOnePerson,
  async run(input) {
    const call = await ownerClient(input);
    const { personId } = await personOf(call, input);
    return withLinks(input, await call(RenewPassword, { params: { personId } }));
  },
};

/** `siaga user erase`: the right to be forgotten. What the person did stays in the trail, under a pseudonym. */
export const erase: Command = {
  summary: 'hapus jati diri seseorang, untuk selamanya · erase who somebody is, for good',
  usage: `${ofOnePerson.usage} [--yes]`,
  mostWords: 1,
  options: { yes: { type: 'boolean' } },
  async run(input) {
    const call = await ownerClient(input);
    const { personId, userName, displayName } = await personOf(call, input);
    await confirmed(input, {
      word: userName,
      question: `Nama, sandi, alamat dan alasan ${displayName} dihapus; yang pernah dilakukannya tinggal tanpa nama. Tidak bisa dibatalkan.
Name, password, addresses and reasons of ${displayName} are erased; what was done stays without a name. There is no way back.`,
    });
    await call(ErasePerson, { params: { personId } });
    return { answer: { personId, erased: true }, text: `${userName}: dihapus · erased (${personId})` };
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
  if (word === undefined)
    throw new Fault('invalid', `sebutkan nama pengguna · name a user name: ${siagaCommand('user list')}`);
  const found = (await everybody(call)).find(({ userName, personId }) => [userName, personId].includes(word));
  if (found === undefined)
    throw new Fault('not-found', `tidak ada pengguna ${word} · there is no user ${word}: ${siagaCommand('user list')}`);
  return found;
}

async function withLinks(input: CommandInput, { invitation, path }: AnswerOf<typeof InvitePerson>) {
  const links = (await peopleUrls(input)).map((url) => `${url}${path}`);
  const until = input.timeOf(invitation.expiresAtMs);
  const text = [`${invitation.displayName}: buka sekali, sampai · open once, until ${until}`, ...links].join('\n');
  return { answer: { invitation, links }, text };
}

function lineOf(
  { userName, displayName, roles, agencies, blocked, lastSignInAtMs }: Person,
  { timeOf }: CommandInput,
): string {
  const facts = [
    userName,
    displayName,
    roles.join(','),
    agencies.join(','),
    lastSignInAtMs === undefined
      ? 'belum pernah masuk · never signed in'
      : `masuk · signed in ${timeOf(lastSignInAtMs)}`,
    ...(blocked ? ['diblokir · blocked'] : []),
  ];
  return facts.join('  ');
}
