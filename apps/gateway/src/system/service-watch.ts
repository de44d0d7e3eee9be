import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { systemServices, type ServiceReported } from '@siaga/contracts';
import { metrics, PerCity, RouteSettings } from '@siaga/service';
import { Gauge } from 'prom-client';
import { LiveGateway } from '../live/live.gateway.ts';
import type { StreamState } from '../live/stream-state.ts';

interface Silence {
  service: string;
  instance_id: string;
  ready: boolean;
  forMs: number;
}

/** Open watches, asked when metrics are read. */
const watches = new Set<CityWatch>();

const ages = new Gauge({
  name: 'siaga_service_report_age_seconds',
  help: 'How long a process of Siaga has not told how it is, which it does every 5 s; exact to about as much',
  labelNames: ['city', 'service', 'instance_id'],
  registers: [metrics],
  collect() {
    ages.reset();
    ready.reset();
    for (const { city, silences } of watches)
      for (const { service, instance_id, ready: is, forMs } of silences()) {
        ages.set({ city, service, instance_id }, forMs / 1000);
        ready.set({ city, service, instance_id }, is ? 1 : 0);
      }
  },
});
const ready = new Gauge({
  name: 'siaga_service_ready',
  help: 'What a process of Siaga last told of itself: 1 ready, 0 not ready',
  labelNames: ['city', 'service', 'instance_id'],
  registers: [metrics],
});

/** How often it looks who was heard: as exact are the ages. */
const LOOK_MS = 1000;

/** A report that was seen, and when that was by this machine's monotonic clock. */
interface Heard {
  partition: number;
  offset: number;
  atMs: number;
}

/** How long each process has been silent, as each city knows it. */
@Injectable()
export class ServiceWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #cities: PerCity<CityWatch>;
  #timer: NodeJS.Timeout | undefined;

  constructor(live: LiveGateway, { cities }: RouteSettings) {
    this.#cities = new PerCity(cities, (city) => new CityWatch(city, live));
  }

  onApplicationBootstrap(): void {
    for (const watch of this.#cities.values()) watches.add(watch);
    this.#timer = setInterval(() => {
      for (const watch of this.#cities.values()) watch.silences();
    }, LOOK_MS).unref();
  }

  beforeApplicationShutdown(): void {
    for (const watch of this.#cities.values()) watches.delete(watch);
    clearInterval(this.#timer);
  }
}

/**
 * How long each process of the city has been silent, as the live stream knows it, for those who watch from outside. By
 * this machine's monotonic clock, from when another report of it came: so clocks that differ or are set back do not
 * matter, and ages grow while the log is away.
 */
class CityWatch {
  readonly city: string;
  readonly #live: LiveGateway;
  #state: StreamState | undefined;
  #heard = new Map<string, Heard>();

  constructor(city: string, live: LiveGateway) {
    this.city = city;
    this.#live = live;
  }

  readonly silences = (): Silence[] => {
    const state = this.#live.stateOf(this.city);
    const values = [...(state?.table(systemServices)?.values() ?? [])].filter(({ data }) => data !== null);
    if (state !== this.#state) this.#heard.clear(); // what was read means nothing any more
    this.#state = state;
    const newestMs = Math.max(0, ...values.map(({ meta }) => meta.at));
    const nowMs = performance.now();
    this.#heard = new Map(
      values.map(({ key, partition, offset, meta }) => {
        const before = this.#heard.get(key);
        if (before?.partition === partition && before.offset === offset) return [key, before];
        // seen for the first time it may be old: as old as the log says, for which its newest report is now
        return [key, { partition, offset, atMs: nowMs - (before === undefined ? newestMs - meta.at : 0) }];
      }),
    );
    return values.map(({ key, data }) => {
      const { service, instanceId, ready: is } = data as ServiceReported;
      const { atMs = nowMs } = this.#heard.get(key) ?? {};
      return { service, instance_id: instanceId, ready: is, forMs: nowMs - atMs };
    });
  };
}
