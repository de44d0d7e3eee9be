import { createClient, Fault, type Client } from '@siaga/contracts';
import { signToken } from '@siaga/service/principal';
import type { DataFolder, RunningCity } from '../data-folder.ts';
import type { CommandInput } from './command.ts';

/** The city that runs on this data folder, or a sentence on how to start it. */
export async function runningCity(data: DataFolder): Promise<RunningCity> {
  const running = await data.running();
  if (running !== undefined) return running;
  data.assertCity();
  throw new Fault(
    'unavailable',
    `Kota di ${data.folder} belum berjalan: nyalakan dengan npm start (atau tunggu, bila baru saja), atau sebutkan folder lain dengan SIAGA_DATA.
The city in ${data.folder} does not run yet: start it with npm start (or wait, if you just did), or name another folder with SIAGA_DATA.`,
  );
}

/** Where the city answers our commands: `GATEWAY_URL`, or the one that runs on the data folder. */
export async function cityUrl({ gatewayUrl, data }: Pick<CommandInput, 'gatewayUrl' | 'data'>): Promise<string> {
  return gatewayUrl ?? (await runningCity(data)).plainUrl;
}

/** Where people open the city: every address that a link may begin with. */
export async function peopleUrls({ gatewayUrl, data }: Pick<CommandInput, 'gatewayUrl' | 'data'>): Promise<string[]> {
  if (gatewayUrl !== undefined) return [gatewayUrl];
  const { addresses, url } = await runningCity(data);
  return addresses.length > 0 ? addresses : [url];
}

/** Calls of the machine's owner: who may read the secret that signs tokens may do everything, also when all forgot their passwords. */
export async function ownerClient({ data, city, gatewayUrl }: CommandInput): Promise<Client> {
  const baseUrl = await cityUrl({ data, gatewayUrl });
  const owner = {
    id: 'machine-owner',
    kind: 'service',
    city,
    agencies: ['command'],
    roles: ['city-admin'],
    exercise: false,
  } as const;
  return createClient({ baseUrl, token: await signToken(owner, await data.secret(), '5m') });
}
