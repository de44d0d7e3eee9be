import { networkInterfaces } from 'node:os';

const anyAddress = (host: string) => host === '0.0.0.0' || host === '::';

/** Where a process on this machine reaches what listens on `host`. */
export function localUrl(host: string, port: number): string {
  return urlOf(anyAddress(host) ? '127.0.0.1' : host, port);
}

/** Where a phone on the same network reaches what listens on `host`: one address, or every IPv4 address of this machine. */
export function networkAddresses(host: string, port: number): string[] {
  if (!anyAddress(host)) return [urlOf(host, port)];
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return found
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => urlOf(address, port));
}

const urlOf = (host: string, port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
