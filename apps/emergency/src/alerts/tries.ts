/** How one try of an alert went. `gone`: no other try will do better. */
export type Try = 'taken' | { readonly why: string; readonly gone?: true };

/** The crew is another by now. */
export const ridesNoMore = 'bukan awak unit ini lagi · not of this crew any more';

/** What an address answered; undefined: it took it. */
export const refusalOf = (status: number): string | undefined =>
  status >= 200 && status < 300 ? undefined : `menjawab ${String(status)} · answered ${String(status)}`;

/** It understood, and does not want it: 408 and 429 are asked again. */
export const isFinal = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429;

/** Longer is tried again: the crew has 30 s to answer. */
export const WITHIN_MS = 4000;
/** Between tries, the last one repeated. */
export const pausesMs: readonly number[] = [5000, 8000, 10_000];
