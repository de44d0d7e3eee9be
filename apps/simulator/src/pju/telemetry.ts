import { randomOf, within } from '../random.ts';
import { LAMPS_BEFORE_CUT, type Network, type SimulatedLamp, type SimulatedPanel } from './network.ts';
import type { World } from './world.ts';

/** A report as `/ingest/street` takes it, and what of it matters to the sender. */
export interface Report {
  readonly body: Readonly<Record<string, unknown>>;
  /** Its modem has no network: it is sent later. */
  readonly isHeld: boolean;
  /** The panel whose modem it is. */
  readonly panelId: string;
}

/** A device with its thing: of a panel, or of a lamp of it. */
export interface Device {
  readonly controllerId: string;
  readonly panel: SimulatedPanel;
  /** Of a lamp, and its place in the line of its panel. */
  readonly lamp?: { readonly lamp: SimulatedLamp; readonly index: number };
}

/** What a device sees; another view is told at once, the same one every so often. */
export interface View {
  readonly told: boolean;
  readonly fed: boolean;
  readonly lit: boolean;
  readonly isDoorOpen: boolean;
  readonly isCut: boolean;
}

/** Every controller of the network. */
export function devicesOf({ panels }: Network): Device[] {
  return panels.flatMap((panel) => [
    { controllerId: panel.controllerId, panel },
    ...panel.lamps.flatMap((lamp, index) =>
      lamp.controllerId === undefined ? [] : [{ controllerId: lamp.controllerId, panel, lamp: { lamp, index } }],
    ),
  ]);
}

export function viewOf({ panel, lamp }: Device, world: World): View {
  const { panelId, feederId } = panel;
  const hasSupply = !world.lostFeeders.has(feederId);
  const isCut = world.cutPanels.has(panelId);
  const fed = hasSupply && !(isCut && lamp !== undefined && lamp.index >= LAMPS_BEFORE_CUT);
  const told = world.toldOn.has(panelId);
  const lit = fed && (told || world.stuckPanels.has(panelId));
  // a lamp's controller knows nothing of the door, and of a cut only that its own current is gone
  if (lamp !== undefined) return { told, fed, lit, isDoorOpen: false, isCut: false };
  return { told, fed, lit, isDoorOpen: world.openDoors.has(panelId), isCut };
}

/** What a device says of its view; `before`: what it said last, to tell what began and ended since. */
export function reportOf(
  device: Device,
  {
    view,
    before,
    atMs,
    world,
    seed,
  }: { view: View; before: View | undefined; atMs: number; world: World; seed: string },
): Report {
  const { controllerId: deviceId, panel } = device;
  const random = randomOf(seed, 'pju', deviceId, atMs);
  const voltageV = Math.round(within(random, 226, 232));
  const measures =
    device.lamp === undefined
      ? panelMeasures(panel, view, voltageV)
      : lampMeasures(device.lamp.lamp, view, { voltageV, share: within(random, 0.97, 1.02) });
  const events = eventsOf(device, view, before);
  const time = new Date(atMs).toISOString();
  return {
    body: { deviceId, time, ...measures, ...(events.length === 0 ? {} : { events }) },
    isHeld: world.mutePanels.has(panel.panelId),
    panelId: panel.panelId,
  };
}

/** Watt a panel's own electronics draw. */
const OWN_W = 8;

function panelMeasures({ lamps }: SimulatedPanel, view: View, voltageV: number): object {
  const burning = view.isCut ? lamps.slice(0, LAMPS_BEFORE_CUT) : lamps;
  const phases = [0, 1, 2].map((phase) => {
    const own = burning.filter((_, index) => view.lit && index % 3 === phase);
    const activePowerW = view.fed ? own.reduce((sum, { watt }) => sum + watt, phase === 0 ? OWN_W : 0) : 0;
    return { voltageV: view.fed ? voltageV + phase - 1 : 0, activePowerW };
  });
  return {
    ...{ phases, mode: 'automatic', supply: view.fed ? 'present' : 'lost', door: view.isDoorOpen ? 'open' : 'closed' },
    // held by current: a contactor falls open without it, but for what it is told
    ...{ contactor: view.lit ? 'closed' : 'open', commanded: view.told ? 'closed' : 'open' },
  };
}

function lampMeasures(
  { watt }: SimulatedLamp,
  { lit, told, fed }: View,
  { voltageV, share }: { voltageV: number; share: number },
): object {
  return {
    ...{ commandedPercent: told ? 100 : 0, levelPercent: lit ? 100 : 0 },
    ...{ activePowerW: lit ? Math.round(watt * share) : 0, supplyVoltageV: fed ? voltageV : 0 },
  };
}

/** What began and what ended, in TALQ's words. */
function eventsOf({ lamp }: Device, view: View, before: View | undefined): object[] {
  const troubles = (one: View): Readonly<Record<string, boolean>> => ({
    supplyLoss: !one.fed,
    ...(lamp === undefined && { currentTooLow: one.isCut, switchingErrorOn: one.lit && !one.told }),
  });
  const now = troubles(view);
  const earlier = before === undefined ? {} : troubles(before);
  return Object.entries(now).flatMap(([eventType, holds]) => {
    if (holds === (earlier[eventType] ?? false)) return [];
    return [{ eventType, startEndFlag: holds ? 'start' : 'end' }];
  });
}
