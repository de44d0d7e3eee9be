import { Injectable } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { ConditionChanged, LampStateChanged, PanelStateChanged, type AnyEvent } from '@siaga/contracts';
import { DarkSpans } from '../darkness/dark-spans.store.ts';
import { Conclusions } from './conclusions.ts';
import { keysOf } from './fed-thing.ts';
import type { LampState } from './lamp-rules.ts';
import type { PanelState } from './panel-rules.ts';
import { lampStates, panelStates, StatesStore, type Kept } from './states.store.ts';

/** A lamp or panel whose state goes, with the troubles that were told of it. */
type Leaver = Pick<Kept<Pick<LampState, 'troubles'>>, 'id' | 'state'>;

/** Takes back what was told of lamps and panels that leave: they do nothing any more, and are in no trouble. */
@Injectable()
export class Leavers {
  constructor(
    private readonly states: StatesStore,
    private readonly bus: EventBus,
    private readonly spans: DarkSpans,
    private readonly conclusions: Conclusions,
  ) {}

  /** Those a controller spoke for. */
  async ofController(controllerId: string): Promise<void> {
    const lamps = await this.states.spokenBy<LampState>(lampStates, controllerId);
    await this.spans.end(idsOf(lamps), Date.now());
    await this.#lamps(lamps);
    await this.#panels(await this.states.spokenBy<PanelState>(panelStates, controllerId));
  }

  async lamps(lampIds: readonly string[]): Promise<void> {
    await this.spans.end(lampIds, Date.now());
    await this.#lamps(keptOf(await this.states.known<LampState>(lampStates, lampIds)));
  }

  async panels(panelIds: readonly string[]): Promise<void> {
    await this.#panels(keptOf(await this.states.known<PanelState>(panelStates, panelIds)));
  }

  /** Leaves nothing simulated. */
  async clearExercises(): Promise<void> {
    await this.#lamps(await this.states.simulated<LampState>(lampStates));
    await this.#panels(await this.states.simulated<PanelState>(panelStates));
    await this.conclusions.clearExercises();
    await this.spans.removeExercises();
  }

  async #lamps(lamps: readonly Leaver[]): Promise<void> {
    await this.#retract(LampStateChanged, 'lamp', lamps);
    await this.states.remove(lampStates, idsOf(lamps));
    // who is not heard any more is as its panel is
    await this.conclusions.of(keysOf('lamp', idsOf(lamps)), Date.now());
  }

  async #panels(panels: readonly Leaver[]): Promise<void> {
    await this.#retract(PanelStateChanged, 'panel', panels);
    await this.states.remove(panelStates, idsOf(panels));
    await this.conclusions.below(idsOf(panels), Date.now());
  }

  async #retract(event: AnyEvent, kind: string, things: readonly Leaver[]): Promise<void> {
    for (const { id, state } of things) {
      await this.bus.retract(event, id);
      for (const trouble of state.troubles)
        if (trouble.active) await this.bus.retract(ConditionChanged, `${kind}:${id}/${trouble.kind}`);
    }
  }
}

const idsOf = (things: readonly Leaver[]) => things.map(({ id }) => id);
const keptOf = <State>(known: ReadonlyMap<string, State>) => [...known].map(([id, state]) => ({ id, state }));
