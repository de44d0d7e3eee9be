import { Fault } from '@siaga/contracts';

/** What somebody is about to do: name of the route, and what it touches as `kind:id`. */
export interface Action {
  readonly name: string;
  readonly subjects: readonly string[];
}

/** Keeps the audit trail; {@link AUDITOR} is provided by `libs/identity`. */
export interface Auditor {
  /**
   * Writes down that the context's principal is about to act, and answers how to write down what became of it; an error
   * of ours is told without a fault. Throws `unavailable` when it cannot be written: then nothing may be done.
   */
  attempted(action: Action): Promise<(outcome: 'done' | 'refused' | 'failed', fault?: Fault) => Promise<void>>;

  /**
   * Writes down that the context's principal was turned away for what he is before anything was done. Of a flood of them
   * only the first are written one by one, the rest are counted. Never throws: he is refused whether it can be written or not.
   */
  turnedAway(action: Action, fault: Fault): Promise<void>;
}
export const AUDITOR = Symbol('siaga:auditor');

/** Acts between two entries of the trail: that it is attempted, before anything is done, and what became of it. */
export async function audited<Done>(auditor: Auditor, action: Action, act: () => Promise<Done>): Promise<Done> {
  const conclude = await auditor.attempted(action);
  try {
    const done = await act();
    await conclude('done');
    return done;
  } catch (error) {
    await (error instanceof Fault ? conclude('refused', error) : conclude('failed'));
    throw error;
  }
}
