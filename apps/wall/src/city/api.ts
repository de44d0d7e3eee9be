import { Fault, type RouteContract } from '@siaga/contracts';
import { session } from '../session/session.ts';

/** Every REST call of the wall, by contract, as who is signed in. Same origin: the gateway that served the page. */
export const { call } = session;

/** Fetches what a route answers as a file and hands it to the browser to save; `accept` where it answers more than one kind. */
export async function download(
  { path, accept = '*/*' }: Pick<RouteContract, 'path'> & { accept?: string },
  fileName: string,
): Promise<void> {
  const file = await session.around(async () => {
    const response = await fetch(path, { headers: { accept } });
    if (response.status === 401) throw new Fault('unauthenticated', `HTTP ${String(response.status)}`);
    if (!response.ok) throw new Fault('unavailable', `HTTP ${String(response.status)}`);
    return response.blob();
  });
  save(file, fileName);
}

/** Hands a file to the browser to save. */
export function save(file: Blob, fileName: string): void {
  const address = URL.createObjectURL(file);
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
