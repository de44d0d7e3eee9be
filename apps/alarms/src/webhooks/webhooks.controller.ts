import { Controller } from '@nestjs/common';
import {
  AlarmWebhook,
  belongsTo,
  Fault,
  ListAlarmWebhooks,
  RegisterAlarmWebhook,
  RemoveAlarmWebhook,
  type Agency,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, Outgoing, Route } from '@siaga/service';
import type { StoredWebhook } from './webhook-document.ts';
import { WebhooksStore } from './webhooks.store.ts';

/** So many addresses an agency has: each is told of every alarm it wants. */
const MOST = 20;

/** Addresses that are told of alarms, kept by the administrators of their agencies. */
@Controller()
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksStore,
    private readonly outgoing: Outgoing,
  ) {}

  @Route(RegisterAlarmWebhook)
  async register({ body }: InputOf<typeof RegisterAlarmWebhook>) {
    if (!isMine(body.agency)) throw new Fault('forbidden', `${body.agency}: bukan dinas Anda · not your agency`);
    await this.outgoing.refuse(body.url);
    if ((await this.webhooks.list([body.agency])).length >= MOST)
      throw new Fault(
        'conflict',
        `paling banyak ${String(MOST)} alamat: hapus satu dahulu · at most that many, remove one first`,
      );
    const { webhook, secret } = await this.webhooks.register(body, currentContext().principal.id);
    return { webhook: await this.shown(webhook), secret };
  }

  @Route(ListAlarmWebhooks)
  async list() {
    const mine = (await this.webhooks.list()).filter(({ agency }) => isMine(agency));
    return { items: await Promise.all(mine.map((webhook) => this.shown(webhook))) };
  }

  @Route(RemoveAlarmWebhook)
  async remove({ params }: InputOf<typeof RemoveAlarmWebhook>) {
    const found = await this.webhooks.find(params.webhookId);
    if (found === undefined || !isMine(found.agency))
      throw new Fault('not-found', 'alamat itu tidak ada · there is no such address');
    await this.webhooks.remove(found._id);
    return { removed: true as const };
  }

  private async shown({ _id, ...webhook }: StoredWebhook): Promise<AlarmWebhook> {
    return AlarmWebhook.parse({ ...webhook, webhookId: _id, waiting: await this.webhooks.waiting(_id) });
  }
}

/** Not also the room's: its administrators keep its own addresses. */
const isMine = (agency: Agency): boolean => belongsTo(currentContext().principal, [agency]);
