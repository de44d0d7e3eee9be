import { Controller } from '@nestjs/common';
import { Fault, GetPushKey, SubscribePush, UnsubscribePush, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { PushServices } from './push-services.ts';
import { SubscriptionsStore } from './subscriptions.store.ts';
import { encrypted } from './web-push.ts';

/** Phones of crews subscribe to being rung. */
@Controller()
export class PushController {
  constructor(
    private readonly subscriptions: SubscriptionsStore,
    private readonly pushes: PushServices,
  ) {}

  @Route(GetPushKey)
  async key() {
    const { publicKey } = await this.subscriptions.keyPair();
    return { publicKey };
  }

  @Route(SubscribePush)
  async subscribe({ body }: InputOf<typeof SubscribePush>) {
    await this.pushes.outgoing.refuse(body.endpoint);
    refuseUnreadable(body.keys);
    return { subscriptionId: await this.subscriptions.put(body, currentContext().principal) };
  }

  @Route(UnsubscribePush)
  async unsubscribe({ params }: InputOf<typeof UnsubscribePush>) {
    await this.subscriptions.removeOf(currentContext().principal.id, params.subscriptionId);
    return { removed: true as const };
  }
}

/** What nothing can be encrypted for would never ring. */
function refuseUnreadable(keys: InputOf<typeof SubscribePush>['body']['keys']): void {
  try {
    encrypted('', keys);
  } catch (cause) {
    throw new Fault('invalid', 'keys.p256dh: bukan kunci peramban, daftar ulang · not a key of a browser, subscribe again', { cause }); // prettier-ignore
  }
}
