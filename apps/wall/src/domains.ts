import { admin } from './admin/admin.ts';
import { alarms } from './alarms/alarms.ts';
import { audit } from './audit/audit.ts';
import type { Domain } from './domain.ts';
import { emergency } from './emergency/emergency.ts';
import { whoIsHere } from './session/session-domain.ts';
import { street } from './street/street.ts';
import { system } from './system/system.ts';
import { talk } from './talk/talk.ts';
import { waste } from './waste/waste.ts';

/** Every domain of the wall. */
export const domains: readonly Domain[] = [emergency, alarms, street, waste, talk, system, whoIsHere, admin, audit];

/** On every screen, whatever its layout names: a wall that shows cameras only must say it too when something is down. */
const always: readonly Domain[] = [system, whoIsHere, admin, audit];

/** The domains a layout names, in the order of drawing; all of them for `null` or when none of the names is known. */
export function domainsOf(ids: readonly string[] | null): readonly Domain[] {
  const named = domains.filter((domain) => !always.includes(domain) && ids?.includes(domain.id));
  return named.length === 0 ? domains : [...named, ...always];
}
