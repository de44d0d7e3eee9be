import { isDeepStrictEqual } from 'node:util';
import { sightOf, type Asker, type FieldClass, type Mask } from '@siaga/contracts';
import type { Action } from './auditor.ts';

/** Name of the entry that says what somebody was shown for a reveal of his only. */
export const REVEAL_USED = 'reveal.used';

/** As many subjects as one entry of the trail has. */
const MOST_SUBJECTS = 50;

/** An answer to somebody, and what masks it. */
interface Answered {
  readonly answer: unknown;
  readonly mask: Mask;
  readonly asker: Asker;
  readonly nowMs: number;
}

/** The classes whose fields are really in the answer, and which he would see masked without his reveal. */
export function uncoveredIn({ answer, mask, asker, nowMs }: Answered): FieldClass[] {
  const sight = sightOf(asker, nowMs);
  const always = sightOf({ ...asker, reveal: undefined }, nowMs);
  const lifted = [...sight].filter((name) => !always.has(name));
  if (lifted.length === 0) return [];
  const shown = mask(answer, sight);
  const masked = (name: FieldClass) => mask(answer, new Set([...sight].filter((seen) => seen !== name)));
  return lifted.filter((name) => !isDeepStrictEqual(masked(name), shown));
}

/** What the trail says of an answer that a reveal uncovered: which reveal, at which route, what of, what it touched. */
export function revealUsed(
  routeName: string,
  {
    revealId,
    classes,
    touched,
  }: { revealId: string | undefined; classes: readonly FieldClass[]; touched: readonly string[] },
): Action {
  const uncovered = classes.map((name) => `class:${name}`);
  const reveal = revealId === undefined ? [] : [`reveal:${revealId}`];
  const subjects = [...reveal, `route:${routeName}`, ...uncovered, ...touched];
  return { name: REVEAL_USED, subjects: subjects.slice(0, MOST_SUBJECTS) };
}
