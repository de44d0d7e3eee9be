import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import { lampNow, LampStateChanged, PanelStateChanged, type LampTally } from '@siaga/contracts';
import { asExercise, createLogger, PerCity, RouteSettings, serviceContext, withContext } from '@siaga/service';
import { StreetRegister } from '../register/street-register.ts';
import { nobody, panelSaid, type PanelState } from './panel-rules.ts';
import { panelStates, StatesStore } from './states.store.ts';

const log = createLogger('tallies');

/** Panels are told of their lamps once a second: at dusk hundreds of lamps of each change. */
const COUNT_EVERY_MS = 1000;

interface CityTallies {
  lamps: Table<LampStateChanged>;
  panels: Table<PanelStateChanged>;
  /** Panels whose lamps changed since they were counted. */
  changed: Set<string>;
}

/** Counts the lamps of each panel that has a controller, as they are drawn. */
@Injectable()
export class Tallies implements OnModuleInit, OnModuleDestroy {
  readonly #cities: PerCity<CityTallies>;
  #timer: NodeJS.Timeout | undefined;
  #counting: Promise<void> = Promise.resolve();

  constructor(
    private readonly register: StreetRegister,
    private readonly states: StatesStore,
    private readonly bus: EventBus,
    { cities }: RouteSettings,
  ) {
    this.#cities = new PerCity(cities, (city) => this.#follow(city));
  }

  async onModuleInit(): Promise<void> {
    const tables = [...this.#cities.values()].flatMap(({ lamps, panels }) => [lamps, panels]);
    await Promise.all(tables.map(({ ready }) => ready));
    this.#timer = setInterval(() => {
      this.#counting = this.#counting.then(() => this.#countAll());
    }, COUNT_EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    await this.#counting;
  }

  #follow(city: string): CityTallies {
    const lamps = this.bus.table(LampStateChanged, city);
    const panels = this.bus.table(PanelStateChanged, city);
    const registered = this.register.of(city).lamps;
    const changed = new Set<string>();
    const touch = (panelId: string | undefined) => panelId !== undefined && changed.add(panelId);
    lamps.onChange((lampId, lamp) => touch(lamp?.panelId ?? registered.get(lampId)?.panelId));
    registered.onChange((_, lamp) => touch(lamp?.panelId));
    panels.onChange(touch);
    return { lamps, panels, changed };
  }

  async #countAll(): Promise<void> {
    for (const [city, tallies] of this.#cities.entries()) {
      const panelIds = [...tallies.changed];
      tallies.changed.clear();
      try {
        await withContext(serviceContext(city), () => this.#count(panelIds, tallies));
      } catch (error) {
        for (const panelId of panelIds) tallies.changed.add(panelId);
        log.warn({ err: error, panels: panelIds.length }, 'lamps of panels could not be counted');
      }
    }
  }

  async #count(panelIds: readonly string[], { lamps, panels }: CityTallies): Promise<void> {
    const { lampsOf } = this.register.here;
    const other = new Map<string, LampTally>();
    for (const panelId of panelIds) {
      const panel = panels.get(panelId);
      if (panel === undefined) continue;
      const tally = tallyOf([...lampsOf.of(panelId)].map((lampId) => lampNow(lamps.get(lampId), panel)));
      if (!isSame(tally, panel.lamps)) other.set(panelId, tally);
    }
    if (other.size === 0) return;
    const known = await this.states.known<PanelState>(panelStates, [...other.keys()]);
    for (const exercise of [false, true]) {
      const counted = new Map<string, PanelState>();
      for (const [panelId, tally] of other) {
        const panel = known.get(panelId);
        if (panel === undefined || (panels.entry(panelId)?.exercise ?? false) !== exercise) continue;
        counted.set(panelId, { ...panel, lamps: tally, changedAtMs: panel.changedAtMs + 1 });
      }
      await asExercise(exercise, async () => {
        await this.states.put(panelStates, counted);
        const told = await this.states.stillSo(panelStates, counted);
        await this.bus.publishAll(PanelStateChanged, [...told.values()].map(panelSaid));
      });
    }
  }
}

/** How many lamps are in which state. */
export function tallyOf(lamps: readonly ReturnType<typeof lampNow>[]): LampTally {
  const tally = structuredClone(nobody);
  for (const { light, basis, trouble } of lamps) {
    if (trouble === 'suspected') tally.suspected += 1;
    else if (light === 'unknown' || basis === 'none') tally.unknown += 1;
    else tally[trouble === 'dark' ? 'dark' : light][basis] += 1;
  }
  return tally;
}

const isSame = (a: LampTally, b: LampTally) =>
  a.suspected === b.suspected &&
  a.unknown === b.unknown &&
  (['lit', 'off', 'dark'] as const).every(
    (key) => a[key].measured === b[key].measured && a[key].inferred === b[key].inferred,
  );
