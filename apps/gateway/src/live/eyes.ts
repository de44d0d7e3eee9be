import { Agency, belongsTo, FieldClass, sightOf, type Asker } from '@siaga/contracts';

/** A set of agencies as bits, in the order of the contract: who may see a value. */
export type AudienceMask = number;

/** What a screen may see, as bits: those of an {@link AudienceMask}, above them the classes of fields it sees unmasked. */
export type Eyes = number;

const FIRST_CLASS = Agency.options.length;
const bitOf = new Map<Agency | FieldClass, number>(
  [...Agency.options, ...FieldClass.options].map((name, index) => [name, 1 << index]),
);
const bitsOf = (names: Iterable<Agency | FieldClass>): number =>
  [...names].reduce((bits, name) => bits | (bitOf.get(name) ?? 0), 0);

/** Who may see a value of these agencies; of none: nobody, an administrator neither. */
export function maskOf(agencies: readonly Agency[]): AudienceMask {
  return bitsOf(agencies);
}

/** The eyes of somebody at this time, epoch ms: by the rules that hold at every other door, too. */
export function eyesOf(asker: Asker, nowMs: number): Eyes {
  return bitsOf([...Agency.options.filter((agency) => belongsTo(asker, [agency])), ...sightOf(asker, nowMs)]);
}

/** A set of classes of fields as bits, from 0 (none) to {@link WHOLE} (all). */
export type Sight = number;

export const WHOLE: Sight = 2 ** FieldClass.options.length - 1;

const classesOf: readonly ReadonlySet<FieldClass>[] = Array.from(
  { length: WHOLE + 1 },
  (_, sight) => new Set(FieldClass.options.filter((_name, index) => (sight & (1 << index)) !== 0)),
);

/** Which classes of fields these eyes see unmasked. */
export function sightIn(eyes: Eyes): Sight {
  return eyes >>> FIRST_CLASS;
}

export function classesIn(sight: Sight): ReadonlySet<FieldClass> {
  return classesOf[sight] ?? new Set();
}
