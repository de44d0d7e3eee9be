import { alerts, crewMessages, pushKeys, subscriptions } from './alert-documents.ts';
import { Alerting } from './alerting.ts';
import { AlertsProjection } from './alerts.projection.ts';
import { AlertsStore } from './alerts.store.ts';
import { CrewMessagesController } from './crew-messages.controller.ts';
import { CrewMessagesStore } from './crew-messages.store.ts';
import { DispatchedCrews } from './dispatched-crews.ts';
import { MessageSender } from './message-sender.ts';
import { PushSender } from './push-sender.ts';
import { PushController } from './push.controller.ts';
import { SubscriptionsStore } from './subscriptions.store.ts';

/** What alerting crews brings to the service. */
export const alertParts = {
  controllers: [AlertsProjection, CrewMessagesController, PushController],
  providers: [Alerting, AlertsStore, CrewMessagesStore, DispatchedCrews, MessageSender, PushSender, SubscriptionsStore],
  collections: [alerts, crewMessages, pushKeys, subscriptions],
};
