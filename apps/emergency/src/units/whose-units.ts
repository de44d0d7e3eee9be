import { belongsTo, dispatchDesk, emergencyAgencies, Fault, type Agency } from '@siaga/contracts';
import type { Principal } from '@siaga/service';
import type { StoredUnit } from './unit-now.ts';

/** What somebody is to a unit: he rides in it, sends it, or is of its agency and may take it over. */
export type Tie = 'crew' | 'desk' | 'colleague';

/** Agencies whose units somebody sees; undefined: all of them. The same rule as the audience of the events. */
export const agenciesSeen = (principal: Principal): readonly Agency[] | undefined =>
  belongsTo(principal, emergencyAgencies) ? undefined : principal.agencies;

/** What the caller is to this unit; undefined: nothing, but he sees it. Throws `not-found` where he does not. */
export function tieTo(unit: StoredUnit, principal: Principal): Tie | undefined {
  const { id, roles } = principal;
  if (!belongsTo(principal, [...emergencyAgencies, unit.agency])) throw noSuchUnit(unit._id);
  if (roles.includes('responder') && unit.crew.some(({ principalId }) => principalId === id)) return 'crew';
  if (roles.includes('city-admin') || roles.some((role) => dispatchDesk.includes(role))) return 'desk';
  return roles.includes('responder') && belongsTo(principal, [unit.agency]) ? 'colleague' : undefined;
}

/** Unknown and not the caller's are answered alike. */
export const noSuchUnit = (unitId: string) =>
  new Fault('not-found', `unit ${unitId} tidak ada · ${unitId} does not exist`);

/** Somebody who sees the unit, but neither rides in it nor sends it. */
export const notYourUnit = ({ name }: StoredUnit) =>
  new Fault('forbidden', `${name}: hanya untuk awaknya dan meja kendali · only for its crew and the desk`);
