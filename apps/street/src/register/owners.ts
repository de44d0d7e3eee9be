import { belongsTo, Fault, type Agency } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import type { Kind, Row } from './kind.ts';

/** Whether the caller may change what is this agency's. */
export const isMine = (owner: unknown): boolean => belongsTo(currentContext().principal, [owner as Agency]);

/** Whether the caller may change a thing; what is of a kind without owners is for its routes to say. */
export const mayChange = ({ owned }: Kind, thing: Row): boolean => owned === undefined || isMine(thing['owner']);

/** Whether the caller may see it: its agency's people and the room. */
export const maySee = ({ owned }: Kind, thing: Row): boolean =>
  owned === undefined || belongsTo(currentContext().principal, [thing['owner'] as Agency, 'command']);

/** Agencies whose things the caller sees; undefined: all of them. */
export function agenciesSeen({ owned }: Kind): readonly Agency[] | undefined {
  const { principal } = currentContext();
  return owned === undefined || belongsTo(principal, ['command']) ? undefined : principal.agencies;
}

/** A thing as the caller may see it: what is for those who may change it is left out for others. */
export function shownOf(kind: Kind, thing: Row): Row {
  if (kind.owned === undefined || mayChange(kind, thing)) return thing;
  const { hidden } = kind.owned;
  return Object.fromEntries(Object.entries(thing).filter(([field]) => !hidden.includes(field)));
}

/** What is not there and what is not the caller's are answered alike. */
export const notThere = ({ sheet }: Kind, id: string) =>
  new Fault('not-found', `${sheet.name} ${id} tidak ada, atau bukan milik OPD Anda · unknown, or not your agency’s`);

/** Nobody enters a thing in another agency's name. */
export const notYours = (owner: unknown) =>
  new Fault('forbidden', `${String(owner)}: bukan OPD Anda · not your agency`);
