import { Controller } from '@nestjs/common';
import {
  bookingUnderWay,
  openAssignment,
  belongsTo,
  DeclareDuty,
  Fault,
  ListUnits,
  ParkUnit,
  PutUnit,
  RemoveUnit,
  TellPosition,
  type InputOf,
} from '@siaga/contracts';
import { actorNow, currentContext, Route } from '@siaga/service';
import { rungAnew } from '../dispatch/assignment-rules.ts';
import { Positions } from './positions.ts';
import { unitOf } from './unit-document.ts';
import type { StoredUnit, UnitNow } from './unit-now.ts';
import { offDuty, onDuty, parkedAt, type Actor } from './unit-rules.ts';
import { UnitsStore } from './units.store.ts';
import { noSuchUnit, notYourUnit, tieTo } from './whose-units.ts';

/** The register of units, their duty, and where they stand. */
@Controller()
export class UnitsController {
  constructor(
    private readonly units: UnitsStore,
    private readonly positions: Positions,
  ) {}

  @Route(PutUnit)
  async put({ params: { unitId }, body }: InputOf<typeof PutUnit>) {
    const { exercise } = currentContext();
    mine(body);
    const nowMs = Date.now();
    const fresh: UnitNow = { ...body, duty: 'unreported', crew: [], changedAtMs: nowMs, exercise };
    const made = await this.units.register(unitId, fresh);
    if (made !== undefined) return unitOf(made);
    const { plate, post } = body;
    const turn = (unit: StoredUnit) => {
      mine(unit);
      return { fields: { ...body, plate, post } };
    };
    return unitOf(await this.units.act(unitId, turn));
  }

  @Route(RemoveUnit)
  async remove({ params: { unitId } }: InputOf<typeof RemoveUnit>) {
    const unit = await this.units.get(unitId);
    if (!belongsTo(currentContext().principal, [unit.agency])) throw noSuchUnit(unitId);
    const open = openAssignment(unit);
    if (open !== undefined)
      throw new Fault('conflict', `${unit.name} masih pada ${open.incidentId}: selesaikan dulu · still on it`);
    const [booked] = unit.bookings ?? [];
    if (booked !== undefined)
      throw new Fault('conflict', `${unit.name} masih dipesan: ${booked.bookingId}, pindahkan dulu · still booked: move it first`); // prettier-ignore
    if (!(await this.units.remove(unit)))
      throw new Fault('conflict', `${unit.name} baru saja diubah, lihat lagi · it was changed just now, look again`);
    return { removed: true as const };
  }

  @Route(ListUnits)
  async list({ query }: InputOf<typeof ListUnits>) {
    const { items, next } = await this.units.page(query);
    return { items: items.map(unitOf), ...(next === undefined ? {} : { next }) };
  }

  @Route(DeclareDuty)
  async duty({ params: { unitId }, body }: InputOf<typeof DeclareDuty>) {
    const { channel } = body;
    const turned = await this.units.act(unitId, (unit) => {
      if (!mayDeclare(unit, body)) throw notYourUnit(unit);
      const now = actorNow();
      // each word has its own time: of two at the same millisecond both count
      const actor: Actor = { ...now, nowMs: Math.max(now.nowMs, (unit.dutySaid?.atMs ?? 0) + 1), channel };
      const fields = body.duty === 'on' ? onDuty(body, actor) : offDuty(unit, body, actor);
      const until = body.duty === 'on' ? { untilMs: body.untilMs } : {};
      const anew = rungAnew(unit);
      return {
        ...anew,
        fields: { ...anew.fields, ...fields },
        declared: { duty: body.duty, atMs: actor.nowMs, ...until },
      };
    });
    return unitOf(turned);
  }

  @Route(ParkUnit)
  async park({ params: { unitId }, body }: InputOf<typeof ParkUnit>) {
    const { principal } = currentContext();
    const actor = actorNow();
    const turned = await this.units.act(unitId, (unit) => {
      const tie = tieTo(unit, principal);
      if (tie !== 'crew' && tie !== 'desk') throw notYourUnit(unit);
      return { fields: parkedAt(body.parked, actor) };
    });
    return unitOf(turned);
  }

  @Route(TellPosition)
  async tellPosition({ params: { unitId }, body }: InputOf<typeof TellPosition>) {
    const unit = await this.units.get(unitId);
    if (tieTo(unit, currentContext().principal) !== 'crew') throw notYourUnit(unit);
    await this.positions.tell({ ...body, unitId, source: 'phone' }, unit);
    return { told: true as const };
  }
}

/**
 * The desk for everybody; the crew for itself; and somebody of its agency who takes his place in it — not while others are
 * under way in it.
 */
function mayDeclare(unit: StoredUnit, body: InputOf<typeof DeclareDuty>['body']): boolean {
  const { principal } = currentContext();
  const tie = tieTo(unit, principal);
  if (tie === 'desk' || tie === 'crew') return true;
  const takesPlace = body.duty === 'on' && body.crew.some(({ principalId }) => principalId === principal.id);
  const isOut = openAssignment(unit) !== undefined || bookingUnderWay(unit) !== undefined;
  return tie === 'colleague' && takesPlace && !isOut;
}

/** Nobody keeps another agency's units. */
function mine({ agency }: Pick<StoredUnit, 'agency'>): void {
  if (!belongsTo(currentContext().principal, [agency]))
    throw new Fault('forbidden', `${agency}: bukan OPD Anda · not your agency`);
}
