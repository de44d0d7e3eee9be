import { Injectable } from '@nestjs/common';
import { asExercise } from '@siaga/service';
import { Conclusions } from './conclusions.ts';
import { lampUnheard, type LampState } from './lamp-rules.ts';
import { panelUnheard, type PanelState } from './panel-rules.ts';
import { lampStates, panelStates, StatesStore, type Kept } from './states.store.ts';
import { Telling } from './telling.ts';

/** Looked at in one go; the rest a second later. */
const AT_ONCE = 1000;

/** Lamps and panels that should have been heard of, and were not. */
@Injectable()
export class Silences {
  constructor(
    private readonly states: StatesStore,
    private readonly telling: Telling,
    private readonly conclusions: Conclusions,
  ) {}

  /** Judges all that is due in the context's city; asked again, it tells the same again. */
  async look(nowMs: number): Promise<void> {
    const panels = await this.states.due<PanelState>(panelStates, nowMs, AT_ONCE);
    for (const exercise of [false, true]) await asExercise(exercise, () => this.#panels(panels, exercise, nowMs));
    const lamps = await this.states.due<LampState>(lampStates, nowMs, AT_ONCE);
    for (const exercise of [false, true]) await asExercise(exercise, () => this.#lamps(lamps, exercise, nowMs));
  }

  async #panels(due: readonly Kept<PanelState>[], exercise: boolean, nowMs: number): Promise<void> {
    const mine = due.filter((one) => one.exercise === exercise);
    if (mine.length === 0) return;
    const after = new Map(mine.map(({ id, state }) => [id, panelUnheard(state, nowMs)]));
    // told before it is kept: what is cut short between the two is due once more, and told again
    const still = await this.states.stillAs(panelStates, mine);
    const silent = [...after].filter(([id]) => still.has(id)).map(([, state]) => state);
    await this.telling.panels(silent, () => nowMs);
    await this.states.put(panelStates, new Map(silent.map((state) => [state.panelId, state])));
    await this.conclusions.below([...after.keys()], nowMs);
  }

  async #lamps(due: readonly Kept<LampState>[], exercise: boolean, nowMs: number): Promise<void> {
    const mine = due.filter((one) => one.exercise === exercise);
    if (mine.length === 0) return;
    const panelIds = [...new Set(mine.flatMap(({ state }) => state.panelId ?? []))];
    const panels = await this.states.known<PanelState>(panelStates, panelIds);
    const isOff = ({ panelId = '' }: LampState) => panels.get(panelId)?.light === 'off';
    const still = await this.states.stillAs(lampStates, mine);
    const silent = mine.filter(({ id }) => still.has(id)).map(({ state }) => lampUnheard(state, nowMs, isOff(state)));
    await this.telling.lamps(silent, () => nowMs);
    await this.states.put(lampStates, new Map(silent.map((state) => [state.lampId, state])));
  }
}
