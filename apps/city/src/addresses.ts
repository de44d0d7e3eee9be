import { networkInterfaces } from 'node:os';

/** `http://…` addresses of this machine that a phone on the same network can reach; IPv4, no loopback. */
export function networkAddresses(port: number): string[] {
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return found
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `http://${address}:${port}`);
}
