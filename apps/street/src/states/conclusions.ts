import { Inject, Injectable } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { ConditionChanged, type ThingKey } from '@siaga/contracts';
import { asExercise } from '@siaga/service';
import { DarkSpans } from '../darkness/dark-spans.store.ts';
import { Findings } from './findings.ts';
import { keysOf } from './fed-thing.ts';
import { lossAfter, type News } from './loss-rules.ts';
import { LossesStore } from './losses.store.ts';
import { lostSince, type PanelState } from './panel-rules.ts';
import { panelStates, StatesStore } from './states.store.ts';

/** Things looked at in one go: others get their turn in between. */
const AT_ONCE = 500;
/** Whoever changes a thing meanwhile looks at it himself; after so many turns it waits for the next look at everything. */
const MOST_TURNS = 5;

/**
 * What follows for others from panels that lose their current: their feeder, cameras it feeds, and lamps of which nothing else
 * is heard. Whatever happened, in whatever order: what holds is found anew, and who was told otherwise is told. So an end
 * reaches exactly those who were told of a beginning.
 */
@Injectable()
export class Conclusions {
  @Inject(EventBus) private readonly bus!: EventBus;

  constructor(
    private readonly findings: Findings,
    private readonly losses: LossesStore,
    private readonly states: StatesStore,
    private readonly spans: DarkSpans,
  ) {}

  /** All that hangs on these panels, or did when it was told last. */
  async below(panelIds: readonly string[], nowMs: number): Promise<void> {
    const panels = await this.states.kept<PanelState>(panelStates, panelIds);
    const lost = [...panels].filter(([, { state }]) => lostSince(state) !== undefined).map(([panelId]) => panelId);
    const told = [...(await this.losses.openFeeders()), ...(await this.losses.openBelow(panelIds))];
    await this.of([...told, ...(await this.findings.below(lost))], nowMs);
  }

  /** Lamps that speak for themselves from now on. */
  async heard(lampIds: readonly string[], nowMs: number): Promise<void> {
    const told = await this.losses.told(keysOf('lamp', lampIds));
    const open = [...told].filter(([, { condition, pending }]) => condition.active || pending).map(([key]) => key);
    await this.of(open, nowMs);
  }

  /** Everything that is, or was told to be, without current: mends what a crash cut short, and hears of links that moved. */
  async everything(nowMs: number): Promise<void> {
    const panels = await this.states.all<PanelState>(panelStates);
    const lost = panels.filter(({ state }) => lostSince(state) !== undefined).map(({ id }) => id);
    await this.of([...(await this.losses.open()), ...(await this.findings.below(lost))], nowMs);
  }

  /** These things; at the earliest then they changed. */
  async of(keys: readonly ThingKey[], nowMs: number): Promise<void> {
    const all = [...new Set(keys)];
    for (let from = 0; from < all.length; from += AT_ONCE) await this.#some(all.slice(from, from + AT_ONCE), nowMs);
  }

  async clearExercises(): Promise<void> {
    await this.#forget(await this.losses.simulated());
  }

  /** Until a look finds nothing to tell: what changed while it was written is found by one of those who look. */
  async #some(keys: readonly ThingKey[], nowMs: number): Promise<void> {
    let left = keys;
    for (let turn = 0; left.length > 0 && turn < MOST_TURNS; turn++) {
      const told = await this.losses.told(left);
      const found = await this.findings.of(left, told);
      const gone = [...told.keys()].filter((key) => found.get(key) === 'gone');
      const news = left.flatMap((key) => {
        const finding = found.get(key);
        return finding === undefined || finding === 'gone' ? [] : (lossAfter(told.get(key), finding, nowMs) ?? []);
      });
      await this.#forget(gone);
      const fresh = news.filter((one) => told.get(one.told.key) !== one.told);
      const repeated = news.filter((one) => told.get(one.told.key) === one.told);
      const kept = new Set(await this.losses.keep(fresh.map((one) => one.told), told)); // prettier-ignore
      await this.#tell([...repeated, ...fresh.filter((one) => kept.has(one.told))]);
      left = fresh.map((one) => one.told.key);
    }
  }

  async #tell(news: readonly News[]): Promise<void> {
    for (const exercise of [false, true]) {
      const some = news.filter(({ told }) => told.exercise === exercise);
      const desk = some.filter(({ to }) => to === 'desk').map(({ told }) => told.condition);
      await asExercise(exercise, async () => {
        await this.spans.keep(some.map(({ told }) => told.condition));
        await this.bus.publishAll(ConditionChanged, desk);
      });
    }
    await this.losses.settle(news.map(({ told }) => told));
  }

  /** What left the register is in no trouble. */
  async #forget(keys: readonly ThingKey[]): Promise<void> {
    for (const key of keys) await this.bus.retract(ConditionChanged, `${key}/supplyLoss`);
    if (keys.length > 0) await this.losses.forget(keys);
  }
}
