import { Fault } from '@siaga/contracts';
import { currentContext, type Press, type Presses } from '@siaga/service';
import { defineCollection } from './collection.ts';
import type { Store } from './store.ts';

interface PressDocument {
  bodyHash: string;
  /** What it touches, as `kind:id`. */
  subjects: string[];
  pressedAt: Date;
  /** JSON of what the first one was answered; absent until it was, and when it was too long. */
  answer?: string | undefined;
}

/** Longer than any client repeats a press: a phone that was off over a long weekend. */
const KEPT_SECONDS = 7 * 86_400;

/** A longer answer is not kept: its command runs again and finds everything done. */
const MOST_ANSWER_CHARACTERS = 65_536;

/** Presses of every service of a city, by {@link Press.key}. */
export const presses = defineCollection<PressDocument>({
  name: 'presses',
  fields: {
    bodyHash: { type: String, required: true },
    subjects: { type: [String], required: true },
    pressedAt: { type: Date, required: true },
    answer: String,
  },
  indexes: [
    { name: 'pressed', fields: { pressedAt: 1 }, expireAfterSeconds: KEPT_SECONDS },
    { name: 'subject', fields: { subjects: 1 } },
  ],
});

/** Presses in a collection of the city: they outlive the process, and every process of the city knows them. */
export class KeptPresses implements Presses {
  readonly #store: Store;
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(store: Store) {
    this.#store = store;
  }

  once(press: Press, act: () => Promise<unknown>): Promise<unknown> {
    const name = `${currentContext().city}/${press.key}/${press.bodyHash}`;
    const first = this.#underWay.get(name);
    if (first !== undefined) return first;
    const answer = this.#answer(press, act).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, answer);
    return answer;
  }

  async #answer(press: Press, act: () => Promise<unknown>): Promise<unknown> {
    const kept = await this.#claim(press);
    return kept === undefined ? this.#done(press, act) : JSON.parse(kept);
  }

  /** The answer to the same press, if it had one; before anything is done the key is taken for what is asked now. */
  async #claim({ key, bodyHash, subjects }: Press): Promise<string | undefined> {
    const claim = { _id: key, bodyHash, subjects: [...subjects], pressedAt: new Date() };
    const claimed = await this.#store.createIfFree(presses, claim);
    if (claimed !== undefined) return undefined;
    const known = await this.#store.find(presses, key);
    if (known === undefined || known.bodyHash === bodyHash) return known?.answer;
    throw new Fault(
      'conflict',
      'Idempotency-Key ini sudah dipakai untuk perintah lain: pakai kunci baru · this Idempotency-Key was used for another command: use a new one',
    );
  }

  async #done({ key }: Press, act: () => Promise<unknown>): Promise<unknown> {
    const answer = await act();
    const text = answer === undefined ? undefined : JSON.stringify(answer);
    if (text !== undefined && text.length <= MOST_ANSWER_CHARACTERS)
      await this.#store.change(presses, {
        where: { _id: key, answer: null },
        change: { $set: { answer: text } },
      });
    return answer;
  }
}

/**
 * Forgets what presses that touched a subject were answered, in the context's city: their repeats are done again. The whole
 * press goes, not its answer only: one that is being done at this moment finds nothing to keep its answer in.
 */
export async function forgetPresses(store: Store, subject: string): Promise<void> {
  await store.of(presses).deleteMany({ subjects: subject });
}
