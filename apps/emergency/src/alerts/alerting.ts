import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { createLogger, currentContext, MessagesUnderWay, triedAgainAtMs } from '@siaga/service';
import { Timers } from '@siaga/store';
import { alerts, type StoredAlert } from './alert-documents.ts';
import { AlertsStore, type Crew } from './alerts.store.ts';
import { MessageSender } from './message-sender.ts';
import { PushSender } from './push-sender.ts';
import { pausesMs, type Try } from './tries.ts';

const log = createLogger('alerts');

/** No room for it now. */
const LATER_MS = 1000;
/** Forty crews are sent at once, and the address of the city is to write to all of them within their time. */
const MOST_TO_ONE = 16;
const nobody = 'tidak terkirim dalam waktunya · not sent in its time';

/** Tries what is under way until it is taken, given up, or nobody has to be told any more. */
@Injectable()
export class Alerting implements OnApplicationShutdown {
  readonly #underWay = new MessagesUnderWay({ mostToOne: MOST_TO_ONE });

  constructor(
    private readonly kept: AlertsStore,
    private readonly pushes: PushSender,
    private readonly messages: MessageSender,
    timers: Timers,
  ) {
    timers.onDue(alerts, (alert) => {
      const nowMs = Date.now();
      // one address writes for all crews of a city
      const to = `${currentContext().city} ${alert.channel === 'push' ? alert.to : alert.channel}`;
      if (!this.#underWay.hasRoom(to)) return { change: { $set: { wakeAtMs: nowMs + LATER_MS } } };
      this.#underWay.begin(to, (signal) => this.begin(alert, signal), failed);
      // one last look when its time is over
      const wakeAtMs = triedAgainAtMs(alert, pausesMs, nowMs) ?? Math.max(alert.untilMs + 1, nowMs + LATER_MS);
      return { change: { $set: { wakeAtMs }, $inc: { attempts: 1 } } };
    });
  }

  /** What is on its way is called off, and tried again after the start. */
  onApplicationShutdown(): Promise<void> {
    return this.#underWay.end();
  }

  private async begin(alert: StoredAlert, signal: AbortSignal): Promise<void> {
    const crew = await this.kept.awaitedOf(alert);
    if (crew === undefined) await this.kept.end(alert);
    // what had no room in its time is tried once all the same
    else if (alert.attempts > 0 && alert.untilMs < Date.now())
      await this.settle(alert, { outcome: 'failed', reason: alert.failure ?? nobody });
    else await this.try(alert, crew, signal);
  }

  private async try(alert: StoredAlert, crew: Crew, signal: AbortSignal): Promise<void> {
    const sender = alert.channel === 'push' ? this.pushes : this.messages;
    const outcome = await sender.try(alert, crew, signal).catch(whyOf);
    if (outcome !== 'taken' && signal.aborted) return;
    if (alert.channel !== 'push') await this.messages.noted(outcome);
    if (outcome === 'taken') await this.settle(alert, { outcome: 'sent' });
    else if (outcome.gone) await this.settle(alert, { outcome: 'failed', reason: outcome.why });
    else await this.kept.notTaken(alert, outcome.why);
  }

  /** Told first: cut off in between it is told again, which changes nothing. */
  private async settle(alert: StoredAlert, how: { outcome: 'sent' | 'failed'; reason?: string }): Promise<void> {
    const { unitId, assignmentId, channel, to } = alert;
    await this.kept.tell(unitId, { assignmentId, channel, ...how, once: `${channel}.${to}` });
    await this.kept.end(alert);
  }
}

const failed = (error: unknown) => {
  log.warn({ err: error }, 'an alert is tried again later');
};

/** Reasons of {@link Outgoing} name the host and never what was sent. */
const whyOf = (error: unknown): Try => ({
  why: (error instanceof Fault ? error.message : 'gagal · failed').replaceAll(/\s+/g, ' ').slice(0, 180),
});
