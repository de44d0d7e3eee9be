import { belongsTo, type Agency } from '@siaga/contracts';
import type { Principal } from '@siaga/service';

/** The same rule as the audience of the events: an alarm is its agency's and the room's. */
export const mayTouch = (principal: Principal, { agency }: { agency: Agency }): boolean =>
  belongsTo(principal, [agency, 'command']);

/** Agencies whose alarms somebody sees; undefined: all of them. */
export const agenciesSeen = (principal: Principal): readonly Agency[] | undefined =>
  belongsTo(principal, ['command']) ? undefined : principal.agencies;
