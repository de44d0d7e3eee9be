import { Controller, Inject } from '@nestjs/common';
import { On } from '@siaga/bus';
import { StreetTelemetryRecorded } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { CommandedLevels } from '../control/commanded-levels.ts';
import { StreetRegister } from '../register/street-register.ts';
import { Conclusions } from './conclusions.ts';
import { lampAfter, type LampState } from './lamp-rules.ts';
import { firstHeardMs, reportsByThing } from './reports-by-thing.ts';
import { lampStates, StatesStore } from './states.store.ts';
import { Telling } from './telling.ts';

/** What controllers said of lamps becomes what lamps do: kept, then told. */
@Controller()
export class LampStatesProjection {
  @Inject(Conclusions) private readonly conclusions!: Conclusions;

  constructor(
    private readonly register: StreetRegister,
    private readonly states: StatesStore,
    private readonly telling: Telling,
    private readonly commanded: CommandedLevels,
  ) {}

  @On(StreetTelemetryRecorded, { batch: true })
  async recorded(reports: StreetTelemetryRecorded[]): Promise<void> {
    const byLamp = reportsByThing('lamp', reports);
    if (byLamp.size === 0) return;
    const known = await this.states.known(lampStates, [...byLamp.keys()]);
    const after = new Map<string, LampState>();
    const { controllers } = this.register.here;
    const { exercise: simulated } = currentContext();
    for (const [lampId, said] of byLamp) {
      const lamp = await this.register.lamp(lampId);
      // taken out of the register since
      if (lamp === undefined) continue;
      const { panelId, place, watt } = lamp;
      for (const report of said) {
        const intervalS = controllers.get(report.deviceId)?.intervalS ?? 900;
        const toldPercent = this.commanded.levelOf(report.thing, report.receivedAtMs);
        const facts = { lampId, panelId, place, watt, intervalS, simulated, toldPercent };
        after.set(lampId, lampAfter(after.get(lampId) ?? known.get(lampId), report, facts));
      }
    }
    await this.states.put(lampStates, after);
    await this.telling.lamps(after.values(), (lampId) => firstHeardMs(byLamp.get(lampId)));
    await this.conclusions.heard([...after.keys()], firstHeardMs(reports));
  }
}
