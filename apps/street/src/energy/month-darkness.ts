import { Injectable } from '@nestjs/common';
import { beginOfDay, type Controller, type Place } from '@siaga/contracts';
import { CityRecords, currentContext } from '@siaga/service';
import { trusted } from '@siaga/store';
import { controllerKind } from '../controllers/controller-kind.ts';
import { darkOfLamps, nightsOf } from '../darkness/darkness.ts';
import { DarkSpans } from '../darkness/dark-spans.store.ts';
import { Things } from '../register/things.store.ts';
import { DARKNESS_KEPT_S } from '../retention-rules.ts';
import type { MonthDarkness } from './darkness-paid.ts';
import { spanOf } from './calendar.ts';

/** How long real lamps of the context's city were dark in the nights of a month, as far as somebody speaks for them. */
@Injectable()
export class MonthDarknesses {
  constructor(
    private readonly things: Things,
    private readonly spans: DarkSpans,
    private readonly records: CityRecords,
  ) {}

  /** Undefined for a month nobody can tell of any more. */
  async of(month: string, place: Place): Promise<MonthDarkness | undefined> {
    const timezone = this.records.timezoneOf(currentContext().city);
    const { fromDay, toDay } = spanOf(month);
    const within = { fromMs: beginOfDay(fromDay, timezone), toMs: Math.min(Date.now(), beginOfDay(toDay, timezone)) };
    if (within.fromMs < Date.now() - DARKNESS_KEPT_S * 1000) return undefined;
    const spoken = await this.things.all(controllerKind, {
      exercise: false,
      createdAtMs: trusted({ $lt: within.toMs }),
    });
    const heard = new Set(spoken.map((controller) => (controller as unknown as Controller).speaksFor));
    if (heard.size === 0) return undefined;
    const spans = await this.spans.during(within, false);
    return {
      dark: darkOfLamps(spans, nightsOf(within, place)),
      isHeard: ({ lampId, panelId = '' }) => heard.has(`lamp:${lampId}`) || heard.has(`panel:${panelId}`),
    };
  }
}
