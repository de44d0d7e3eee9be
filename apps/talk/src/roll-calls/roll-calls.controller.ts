import { Controller } from '@nestjs/common';
import {
  AnswerRoll,
  belongsTo,
  CallRoll,
  EndRollCall,
  Fault,
  GetRollCall,
  ListRollCalls,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { Groups } from '../groups/groups.ts';
import { HandsetsStore } from '../handsets/handsets.store.ts';
import { rollCallOf, type StoredRollCall } from './roll-call-document.ts';
import { agencyCalled, mayCall, rowOf, takesAnswer, wayOf } from './roll-call-rules.ts';
import { RollCallsStore } from './roll-calls.store.ts';

/** *Apel HT*: who is there. */
@Controller()
export class RollCallsController {
  constructor(
    private readonly rolls: RollCallsStore,
    private readonly handsets: HandsetsStore,
    private readonly groups: Groups,
  ) {}

  @Route(CallRoll)
  async call({ body: { groupId } }: InputOf<typeof CallRoll>) {
    const { city, principal } = currentContext();
    const group = this.groups.find(city, groupId);
    if (group === undefined) throw new Fault('not-found', `grup ${groupId} tidak ada · no such group`);
    const agency = agencyCalled(group);
    if (!mayCall(principal, agency)) throw new Fault('forbidden', `${group.name}: bukan OPD Anda · not your agency`);
    const asked = await this.handsets.called(agency);
    if (asked.length === 0)
      throw new Fault('conflict', `belum ada HT ${group.name} di daftar: isi daftar HT dulu · the register has no radio of it: fill it first`); // prettier-ignore
    return this.rolls.withAnswers(await this.rolls.call(group, asked.map(rowOf)));
  }

  @Route(AnswerRoll)
  async answer({ params, body: { handsetId, batteryPercent } }: InputOf<typeof AnswerRoll>) {
    const { principal } = currentContext();
    const [roll, handset] = await Promise.all([this.rolls.get(params.rollCallId), this.handsets.get(handsetId)]);
    const nowMs = Date.now();
    takesAnswer(roll, handsetId, nowMs);
    const way = wayOf(principal, handset);
    if (way === undefined)
      throw new Fault('forbidden', `${handsetId} bukan HT Anda: pilih HT ini dulu · not your radio: choose it first`);
    await this.rolls.answer(roll, { handsetId, by: principal.id, atMs: nowMs, way });
    if (way === 'phone') {
      const battery = batteryPercent === undefined ? {} : { battery: { percent: batteryPercent, atMs: nowMs } };
      await this.handsets.heard(new Map([[handsetId, { heardAtMs: nowMs, ...battery }]]));
    }
    return this.rolls.withAnswers(roll);
  }

  @Route(EndRollCall)
  async end({ params: { rollCallId } }: InputOf<typeof EndRollCall>) {
    const roll = await this.#seen(rollCallId);
    if (!mayCall(currentContext().principal, agencyCalled(roll)))
      throw new Fault('forbidden', 'bukan apel OPD Anda · not your agency’s roll call');
    return this.rolls.withAnswers(await this.rolls.end(rollCallId));
  }

  @Route(GetRollCall)
  async get({ params: { rollCallId } }: InputOf<typeof GetRollCall>) {
    return this.rolls.withAnswers(await this.#seen(rollCallId));
  }

  @Route(ListRollCalls)
  async list({ query }: InputOf<typeof ListRollCalls>) {
    const { principal } = currentContext();
    const agencies = principal.roles.includes('city-admin') ? undefined : principal.agencies;
    const { items, next } = await this.rolls.page(agencies, query);
    return { items: items.map(rollCallOf), ...(next === undefined ? {} : { next }) };
  }

  /** `not-found` for those it does not concern. */
  async #seen(rollCallId: string): Promise<StoredRollCall> {
    const roll = await this.rolls.get(rollCallId);
    if (!belongsTo(currentContext().principal, roll.agencies))
      throw new Fault('not-found', `apel ${rollCallId} tidak ada · ${rollCallId} does not exist`);
    return roll;
  }
}
