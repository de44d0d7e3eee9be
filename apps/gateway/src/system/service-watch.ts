import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { systemServices, type ServiceReported } from '@siaga/contracts';
import { metrics, RouteSettings } from '@siaga/service';
import { Gauge } from 'prom-client';
import { LiveGateway } from '../live/live.gateway.ts';

interface Silence {
  service: string;
  instance_id: string;
  ready: boolean;
  forMs: number;
}

/** Open watches, asked when metrics are read. */
const watches = new Set<ServiceWatch>();

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

/** How long each process of the city has been silent, as the live stream knows it, for those who watch from outside. */
@Injectable()
export class ServiceWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly city: string;
  readonly #live: LiveGateway;
  #newest = { atMs: 0, seenMs: 0 };

  constructor(live: LiveGateway, settings: RouteSettings) {
    this.#live = live;
    this.city = settings.city;
  }

  onApplicationBootstrap(): void {
    watches.add(this);
  }

  beforeApplicationShutdown(): void {
    watches.delete(this);
  }

  /**
   * Measured on the log's clock: the newest report was now when it was first seen here, and from then on this machine's
   * monotonic clock goes on. So clocks that differ do not matter, and ages grow while the log is away.
   */
  readonly silences = (): Silence[] => {
    const values = [...(this.#live.stateOf(this.city)?.table(systemServices)?.values() ?? [])];
    const atMs = Math.max(0, ...values.map(({ meta }) => meta.at));
    if (atMs !== this.#newest.atMs) this.#newest = { atMs, seenMs: performance.now() };
    const nowMs = atMs + performance.now() - this.#newest.seenMs;
    return values.flatMap(({ data, meta }) => {
      if (data === null) return [];
      const { service, instanceId, ready: is } = data as ServiceReported;
      return [{ service, instance_id: instanceId, ready: is, forMs: nowMs - meta.at }];
    });
  };
}
