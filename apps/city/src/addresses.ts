import { networkInterfaces } from 'node:os';

export type Scheme = 'http' | 'https';

/** What a process listens on. */
export interface Listening {
  scheme: Scheme;
  host: string;
  port: number;
}

const isAnyAddress = (host: string) => host === '0.0.0.0' || host === '::';

/** Where a process on this machine reaches it. */
export function localUrl({ host, ...listening }: Listening): string {
  return urlOf({ ...listening, host: isAnyAddress(host) ? '127.0.0.1' : host });
}

/** Where a phone on the same network reaches it: one address, or every IPv4 address of this machine. */
export function networkUrls({ host, ...listening }: Listening): string[] {
  const hosts = isAnyAddress(host) ? networkAddresses().filter((address) => !address.includes(':')) : [host];
  return hosts.map((address) => urlOf({ ...listening, host: address }));
}

/** Every address by which other machines may know this one, without those that hold on one cable only. */
export function networkAddresses(): string[] {
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return found
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address);
}

const urlOf = ({ scheme, host, port }: Listening) =>
  `${scheme}://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
