import { Controller, Inject } from '@nestjs/common';
import { On } from '@siaga/bus';
import { StreetTelemetryRecorded } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { CommandedLevels } from '../control/commanded-levels.ts';
import { StreetRegister } from '../register/street-register.ts';
import { Conclusions } from './conclusions.ts';
import { panelAfter, type PanelState } from './panel-rules.ts';
import { firstHeardMs, reportsByThing } from './reports-by-thing.ts';
import { panelStates, StatesStore } from './states.store.ts';
import { Telling } from './telling.ts';

/** What controllers said of panels becomes what panels do: kept, told, and concluded from. */
@Controller()
export class PanelStatesProjection {
  @Inject(CommandedLevels) private readonly commanded!: CommandedLevels;

  constructor(
    private readonly register: StreetRegister,
    private readonly states: StatesStore,
    private readonly telling: Telling,
    private readonly conclusions: Conclusions,
  ) {}

  @On(StreetTelemetryRecorded, { batch: true })
  async recorded(reports: StreetTelemetryRecorded[]): Promise<void> {
    const byPanel = reportsByThing('panel', reports);
    if (byPanel.size === 0) return;
    const known = await this.states.known(panelStates, [...byPanel.keys()]);
    const after = new Map<string, PanelState>();
    const { controllers } = this.register.here;
    const { exercise: simulated } = currentContext();
    for (const [panelId, said] of byPanel) {
      const panel = await this.register.panel(panelId);
      // taken out of the register since
      if (panel === undefined) continue;
      const { feederId, place, contractedVa } = panel;
      for (const report of said) {
        const intervalS = controllers.get(report.deviceId)?.intervalS ?? 900;
        const toldPercent = this.commanded.levelOf(report.thing, report.receivedAtMs);
        const facts = { panelId, feederId, place, contractedVa, intervalS, simulated, toldPercent };
        after.set(panelId, panelAfter(after.get(panelId) ?? known.get(panelId), report, facts));
      }
    }
    const sinceMs = (panelId: string) => firstHeardMs(byPanel.get(panelId));
    await this.states.put(panelStates, after);
    await this.telling.panels(after.values(), sinceMs);
    await this.conclusions.below([...after.keys()], newest(after.values()));
  }
}

const newest = (panels: Iterable<PanelState>) => Math.max(...[...panels].map(({ changedAtMs }) => changedAtMs));
