import { Injectable } from '@nestjs/common';
import { Reveal, type AuditedAction } from '@siaga/contracts';
import { REVEAL_USED } from '@siaga/service';
import { Store, trusted } from '@siaga/store';
import { people } from '../people/person-document.ts';
import { reveals } from '../reveal/reveal-document.ts';
import { screens } from '../screens/screen-document.ts';

/** What is known today of those in the trail, which itself holds pseudonyms only. */
@Injectable()
export class WhoActed {
  constructor(private readonly store: Store) {}

  /** Names of people and screens by principalId; whoever was erased, or never was one, has none. */
  async namesOf(principalIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const where = { _id: trusted({ $in: [...new Set(principalIds)] }) } as never;
    const [persons, walls] = await Promise.all([
      this.store.of(people).find(where).lean(),
      this.store.of(screens).find(where).lean(),
    ]);
    const named = [...persons.filter(({ erasedAtMs }) => erasedAtMs === undefined), ...walls];
    return new Map(named.map(({ _id, displayName }) => [_id, displayName]));
  }

  /** Why masked fields were uncovered, by attemptId, as far as it is still kept. */
  async reasonsOf(actions: readonly AuditedAction[]): Promise<ReadonlyMap<string, string>> {
    const asked = actions.filter(({ action }) => action === Reveal.name);
    const [found, kept] = await Promise.all([
      Promise.all(asked.map(async (one) => [one.attemptId, await this.reasonOf(one)] as const)),
      this.reasonsOfUsed(actions),
    ]);
    return new Map([...found, ...kept].filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
  }

  /** Of those that say what a reveal showed: the reason of the reveal that they name. */
  private async reasonsOfUsed(actions: readonly AuditedAction[]) {
    const used = actions.filter(({ action }) => action === REVEAL_USED);
    const revealIds = [...new Set(used.map(revealIdIn))];
    if (revealIds.length === 0) return [];
    const kept = await this.store.of(reveals).find({ _id: trusted({ $in: revealIds }) } as never).lean(); // prettier-ignore
    const reasons = new Map(kept.map(({ _id, reason }) => [_id, reason]));
    return used.map((one) => [one.attemptId, reasons.get(revealIdIn(one))] as const);
  }

  /** The first reveal of who attempted it, from then on: its document is made by the same process right after. */
  private async reasonOf({ principalId, atMs }: AuditedAction): Promise<string | undefined> {
    const [first] = await this.store
      .of(reveals)
      .find({ principalId, atMs: trusted({ $gte: atMs, $lte: atMs + MOST_MS }) } as never)
      .sort({ atMs: 1 })
      .limit(1)
      .lean();
    return first?.reason;
  }
}

const revealIdIn = ({ subjects }: AuditedAction): string =>
  subjects.find((subject) => subject.startsWith('reveal:'))?.slice('reveal:'.length) ?? '';

/** No call takes longer. */
const MOST_MS = 30_000;
