import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { StreetTelemetryRecorded } from '@siaga/contracts';
import { heard } from './confirming.ts';
import { OpenOverrides } from './open-overrides.ts';
import { OverridesStore } from './overrides.store.ts';
import { Programmes } from './programmes.ts';
import { Readdressing } from './readdressing.ts';

/** What controllers measure tells whether lamps did as they were told; a report heard again changes nothing. */
@Controller()
export class ConfirmationsProjection {
  constructor(
    private readonly open: OpenOverrides,
    private readonly store: OverridesStore,
    private readonly programmes: Programmes,
    private readonly readdressing: Readdressing,
  ) {}

  @On(StreetTelemetryRecorded, { batch: true })
  async recorded(reports: StreetTelemetryRecorded[]): Promise<void> {
    await this.open.catchUp();
    await this.readdressing.known(reports);
    const turns = reports.flatMap((report) => {
      const held = this.open.holderOf(report.thing);
      if (held === undefined) return [];
      const { _id, levelPercent } = held.override;
      const back = this.programmes.levelAt(report.thing, report.receivedAtMs);
      return this.store.turn(_id, (override) =>
        // it may have ended since it was read
        heard(override, report, override.phase === 'active' ? levelPercent : back),
      );
    });
    await Promise.all(turns);
  }
}
