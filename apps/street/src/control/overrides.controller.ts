import { Controller } from '@nestjs/common';
import {
  EndLampOverride,
  Fault,
  GetLampOverride,
  ListLampOverrides,
  LONGEST_OVERRIDE_MS,
  TakeLampOverride,
  TryLampOverride,
  type InputOf,
} from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { refuseDrill } from './drill.ts';
import { OpenOverrides } from './open-overrides.ts';
import { overrideOf } from './override-document.ts';
import { ended } from './override-rules.ts';
import { OverridesStore } from './overrides.store.ts';
import { plannedSaid, Planning, rowOf } from './planning.ts';

/** Switching lamps by hand: tried first, never for ever, and given back. */
@Controller()
export class OverridesController {
  constructor(
    private readonly planning: Planning,
    private readonly store: OverridesStore,
    private readonly open: OpenOverrides,
  ) {}

  @Route(TryLampOverride)
  async try({ body }: InputOf<typeof TryLampOverride>) {
    return { things: (await this.planning.of(body)).map(plannedSaid) };
  }

  @Route(TakeLampOverride)
  async take({ body }: InputOf<typeof TakeLampOverride>) {
    const { levelPercent, reason, untilMs } = body;
    const nowMs = Date.now();
    refuseUntil(untilMs, nowMs);
    const planned = await this.planning.of(body);
    const told = planned.filter(({ verdict }) => verdict === 'ready' || verdict === 'silent');
    if (told.length === 0)
      throw new Fault(
        'invalid',
        'tidak satu pun dari pilihan ini punya alat kendali yang dapat disuruh · none of them has a controller that can be told',
      );
    refuseDrill(planned.every((one) => one.exercise));
    const exercise = told.every((one) => one.exercise);
    const holders = new Map(told.map(({ thing }) => [thing, this.open.holderOf(thing)?.override]));
    const things = planned.map((one) => rowOf(one, holders.get(one.thing)?._id, nowMs));
    // whatever the clock said when those were taken: this one is later
    const order = Math.max(nowMs, ...[...holders.values()].map((holder) => (holder?.order ?? 0) + 1));
    const taken = await this.store.take({ levelPercent, reason, untilMs, things, order }, exercise);
    // a controller that asks right after the answer is told
    await this.open.refresh();
    return overrideOf(taken);
  }

  @Route(ListLampOverrides)
  async list({ query }: InputOf<typeof ListLampOverrides>) {
    const { items, next } = await this.store.page(query);
    return { items: items.map(overrideOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(GetLampOverride)
  async get({ params }: InputOf<typeof GetLampOverride>) {
    return overrideOf(await this.store.get(params.overrideId));
  }

  @Route(EndLampOverride)
  async end({ params: { overrideId } }: InputOf<typeof EndLampOverride>) {
    const { principal, press } = currentContext();
    const before = await this.store.get(overrideId);
    // who ended it and asks again is answered what he did
    const isRepeat = press !== undefined && before.endedBy === principal.id;
    if (before.phase !== 'active' && !isRepeat)
      throw new Fault('conflict', `perintah ${overrideId} sudah berakhir · it is ended already`);
    const after = await this.store.turn(overrideId, (override, nowMs) => ended(override, principal.id, nowMs));
    await this.open.refresh();
    return overrideOf(after);
  }
}

function refuseUntil(untilMs: number, nowMs: number): void {
  if (untilMs <= nowMs)
    throw new Fault('invalid', 'untilMs: pilih waktu yang belum lewat · choose a time that is still to come');
  if (untilMs > nowMs + LONGEST_OVERRIDE_MS)
    throw new Fault('invalid', 'untilMs: paling lama 12 jam dari sekarang · at most 12 hours from now');
}
