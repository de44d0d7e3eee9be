import { neighbourhoodOf } from '@siaga/service';

/** Of connections that have not proven to be anybody; controllers of a whole city may stand behind one address. */
const MOST = 2000;
const MOST_OF_ADDRESS = 500;

/** Counts connections of which nobody knows whose they are, from their first packet on: with TLS before the handshake. */
export class Crowd {
  readonly #near = new Map<string, number>();
  #all = 0;

  /** Takes a place for a connection; answers how it is given back, which counts once, or undefined when there is none left. */
  enter(address: string): (() => void) | undefined {
    const from = neighbourhoodOf(address);
    const near = this.#near.get(from) ?? 0;
    if (near >= MOST_OF_ADDRESS || this.#all >= MOST) return undefined;
    this.#near.set(from, near + 1);
    this.#all += 1;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#all -= 1;
      const left = (this.#near.get(from) ?? 1) - 1;
      if (left === 0) this.#near.delete(from);
      else this.#near.set(from, left);
    };
  }
}
