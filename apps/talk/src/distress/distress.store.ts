import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConditionChanged, DeskAgency, type Agency, type InputOf, type RaiseDistress } from '@siaga/contracts';
import { currentContext, numberOfPress } from '@siaga/service';
import { defined, emission, setOrUnset, Store, Timers, type Due } from '@siaga/store';
import { DISTRESS_KEPT_MS } from '../retention-rules.ts';
import { distresses, type DistressDocument, type StoredDistress } from './distress-document.ts';
import { conditionOf, type Fields } from './distress-rules.ts';

/** Officers in danger, of the context's city. */
@Injectable()
export class DistressStore implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly timers: Timers,
  ) {}

  onModuleInit(): void {
    this.timers.onDue(distresses, (distress) => this.#due(distress));
  }

  /** The same press makes the same one. */
  raise(body: InputOf<typeof RaiseDistress>['body']): Promise<StoredDistress> {
    const { exercise, press, principal } = currentContext();
    const raisedAtMs = Date.now();
    const document = {
      ...{ _id: numberOfPress('DRT'), ...defined(body), principalId: principal.id, agency: agencyOf(principal) },
      ...{ raisedAtMs, exercise, wakeAtMs: raisedAtMs + DISTRESS_KEPT_MS },
    };
    return this.store.create(distresses, document, {
      events: [emission(ConditionChanged, conditionOf({ ...document, version: 1 }, raisedAtMs))],
      ...(press !== undefined && { once: press }),
    });
  }

  /** Changes it by its rule, and tells the alarm desk; where the rule makes nothing it is as it is. */
  async turn(distressId: string, rule: (distress: StoredDistress) => Fields): Promise<StoredDistress> {
    const { document } = await this.store.turn(distresses, distressId, (distress) => {
      const fields = rule(distress);
      if (fields === undefined) return undefined;
      const condition = conditionOf({ ...distress, ...defined(fields) }, Date.now());
      return { change: setOrUnset(fields), events: [emission(ConditionChanged, condition)] };
    });
    return document;
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
