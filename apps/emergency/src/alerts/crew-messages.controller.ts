import { Controller } from '@nestjs/common';
import { CrewMessages, GetCrewMessages, RemoveCrewMessages, SetCrewMessages, type InputOf } from '@siaga/contracts';
import { currentContext, Outgoing, Route } from '@siaga/service';
import { AlertsStore } from './alerts.store.ts';
import { CrewMessagesStore } from './crew-messages.store.ts';

/** The address that writes to crews, kept by administrators. */
@Controller()
export class CrewMessagesController {
  constructor(
    private readonly messages: CrewMessagesStore,
    private readonly alerts: AlertsStore,
    private readonly outgoing: Outgoing,
  ) {}

  @Route(SetCrewMessages)
  async set({ body }: InputOf<typeof SetCrewMessages>) {
    await this.outgoing.refuse(body.url);
    const secret = await this.messages.set(body);
    return { messages: body, secret };
  }

  @Route(GetCrewMessages)
  async get() {
    const found = await this.messages.find();
    if (found === undefined) return {};
    const { roles } = currentContext().principal;
    const keeps = roles.includes('agency-admin') || roles.includes('city-admin');
    // an address may carry a secret of its own behind its host
    return { messages: CrewMessages.parse(keeps ? found : { ...found, url: new URL(found.url).origin }) };
  }

  @Route(RemoveCrewMessages)
  async remove() {
    await this.messages.remove();
    await this.alerts.dropMessages();
    return { removed: true as const };
  }
}
