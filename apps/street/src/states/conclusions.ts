import { Inject, Injectable } from '@nestjs/common';
import { EventBus } from '@siaga/bus';
import { ConditionChanged } from '@siaga/contracts';
import { FedCameras } from '../cameras/watch/fed-cameras.ts';
import { StreetRegister } from '../telemetry/street-register.ts';
import { conditionOf } from './conditions.ts';
import { daylightAt } from './daylight.ts';
import { feederLostSince } from './feeder-rules.ts';
import { lostSince, type PanelState } from './panel-rules.ts';
import { lampStates, panelStates, StatesStore, type Inference } from './states.store.ts';
import { Telling } from './telling.ts';

/** What follows for others from panels that lose their current: their feeder, cameras it feeds, and lamps of which nothing else is heard. */
@Injectable()
export class Conclusions {
  @Inject(FedCameras) private readonly fed!: FedCameras;

  constructor(
    private readonly register: StreetRegister,
    private readonly states: StatesStore,
    private readonly telling: Telling,
    private readonly bus: EventBus,
  ) {}

  /** Tells the desk what changed since then: `sinceMs` by panelId. */
  async from(panels: readonly PanelState[], sinceMs: (panelId: string) => number): Promise<void> {
    const byFeeder = Map.groupBy(panels, ({ feederId }) => feederId);
    for (const [feederId, some] of byFeeder)
      if (feederId !== undefined) await this.#ofFeeder(feederId, earliest(some, sinceMs), latest(some));
    const known = await this.states.inferred(panels.map(({ panelId }) => `panel:${panelId}`));
    for (const panel of panels) {
      await this.#ofLamps(panel, known.get(`panel:${panel.panelId}`), sinceMs(panel.panelId));
      await this.#ofCameras(panel, sinceMs(panel.panelId));
    }
  }

  async #ofFeeder(feederId: string, sinceMs: number, nowMs: number): Promise<void> {
    const thing = `feeder:${feederId}`;
    const before = (await this.states.inferred([thing])).get(thing);
    const fed = await this.states.known(panelStates, [...this.register.here.panelsOf.of(feederId)]);
    const members = [...fed].map(([panelId, panel]) => {
      return { panelId, lostSinceMs: lostSince(panel), silent: panel.silent };
    });
    const lostMs = feederLostSince(members, before?.active === true ? before.sinceMs : undefined);
    const after = await this.#conclude(thing, { before, lostMs, nowMs });
    if (after === undefined || after.changedAtMs < sinceMs) return;
    const many = String(members.length);
    const detail = `disimpulkan dari ${many} panel yang melapor · inferred from ${many} panels that reported`;
    const trouble = { kind: 'supplyLoss', ...after };
    await this.bus.publish(
      ConditionChanged,
      conditionOf(this.telling.feeder(feederId), trouble, { basis: 'inferred', detail }),
    );
  }

  /** Lamps below it without a controller that said anything: at night they are dark with it. */
  async #ofLamps(panel: PanelState, before: Inference | undefined, sinceMs: number): Promise<void> {
    const { panelId, changedAtMs: nowMs, place } = panel;
    const lostMs = lostSince(panel);
    const daylight = panel.told ?? (place && daylightAt(nowMs, place));
    const isNight = daylight === undefined || daylight === 'night' || before?.active === true;
    const after = await this.#conclude(`panel:${panelId}`, { before, lostMs: isNight ? lostMs : undefined, nowMs });
    if (after === undefined || after.changedAtMs < sinceMs) return;
    const { lamps, lampsOf } = this.register.here;
    const below = [...lampsOf.of(panelId)];
    const heard = await this.states.known(lampStates, below);
    const conditions = below.flatMap((lampId) => {
      const lamp = lamps.get(lampId);
      if (lamp === undefined || heard.has(lampId)) return [];
      return conditionOf(this.telling.lamp(lampId, lamp), { kind: 'supplyLoss', ...after }, { basis: 'inferred' });
    });
    await this.telling.troublesOfLamps(conditions);
  }

  /** Cameras need current by day as well. */
  async #ofCameras(panel: PanelState, sinceMs: number): Promise<void> {
    const thing = fedBy(panel);
    const before = (await this.states.inferred([thing])).get(thing);
    const after = await this.#conclude(thing, { before, lostMs: lostSince(panel), nowMs: panel.changedAtMs });
    if (after !== undefined && after.changedAtMs >= sinceMs) await this.fed.tell(panel, after);
  }

  /** The conclusion as it is kept now; undefined where nothing was ever concluded. */
  async #conclude(thing: string, { before, lostMs, nowMs }: Look): Promise<Inference | undefined> {
    const active = lostMs !== undefined;
    if (before === undefined ? !active : before.active === active) return before;
    const changedAtMs = Math.max(nowMs, (before?.changedAtMs ?? 0) + 1);
    const sinceMs = Math.min(lostMs ?? before?.sinceMs ?? nowMs, changedAtMs);
    const after = { active, sinceMs, changedAtMs };
    await this.states.infer(thing, after);
    return after;
  }
}

/** Under this name it is kept what cameras lost with a panel. */
const fedBy = ({ panelId }: PanelState) => `fed-by-panel:${panelId}`;

interface Look {
  before: Inference | undefined;
  lostMs: number | undefined;
  nowMs: number;
}

const earliest = (panels: readonly PanelState[], sinceMs: (panelId: string) => number) =>
  Math.min(...panels.map(({ panelId }) => sinceMs(panelId)));
const latest = (panels: readonly PanelState[]) => Math.max(...panels.map(({ changedAtMs }) => changedAtMs));
