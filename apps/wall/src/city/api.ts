import { createClient, Fault, type RouteContract } from '@siaga/contracts';
import { screenToken } from './token.ts';

const token = screenToken();

/** Every REST call of the wall, by contract. Same origin: the gateway that served the page. */
export const call = createClient({ baseUrl: '', ...(token !== undefined && { token }) });

/** Fetches what a route answers as a file and hands it to the browser to save. */
export async function download({ path }: Pick<RouteContract, 'path'>, fileName: string): Promise<void> {
  const response = await fetch(path, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Fault('unavailable', `HTTP ${String(response.status)}`);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

/** A key for one press of a button. `crypto.randomUUID` is missing where a wall is opened by plain http on the network. */
export function pressKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What went wrong, in words for the person who pressed. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
