import { Injectable } from '@nestjs/common';
import type { ControllerCommands } from '@siaga/contracts';
import { Addressees } from './addressees.ts';
import { commandsAfter } from './control-commands.ts';
import { OpenOverrides } from './open-overrides.ts';
import { handedOut } from './override-rules.ts';
import { OverridesStore } from './overrides.store.ts';
import { Programmes } from './programmes.ts';
import { commandIdOf, type Override } from './step.ts';

/** What a controller is to be told, and how it is kept that it was. */
export interface Offer {
  readonly commands: ControllerCommands;
  readonly keep: () => Promise<void>;
}

/** What a controller of the context's city is to do, and that it was told: whatever door it is told by. */
@Injectable()
export class HandOut {
  constructor(
    private readonly open: OpenOverrides,
    private readonly store: OverridesStore,
    private readonly programmes: Programmes,
    private readonly addressees: Addressees,
  ) {}

  /** Whether there is anything for it after what it knows. */
  hasFor(controllerId: string, after: number): boolean {
    return this.#after(controllerId, after).items.length > 0;
  }

  /** That it was told is kept before it is: an answer that is lost is asked for again with the same `after`. */
  async take(controllerId: string, after: number): Promise<ControllerCommands> {
    const { commands, keep } = this.offer(controllerId, after);
    await keep();
    return commands;
  }

  /** For a door that hears whether it arrived, and keeps it then. */
  offer(controllerId: string, after: number): Offer {
    const { items, next, seq, fresh } = this.#after(controllerId, after);
    const keep = async () => {
      for (const [overrideId, commandIds] of fresh)
        await this.store.turn(overrideId, (override, nowMs) =>
          handedOut(override, { commandIds: still(override, { commandIds, controllerId }), seq }, nowMs),
        );
      if (fresh.size > 0) await this.open.refresh();
    };
    return { commands: { items, next }, keep };
  }

  /** Of what is addressed to it, only what it answers for still. */
  #after(controllerId: string, after: number) {
    const held = this.open.ofController(controllerId);
    return commandsAfter(
      held.filter(({ row }) => this.addressees.isStill(row.thing, controllerId)),
      after,
      (thing) => this.programmes.levelAt(thing, Date.now()),
    );
  }
}

/** Which of these are a controller's still: some may have gone to another since they were offered. */
function still(
  { overrideId, things }: Override,
  { commandIds, controllerId }: { commandIds: ReadonlySet<string>; controllerId: string },
): ReadonlySet<string> {
  const theirs = things.filter((row) => row.controllerId === controllerId);
  return new Set(theirs.map((row) => commandIdOf(overrideId, row)).filter((id) => commandIds.has(id)));
}
