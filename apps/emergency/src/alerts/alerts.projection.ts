import { createHash } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { On } from '@siaga/bus';
import { AssignmentChanged, NOT_SET_UP, PrincipalChanged } from '@siaga/contracts';
import type { StoredUnit } from '../units/unit-now.ts';
import type { AlertDocument } from './alert-documents.ts';
import { AlertsStore } from './alerts.store.ts';
import { CrewMessagesStore } from './crew-messages.store.ts';
import { DispatchedCrews, type DispatchedCrew } from './dispatched-crews.ts';
import { SubscriptionsStore } from './subscriptions.store.ts';

/** What was heard late is tried so long all the same: the crew still does not know, ms. */
const LEAST_MS = 30_000;

const noPhone = 'tidak ada telepon terdaftar · no phone is subscribed';
const noNumber = 'tidak ada nomor awak · the crew has no number';
const simulated = 'awak simulasi: tidak dikirim · a simulated crew: not sent';

/** Crews are rung when they are sent, and written to when they are silent; a repeat finds the same alerts there already. */
@Controller()
export class AlertsProjection {
  constructor(
    private readonly alerts: AlertsStore,
    private readonly crews: DispatchedCrews,
    private readonly subscriptions: SubscriptionsStore,
    private readonly messages: CrewMessagesStore,
  ) {}

  @On(AssignmentChanged)
  async changed(changed: AssignmentChanged): Promise<void> {
    if (changed.status !== 'dispatched') {
      await this.alerts.drop(changed.assignmentId);
      return;
    }
    const crew = await this.crews.of(changed);
    if (crew === undefined) return;
    await this.#ring(crew);
    if (crew.assignment.isUnanswered === true) await this.#write(crew);
  }

  @On(PrincipalChanged)
  async stands({ principalId, blocked, roles }: PrincipalChanged): Promise<void> {
    if (blocked || !roles.includes('responder')) await this.subscriptions.removeAllOf(principalId);
  }

  async #ring(crew: DispatchedCrew): Promise<void> {
    const people = crew.unit.crew.flatMap(({ principalId }) => principalId ?? []);
    const phones = await this.subscriptions.of(people);
    for (const { _id: to } of phones) await this.alerts.begin({ ...aboutOf(crew), channel: 'push', to });
    // a phone whose subscription ended as it was rung is told of by its own outcome
    const wasRung = crew.assignment.alertedOnce?.some((one) => one.startsWith('push.')) === true;
    if (phones.length === 0 && !wasRung) await this.#tellNone(crew, { channel: 'push', reason: noPhone });
  }

  async #write(crew: DispatchedCrew): Promise<void> {
    const channel = (await this.messages.find())?.channel;
    const numbers = [...new Set(crew.unit.crew.flatMap(({ number }) => number ?? []))];
    const reason = channel === undefined ? NOT_SET_UP : whyNobody(crew.unit, numbers);
    if (channel === undefined || reason !== undefined) {
      await this.#tellNone(crew, { channel: channel ?? 'sms', reason: reason ?? NOT_SET_UP });
      return;
    }
    const about = aboutOf(crew);
    for (const number of numbers)
      await this.alerts.begin({ ...about, channel, number, to: hashOf(about.assignmentId, number) });
  }

  #tellNone(
    { unit, assignment: { assignmentId } }: DispatchedCrew,
    failed: { channel: AlertDocument['channel']; reason: string },
  ): Promise<void> {
    const once = `${failed.channel}.none`;
    return this.alerts.tell(unit._id, { ...failed, assignmentId, outcome: 'failed', once });
  }
}

const whyNobody = ({ exercise }: StoredUnit, numbers: readonly string[]): string | undefined =>
  exercise ? simulated : numbers.length === 0 ? noNumber : undefined;

function aboutOf({ unit: { _id: unitId, name: unitName }, assignment, exercise }: DispatchedCrew) {
  const { assignmentId, answerByMs } = assignment;
  const sentAtMs = Date.now();
  return { unitId, unitName, assignmentId, exercise, sentAtMs, untilMs: Math.max(answerByMs, sentAtMs + LEAST_MS) };
}

/** The same on every repeat, whoever sits where in the crew by then. */
const hashOf = (assignmentId: string, number: string) =>
  createHash('sha256').update(`${assignmentId} ${number}`).digest('hex').slice(0, 16);
