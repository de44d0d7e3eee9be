import { Fault, faultKinds, Issue, type FaultKind } from '@siaga/contracts';
import { z } from 'zod';
import type { Keep } from './keep.ts';

/** What was not taken by the city, and its words for it. */
export interface RefusedStep<Step> {
  step: Step;
  why: Fault;
}

/** Nobody reads more of them; the oldest go. */
const MOST = 50;
/** Nobody writes so much by hand: it is a picture, and too large to keep for a sentence. */
const PICTURE_LENGTH = 2000;
const Kept = z.array(
  z.object({
    step: z.looseObject({ key: z.string() }),
    why: z.object({
      kind: z.enum(Object.keys(faultKinds) as [FaultKind, ...FaultKind[]]),
      message: z.string(),
      issues: z.array(Issue),
    }),
  }),
);

/** What the city refused of somebody's presses, kept until he has read it: over a reload, and over the next press. */
export class RefusedPresses<Step extends { key: string }> {
  readonly #name: string;
  readonly #keep: Keep;
  /** What a full phone has no room for: it goes with its page. */
  #unkept: readonly RefusedStep<Step>[] = [];

  constructor(owner: string, keep: Keep) {
    this.#name = `siaga.refused.${owner}`;
    this.#keep = keep;
  }

  /** Oldest first; also what another tab of this phone was refused. */
  all(): readonly RefusedStep<Step>[] {
    return [...this.#kept(), ...this.#unkept];
  }

  add(step: Step, why: Fault): void {
    this.#save([...this.all().filter(({ step: { key } }) => key !== step.key), { step, why }].slice(-MOST));
  }

  /** Somebody has read it. */
  understood(key: string): void {
    this.#save(this.all().filter(({ step }) => step.key !== key));
  }

  #kept(): readonly RefusedStep<Step>[] {
    return read(this.#keep.getItem(this.#name)).map(({ step, why: { kind, message, issues } }) => ({
      step: step as unknown as Step,
      why: new Fault(kind, message, { issues }),
    }));
  }

  #save(refused: readonly RefusedStep<Step>[]): void {
    const entries = refused.map(({ step, why: { kind, message, issues } }) => ({
      step,
      why: { kind, message, issues },
    }));
    try {
      this.#keep.setItem(this.#name, JSON.stringify(entries, withoutPictures));
      this.#unkept = [];
    } catch {
      const kept = new Set(this.#kept().map(({ step }) => step.key));
      this.#unkept = refused.filter(({ step }) => !kept.has(step.key));
    }
  }
}

const withoutPictures = (_: string, value: unknown) =>
  typeof value === 'string' && value.length > PICTURE_LENGTH ? '' : value;

function read(text: string | null): z.infer<typeof Kept> {
  try {
    return Kept.safeParse(JSON.parse(text ?? '[]')).data ?? [];
  } catch {
    return [];
  }
}
