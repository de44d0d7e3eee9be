import { randomUUID } from 'node:crypto';
import type { EventBus } from '@siaga/bus';
import { ActionAttempted, ActionConcluded, Fault } from '@siaga/contracts';
import { createLogger, currentContext, type Action, type Auditor } from '@siaga/service';
import { Refusals } from './refusals.ts';

const log = createLogger('audit');

/** Writes the trail to the log, where the one sealer chains it. */
export class LogAuditor implements Auditor {
  readonly #bus: EventBus;
  readonly #refusals = new Refusals((action, fault) => this.#refused(action, fault));

  constructor(bus: EventBus) {
    this.#bus = bus;
  }

  async attempted({ name, subjects }: Action): ReturnType<Auditor['attempted']> {
    const { principal, exercise, correlation } = currentContext();
    const attemptId = randomUUID();
    await this.#bus.publish(ActionAttempted, {
      ...{ attemptId, action: name, subjects: [...subjects], exercise, correlation, atMs: Date.now() },
      ...{ principalId: principal.id, principalKind: principal.kind },
      ...(principal.sessionId === undefined ? {} : { sessionId: principal.sessionId }),
    });
    return async (outcome, fault) => {
      const told = fault === undefined ? {} : { fault: fault.kind };
      try {
        await this.#bus.publish(ActionConcluded, { attemptId, outcome, atMs: Date.now(), ...told });
      } catch (error) {
        // it is done; the trail shows an attempt of which nobody knows the end
        log.warn({ err: error, attemptId }, 'the outcome of an audited action could not be written');
      }
    };
  }

  turnedAway(action: Action, fault: Fault): Promise<void> {
    return this.#refusals.note(action, fault);
  }

  /** What was only counted so far is written while the log still takes it. */
  async onModuleDestroy(): Promise<void> {
    await this.#refusals.close();
  }

  async #refused(action: Action, fault: Fault): Promise<void> {
    try {
      const conclude = await this.attempted(action);
      await conclude('refused', fault);
    } catch (error) {
      log.warn({ err: error, action: action.name }, 'a refused call could not be written');
    }
  }
}
