import { Controller } from '@nestjs/common';
import { EventBus, type Table } from '@siaga/bus';
import {
  AcknowledgeAlarms,
  AssignAlarm,
  Fault,
  GetAlarm,
  ListAlarmCauses,
  ListAlarmHolders,
  ListAlarms,
  NoteAlarm,
  PrincipalChanged,
  ShelveAlarm,
  UnshelveAlarm,
  type AlarmOutcome,
  type InputOf,
} from '@siaga/contracts';
import { actorNow, currentContext, Route } from '@siaga/service';
import { causeOf } from '../conditions/cause.ts';
import { ConditionsStore } from '../conditions/conditions.store.ts';
import { alarmOf, type StoredAlarm } from './alarm-document.ts';
import { acknowledged, assigned, loggedOf, noted, shelved, unshelved, type Turn } from './alarm-steps.ts';
import { AlarmsStore } from './alarms.store.ts';
import { agenciesSeen, holdersFirst, mayHold, mayTouch } from './whose-alarms.ts';

/** As many acknowledgements of one command are written at a time. */
const AT_ONCE = 20;

/** A city of more dispatchers than that gives its alarms by agency. */
const MOST_HOLDERS = 500;

/** The alarm queue of a desk, and what operators do with it. */
@Controller()
export class AlarmsController {
  constructor(
    private readonly alarms: AlarmsStore,
    private readonly conditions: ConditionsStore,
    private readonly bus: EventBus,
  ) {}

