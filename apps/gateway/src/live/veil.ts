import { maskOfShape, type AnyEvent, type Mask } from '@siaga/contracts';
import { classesIn, sightIn, WHOLE, type Eyes, type Sight } from './eyes.ts';

/** The data of a value with fields of a class, as different eyes see it: masked once per sight, when somebody first looks. */
export class Veil {
  readonly #data: unknown;
  readonly #mask: Mask;
  readonly #bySight = new Map<Sight, unknown>();

  constructor(data: unknown, mask: Mask) {
    this.#data = data;
    this.#mask = mask;
  }

  /** The same object for the same sight. */
  through(eyes: Eyes): unknown {
    const sight = sightIn(eyes);
    if (sight === WHOLE) return this.#data;
    let shown = this.#bySight.get(sight);
    if (shown === undefined) this.#bySight.set(sight, (shown = this.#mask(this.#data, classesIn(sight)) ?? null));
    return shown;
  }
}

/** The veil over a value; undefined, and nothing is spent on it, when its contract has no fields of a class. */
export function veilOf(event: AnyEvent, data: unknown): Veil | undefined {
  const mask = maskOfShape(event.data);
  return mask === undefined || data === null ? undefined : new Veil(data, mask);
}
