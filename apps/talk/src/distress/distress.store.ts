import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConditionChanged, DeskAgency, type Agency, type InputOf, type RaiseDistress } from '@siaga/contracts';
import { currentContext, numberOfPress } from '@siaga/service';
import { defined, emission, setOrUnset, Store, Timers, type Due } from '@siaga/store';
import { Groups } from '../groups/groups.ts';
import { DISTRESS_KEPT_MS } from '../retention-rules.ts';
import { distresses, type DistressDocument, type StoredDistress } from './distress-document.ts';
import { conditionOf, type Fields } from './distress-rules.ts';

/** Officers in danger, of the context's city. */
@Injectable()
export class DistressStore implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly timers: Timers,
    private readonly groups: Groups,
  ) {}

  onModuleInit(): void {
    this.timers.onDue(distresses, (distress) => this.#due(distress));
  }

  /** The same press makes the same one; who has one that is open makes no second. */
  async raise({ groupId, position }: InputOf<typeof RaiseDistress>['body']): Promise<StoredDistress> {
    const { exercise, press, principal } = currentContext();
    const open = await this.#openOf(principal.id);
    if (open !== undefined) return open;
    const raisedAtMs = Date.now();
    const atMs = Math.min(position?.atMs ?? raisedAtMs, raisedAtMs);
    const document = {
      ...{ _id: numberOfPress('DRT'), principalId: principal.id, agency: agencyOf(principal), openOf: principal.id },
      ...defined({ groupId, position: position && { ...position, atMs } }),
      ...{ raisedAtMs, exercise, wakeAtMs: raisedAtMs + DISTRESS_KEPT_MS },
    };
    try {
      return await this.store.create(distresses, document, {
        events: [emission(ConditionChanged, this.#conditionOf({ ...document, version: 1 }, raisedAtMs))],
        ...(press !== undefined && { once: press }),
      });
    } catch (error) {
      const meanwhile = await this.#openOf(principal.id);
      if (meanwhile === undefined) throw error;
      return meanwhile;
    }
  }

  /** Changes it by its rule, and tells the alarm desk; where the rule makes nothing it is as it is. */
  async turn(distressId: string, rule: (distress: StoredDistress) => Fields): Promise<StoredDistress> {
    const { document } = await this.store.turn(distresses, distressId, (distress) => {
      const fields = rule(distress);
      if (fields === undefined) return undefined;
      const condition = this.#conditionOf({ ...distress, ...defined(fields) }, Date.now());
      return { change: setOrUnset(fields), events: [emission(ConditionChanged, condition)] };
    });
    return document;
  }

  async #openOf(principalId: string): Promise<StoredDistress | undefined> {
    return (await this.store.of(distresses).findOne({ openOf: principalId }).lean<StoredDistress>()) ?? undefined;
  }

  #conditionOf(distress: StoredDistress, nowMs: number): ConditionChanged {
    const { groupId } = distress;
    const group = groupId === undefined ? undefined : this.groups.find(currentContext().city, groupId);
    return conditionOf(distress, { group: group?.name, nowMs });
  }

  /** After its time nobody knows any more who pressed; one that nobody ended is still one. */
  async #due({ _id, ended }: StoredDistress): Promise<Due<DistressDocument>> {
    if (ended === undefined) return { change: { $set: { wakeAtMs: Date.now() + DISTRESS_KEPT_MS } } };
    await this.store.remove(distresses, { _id });
    return {};
  }
}

/** The agency he works for; who works for several is the first one's. */
const agencyOf = ({ agencies }: { agencies: readonly Agency[] }): Agency =>
  agencies.find((agency) => DeskAgency.safeParse(agency).success) ?? 'command';
