import { Injectable } from '@nestjs/common';
import { thingKey, type Feeder, type Panel, type ThingKey } from '@siaga/contracts';
import { FedCameras } from '../cameras/watch/fed-cameras.ts';
import { feederKind } from '../feeders/feeder-kind.ts';
import { panelKind } from '../panels/panel-kind.ts';
import { Things } from '../register/things.store.ts';
import { idsOfKind, keysOf, type FedThing } from './fed-thing.ts';
import { FedLamps } from './fed-lamps.ts';
import { feederLoss } from './feeder-rules.ts';
import type { LampState } from './lamp-rules.ts';
import { lampsDarkSince, type Finding, type Loss, type ToldLoss } from './loss-rules.ts';
import { lostSince, type PanelState } from './panel-rules.ts';
import { lampStates, panelStates, StatesStore, type Kept } from './states.store.ts';

type Panels = ReadonlyMap<string, Kept<PanelState>>;
type FeederOf = (panelId: string) => string | undefined;

/**
 * What holds of feeders, lamps and cameras, found anew from the registers and from what panels and lamps say. From documents
 * and not from memory: whoever wrote one before it was asked for sees it counted.
 */
@Injectable()
export class Findings {
  constructor(
    private readonly things: Things,
    private readonly states: StatesStore,
    private readonly lamps: FedLamps,
    private readonly cameras: FedCameras,
  ) {}

  /** What may be without current because these panels are. */
  async below(panelIds: readonly string[]): Promise<ThingKey[]> {
    if (panelIds.length === 0) return [];
    const panels = await this.things.known(panelKind, panelIds);
    const feeders = new Set([...panels.values()].flatMap(({ feederId }) => (feederId as string | undefined) ?? []));
    return [
      ...keysOf('feeder', [...feeders]),
      ...keysOf('camera', await this.cameras.below(panelIds)),
      ...keysOf('lamp', await this.lamps.below(panelIds)),
    ];
  }

  /** Of each of these things. */
  async of(keys: readonly ThingKey[], told: ReadonlyMap<ThingKey, ToldLoss>): Promise<Map<ThingKey, Finding>> {
    const lampIds = idsOfKind('lamp', keys);
    const lamps = await this.lamps.known(lampIds);
    const cameras = await this.cameras.known(idsOfKind('camera', keys));
    const fed = [...lamps.values(), ...cameras.values()];
    const panelIds = [...new Set(fed.flatMap(({ panelId }) => panelId ?? []))];
    const panels = await this.states.kept<PanelState>(panelStates, panelIds);
    const registered = await this.things.known(panelKind, [...panels.keys()]);
    const feederOf: FeederOf = (panelId) => registered.get(panelId)?.['feederId'] as string | undefined;
    const speaking = await this.states.known<LampState>(lampStates, lampIds);
    const found = new Map<ThingKey, Finding>();
    const look = (kind: string, known: ReadonlyMap<string, FedThing>) => {
      for (const thingId of idsOfKind(kind, keys)) {
        const thing = known.get(thingId);
        found.set(thingKey({ kind, thingId }), thing ? { loss: lossOf(thing, { panels, feederOf }) } : 'gone');
      }
    };
    look('lamp', lamps);
    look('camera', cameras);
    for (const [lampId, { troubles }] of speaking) {
      const saysItself = troubles.some(({ kind, active }) => kind === 'supplyLoss' && active);
      if (found.get(`lamp:${lampId}`) !== 'gone') found.set(`lamp:${lampId}`, { saysItself });
    }
    for (const feederId of idsOfKind('feeder', keys))
      found.set(`feeder:${feederId}`, { loss: await this.#ofFeeder(feederId, told.get(`feeder:${feederId}`)) });
    return found;
  }

  async #ofFeeder(feederId: string, told: ToldLoss | undefined): Promise<Loss | undefined> {
    const panels = await this.things.all(panelKind, { feederId });
    const kept = await this.states.kept<PanelState>(
      panelStates,
      panels.map(({ _id }) => _id),
    );
    const fed = [...kept].map(([panelId, { state, exercise }]) => {
      return { panelId, lostSinceMs: lostSince(state), silent: state.silent, exercise };
    });
    const known = told?.condition.active === true ? told.condition.sinceMs : undefined;
    const lost = feederLoss(fed, known);
    if (lost === undefined) return undefined;
    const feeder = (await this.things.known(feederKind, [feederId])).get(feederId) as Partial<Feeder> | undefined;
    const [somewhere] = panels.flatMap((panel) => (panel as unknown as Panel).place ?? []);
    const many = String(lost.panels);
    const said = {
      ...{ thing: { kind: 'feeder', thingId: feederId }, name: feeder?.name ?? feederId, kind: 'supplyLoss' },
      ...({ severity: 'high', basis: 'inferred', agency: 'dishub' } as const),
      within: [],
      ...(somewhere && { place: { lat: somewhere.lat, lng: somewhere.lng } }),
      detail: `disimpulkan dari ${many} panel yang melapor · inferred from ${many} panels that reported`,
    };
    return { said, sinceMs: lost.sinceMs, exercise: lost.exercise };
  }
}

/** A lamp is dark when it should burn; a camera needs its current by day as well, and no drill takes that of a real one. */
function lossOf(thing: FedThing, { panels, feederOf }: { panels: Panels; feederOf: FeederOf }): Loss | undefined {
  const { panelId = '', exercise, said, through } = thing;
  const panel = panels.get(panelId);
  if (panel === undefined) return undefined;
  const isLamp = said.thing.kind === 'lamp';
  if (!isLamp && exercise !== panel.exercise) return undefined;
  const sinceMs = isLamp ? lampsDarkSince(panel.state) : lostSince(panel.state);
  if (sinceMs === undefined) return undefined;
  const within = [...through, ...keysOf('panel', [panelId]), ...keysOf('feeder', [feederOf(panelId) ?? []].flat())];
  return {
    said: { ...said, kind: 'supplyLoss', severity: 'medium', basis: 'inferred', within },
    ...{ panelId, sinceMs, exercise: exercise || panel.exercise },
  };
}
