import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { AlarmLogged, hourAt, type CloudEvent } from '@siaga/contracts';
import { CityRecords, currentContext } from '@siaga/service';
import { isFor } from './webhook-rules.ts';
import { WebhooksStore } from './webhooks.store.ts';

/** Routes what happens to alarms to those who asked for it; a repeat finds the same messages there already. */
@Controller()
export class RoutingProjection {
  constructor(
    private readonly webhooks: WebhooksStore,
    private readonly cities: CityRecords,
  ) {}

  @On(AlarmLogged)
  async logged(logged: AlarmLogged, { id: eventId, type, exercise }: CloudEvent<AlarmLogged>): Promise<void> {
    const { city } = currentContext();
    const hour = hourAt(logged.atMs, this.cities.timezoneOf(city));
    const timestamp = new Date(logged.atMs).toISOString();
    const body = JSON.stringify({ type, timestamp, city, exercise, data: logged });
    for (const webhook of await this.webhooks.list([logged.agency, 'command'])) {
      const id = `${eventId.replace('#', '.')}.${webhook._id}`;
      if (isFor(webhook, logged, hour)) await this.webhooks.send({ id, webhookId: webhook._id, body });
    }
  }
}
