import { Outgoing } from '@siaga/service';

/**
 * How push services are reached, and whom they may ask about our messages (`sub` of RFC 8292). Their addresses come from
 * browsers of crews: networks that webhooks of the city may go to are none of theirs.
 */
export class PushServices {
  readonly outgoing: Outgoing;
  readonly contact: { readonly contact?: string };

  constructor(networks: readonly string[] | undefined, contact: string | undefined) {
    this.outgoing = new Outgoing(networks);
    this.contact = contact === undefined ? {} : { contact };
  }
}
