import { AssignAlarm, belongsTo, lackOf, type Agency, type PrincipalChanged } from '@siaga/contracts';
import type { Principal } from '@siaga/service';

/** The same rule as the audience of the events: an alarm is its agency's and the room's. */
export const mayTouch = (principal: Principal, { agency }: { agency: Agency }): boolean =>
  belongsTo(principal, [agency, 'command']);

/** Agencies whose alarms somebody sees; undefined: all of them. */
export const agenciesSeen = (principal: Principal): readonly Agency[] | undefined =>
  belongsTo(principal, ['command']) ? undefined : principal.agencies;

/** Whether somebody can be given an alarm: he works here, and could see it and act on it. */
export const mayHold = (person: PrincipalChanged, { agency }: { agency: Agency }): boolean =>
  person.kind === 'person' &&
  !person.blocked &&
  lackOf(AssignAlarm, person) === undefined &&
  belongsTo(person, [agency, 'command']);

/** Those of its own agency before those of the room, for each the same order every time. */
export const holdersFirst =
  ({ agency }: { agency: Agency }) =>
  (one: PrincipalChanged, other: PrincipalChanged): number =>
    Number(other.agencies.includes(agency)) - Number(one.agencies.includes(agency)) ||
    (one.principalId < other.principalId ? -1 : 1);
