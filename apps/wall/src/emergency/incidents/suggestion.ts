import type { AnswerOf, Candidate, SuggestUnits } from '@siaga/contracts';

type Part = AnswerOf<typeof SuggestUnits>['parts'][number];

/** More than that nobody weighs: the board has them all. */
const MOST_SHOWN = 6;

/** One part of a run card, by whom it may still be answered. */
export interface PartLeft {
  part: Part;
  /** Candidates that are not on the incident, nearest first. */
  left: readonly Candidate[];
  /** Those of them that are drawn: the first that can go always. */
  shown: readonly Candidate[];
  /** As many as it asks for are on the incident. */
  isFilled: boolean;
}

export const isFree = ({ passedOver }: Candidate): boolean => passedOver === undefined;

/**
 * What is left of a suggestion by the units that are `on` the incident. Its counts are without those that were on it when it
 * was asked for; one that was free then was sent since, and counts for one part.
 */
export function partsLeft(parts: readonly Part[], on: ReadonlySet<string>): PartLeft[] {
  const counted = new Set<string>();
  return parts.map((part) => {
    const here = part.candidates
      .filter((one) => isFree(one) && on.has(one.unitId) && !counted.has(one.unitId))
      .slice(0, part.count);
    for (const { unitId } of here) counted.add(unitId);
    const left = part.candidates.filter(({ unitId }) => !on.has(unitId));
    return { part, left, shown: shownOf(left), isFilled: here.length >= part.count };
  });
}

/** Whom to send next: the first that can go, of the first part that still wants somebody. */
export function nextOf(parts: readonly PartLeft[]): Candidate | undefined {
  return parts.filter(({ isFilled }) => !isFilled).flatMap(({ left }) => left.filter(isFree))[0];
}

/** Who could go instead of a unit that does not answer: the first that can, of the first part that asks for such a unit. */
export function insteadOf(parts: readonly PartLeft[], unitId: string): Candidate | undefined {
  return parts.find(({ part }) => part.candidates.some((one) => one.unitId === unitId))?.left.find(isFree);
}

/** Nearer ones that could not go, and why: that stands in the timeline. */
export function skippedBefore(candidates: readonly Candidate[], unitId: string) {
  const at = candidates.findIndex((one) => one.unitId === unitId);
  return candidates
    .slice(0, Math.max(at, 0))
    .flatMap(({ unitId: skipped, passedOver }) =>
      passedOver === undefined ? [] : [{ unitId: skipped, why: passedOver }],
    )
    .slice(0, 20);
}

/** Of a unit that no part asks for: who was drawn as one that could not go, where somebody is still wanted. */
export function skippedFor(parts: readonly PartLeft[], unitId: string) {
  const asking = parts.find(({ left }) => left.some((one) => one.unitId === unitId));
  if (asking !== undefined) return skippedBefore(asking.left, unitId);
  return parts
    .filter(({ isFilled }) => !isFilled)
    .flatMap(({ shown }) => skippedBefore([...shown, { unitId }], unitId))
    .slice(0, 20);
}

function shownOf(left: readonly Candidate[]): readonly Candidate[] {
  const first = left.findIndex(isFree);
  return first < MOST_SHOWN ? left.slice(0, MOST_SHOWN) : [...left.slice(0, MOST_SHOWN - 1), ...left.slice(first, first + 1)]; // prettier-ignore
}
