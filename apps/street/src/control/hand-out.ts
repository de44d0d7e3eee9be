import { Injectable } from '@nestjs/common';
import type { ControllerCommands } from '@siaga/contracts';
import { commandsAfter } from './control-commands.ts';
import { OpenOverrides } from './open-overrides.ts';
import { handedOut } from './override-rules.ts';
import { OverridesStore } from './overrides.store.ts';
import { Programmes } from './programmes.ts';

/** What a controller of the context's city is to do, and that it was told: whatever door it is told by. */
@Injectable()
export class HandOut {
  constructor(
    private readonly open: OpenOverrides,
    private readonly store: OverridesStore,
    private readonly programmes: Programmes,
  ) {}

  /** Whether there is anything for it after what it knows. */
  hasFor(controllerId: string, after: number): boolean {
    return this.#after(controllerId, after).items.length > 0;
  }

  /** That it was told is kept before it is: an answer that is lost is asked for again with the same `after`. */
  async take(controllerId: string, after: number): Promise<ControllerCommands> {
    const { items, next, seq, fresh } = this.#after(controllerId, after);
    for (const [overrideId, commandIds] of fresh)
      await this.store.turn(overrideId, (override, nowMs) => handedOut(override, { commandIds, seq }, nowMs));
    if (fresh.size > 0) await this.open.refresh();
    return { items, next };
  }

  #after(controllerId: string, after: number) {
    return commandsAfter(this.open.ofController(controllerId), after, (thing) =>
      this.programmes.levelAt(thing, Date.now()),
    );
  }
}
