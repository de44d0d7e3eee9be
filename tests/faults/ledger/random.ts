import { createHash } from 'node:crypto';

/** Decisions that repeat by their seed. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number from 0 up to `end`, without it. */
  below(end: number): number;
  /** Whether something of this probability happens. */
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** Another source of the same seed: what one draws changes nothing for the other. */
  branch(name: string): Random;
}

/** The same `seed` gives the same numbers on every machine. */
export function randomFrom(seed: string): Random {
  let drawn = 0;
  const next = () => createHash('sha256').update(`${seed}/${drawn++}`).digest().readUInt32BE() / 2 ** 32;
  const below = (end: number) => Math.floor(next() * end);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
    branch: (name) => randomFrom(`${seed}/${name}`),
  };
}
