import { Injectable } from '@nestjs/common';
import type { City } from '@siaga/contracts';
import { RecordedReports } from '@siaga/identity';
import { CityRecords, PerCity, RouteSettings } from '@siaga/service';
import { plausibleArea } from './fix-rules.ts';
import { RecentFixes } from './recent-fixes.ts';

/** Recent fixes are kept of so many devices of a city, ten times the largest fleet foreseen. */
const MOST_DEVICES = 20_000;

/** What this process remembers of what devices of each city brought. */
@Injectable()
export class IntakeMemory extends PerCity<CityMemory> {
  constructor({ cities }: RouteSettings, records: CityRecords) {
    super(cities, (code) => new CityMemory(records.of(code)));
  }
}

class CityMemory {
  readonly recorded = new RecordedReports();
  readonly recent = new Map<string, RecentFixes>();
  readonly underWay = new Set<Promise<unknown>>();
  /** Where reports may come from; undefined for a city whose place nobody wrote down. */
  readonly area: ReturnType<typeof plausibleArea> | undefined;

  constructor(city: City | undefined) {
    this.area = city === undefined ? undefined : plausibleArea(city.centre);
  }

  /** Of the devices heard last: the register may forget a device, this must, too. */
  recentOf(key: string): RecentFixes {
    const recent = this.recent.get(key) ?? new RecentFixes();
    this.recent.delete(key);
    this.recent.set(key, recent);
    const [oldest] = this.recent.keys();
    if (this.recent.size > MOST_DEVICES && oldest !== undefined) this.recent.delete(oldest);
    return recent;
  }
}
