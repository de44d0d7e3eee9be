import type { LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { names } from './name-look-ups.ts';

/** Some networks, like `10.20.0.0/16` or `10.30.1.5`; throws for what is none. */
export class Networks {
  readonly #list = new BlockList();

  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [address = '', prefix = ''] = network.trim().split('/');
      const family = isIP(address);
      const bits = prefix === '' ? (family === 6 ? 128 : 32) : Number(prefix);
      if (family === 0 || !Number.isInteger(bits)) throw new Error(`${network} is no network like 10.20.0.0/16`);
      this.#list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
    }
  }

  has({ address, family }: LookupAddress): boolean {
    return this.#list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  }
}

/** The host of an address as sockets take it. */
export const hostOfUrl = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** An address that was given as such. */
export const literalAddress = (address: string): LookupAddress => ({ address, family: isIP(address) });

/**
 * Looks names up for a socket, and answers only what `refuse` does not throw at: the address connected to is the one that
 * was looked at, so a name that answers differently the second time gains nothing. A socket does not look up what is an
 * address already: that is for its caller to refuse.
 */
export const guardedLookup =
  (refuse: (found: readonly LookupAddress[]) => void, lookUps = names): LookupFunction =>
  (host, options, answer) => {
    const tell = (found: LookupAddress[]) => {
      try {
        refuse(found);
      } catch (refusal) {
        answer(refusal as NodeJS.ErrnoException, []);
        return;
      }
      const [first] = found;
      if (options.all === true || first === undefined) answer(null, found);
      else answer(null, first.address, first.family);
    };
    lookUps.of(host).then(tell, (error: unknown) => {
      answer(error as NodeJS.ErrnoException, []);
    });
  };