  @Route(ListAlarms)
  async list({ query }: InputOf<typeof ListAlarms>) {
    const { items, next } = await this.alarms.page(agenciesSeen(currentContext().principal), query);
    return { items: items.map(alarmOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(GetAlarm)
  async get({ params }: InputOf<typeof GetAlarm>) {
    const { alarmId } = params;
    const { timeline = [], ...alarm } = await this.mine(await this.alarms.withTimeline(alarmId), alarmId);
    return { alarm: alarmOf(alarm), timeline: timeline.map((step) => loggedOf(alarmId, alarm, step)) };
  }

  @Route(ListAlarmCauses)
  async causes({ params, query }: InputOf<typeof ListAlarmCauses>) {
    const { conditionKey } = await this.mine(await this.alarms.find(params.alarmId), params.alarmId);
    const { items, next } = await this.conditions.page(conditionKey, query);
    return { items: items.map(causeOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(AcknowledgeAlarms)
  async acknowledge({ body }: InputOf<typeof AcknowledgeAlarms>) {
    const items: AlarmOutcome[] = [];
    for (let from = 0; from < body.alarmIds.length; from += AT_ONCE) {
      const some = body.alarmIds.slice(from, from + AT_ONCE);
      items.push(...(await Promise.all(some.map((alarmId) => this.answer(alarmId, body.reason)))));
    }
    return { items };
  }

  @Route(AssignAlarm)
  async assign({ params, body }: InputOf<typeof AssignAlarm>) {
    const { assignee, instead } = body;
    const actor = actorNow();
    const isAsSeen = (alarm: StoredAlarm) => instead === undefined || alarm.assignee === instead;
    return this.act(params.alarmId, {
      rule: (alarm) => {
        if (assignee !== undefined) this.refuseStranger(assignee, alarm);
        return isAsSeen(alarm) ? assigned(alarm, actor, assignee) : undefined;
      },
      otherwise: (alarm) => {
        if (alarm.assignee === assignee) return;
        const who = alarm.assignee ?? 'tidak ada · nobody';
        throw new Fault('conflict', `sekarang dipegang oleh: ${who} · somebody was faster, it is with: ${who}`);
      },
    });
  }

  @Route(ListAlarmHolders)
  async holders({ params }: InputOf<typeof ListAlarmHolders>) {
    const alarm = await this.mine(await this.alarms.find(params.alarmId), params.alarmId);
    const able = [...this.people().values()].filter((person) => mayHold(person, alarm)).sort(holdersFirst(alarm));
    return { items: able.slice(0, MOST_HOLDERS).map(({ principalId, agencies }) => ({ principalId, agencies })) };
  }

  @Route(ShelveAlarm)
  shelve({ params, body }: InputOf<typeof ShelveAlarm>) {
    const actor = actorNow();
    if (body.untilMs <= actor.nowMs) throw new Fault('invalid', 'pilih waktu yang akan datang · choose a time to come');
    return this.act(params.alarmId, {
      rule: (alarm) => shelved(alarm, actor, body),
      otherwise: ({ shelvedUntilMs = 0 }) => {
        const until = new Date(shelvedUntilMs).toISOString();
        throw new Fault('conflict', `sudah ditunda sampai ${until} · it is put aside already, until ${until}`);
      },
    });
  }

  @Route(UnshelveAlarm)
  unshelve({ params }: InputOf<typeof UnshelveAlarm>) {
    const actor = actorNow();
    return this.act(params.alarmId, {
      rule: (alarm) => unshelved(alarm, actor),
      otherwise: () => {
        throw new Fault('conflict', 'alarm ini tidak sedang ditunda · this alarm is not put aside');
      },
    });
  }

  @Route(NoteAlarm)
  note({ params, body }: InputOf<typeof NoteAlarm>) {
    const actor = actorNow();
    return this.act(params.alarmId, { rule: (alarm) => noted(alarm, actor, body.text), endedToo: true });
  }

  private async answer(alarmId: string, reason: string | undefined): Promise<AlarmOutcome> {
    const actor = actorNow();
    const { principal } = currentContext();
    const outcome = await this.alarms.act(alarmId, (alarm) =>
      mayTouch(principal, alarm) ? acknowledged(alarm, actor, reason) : undefined,
    );
    const alarm = outcome === undefined || 'done' in outcome ? outcome?.done : outcome.refused;
    if (outcome === undefined || alarm === undefined || !mayTouch(principal, alarm))
      return { alarmId, outcome: 'unknown' };
    const { by, atMs } = alarm.acknowledgement ?? {};
    const who = { ...(by === undefined ? {} : { by }), ...(atMs === undefined ? {} : { atMs }) };
    return { alarmId, outcome: 'done' in outcome ? 'done' : 'already', ...who };
  }

  /** One turn of one alarm by its rule; `otherwise` says why there is none. */
  private async act(alarmId: string, { rule, otherwise, endedToo }: Act) {
    const { principal } = currentContext();
    const outcome = await this.alarms.act(alarmId, (alarm) => {
      if (!mayTouch(principal, alarm)) throw unknown(alarmId);
      if (alarm.status === 'cleared' && endedToo !== true)
        throw new Fault('conflict', 'alarm ini sudah selesai · this alarm is over');
      return rule(alarm);
    });
    if (outcome === undefined) throw unknown(alarmId);
    if ('done' in outcome) return alarmOf(outcome.done);
    otherwise?.(outcome.refused);
    return alarmOf(outcome.refused);
  }

  private async mine<Found extends StoredAlarm>(found: Found | undefined, alarmId: string): Promise<Found> {
    if (found === undefined || !mayTouch(currentContext().principal, found)) throw unknown(alarmId);
    return Promise.resolve(found);
  }

  /** A stranger to the agency could not even see what he is given, and a viewer could do nothing with it. */
  private refuseStranger(assignee: string, alarm: StoredAlarm): void {
    const person = this.people().get(assignee);
    if (person === undefined || !mayHold(person, alarm))
      throw new Fault(
        'invalid',
        `${assignee}: pilih petugas dari dinas alarm ini yang boleh menanganinya · choose somebody of the alarm’s agency who may act on it`,
      );
  }

  private people(): Table<PrincipalChanged> {
    return this.bus.table(PrincipalChanged, currentContext().city);
  }
}

interface Act {
  readonly rule: (alarm: StoredAlarm) => Turn | undefined;
  readonly otherwise?: (alarm: StoredAlarm) => void;
  /** Also when the alarm is over. */
  readonly endedToo?: true;
}

const unknown = (alarmId: string) => new Fault('not-found', `alarm ${alarmId} tidak ada · there is no such alarm`);
