import { z } from 'zod';

/** Roles a person, device or screen may hold. */
export const roles = [
  'viewer',
  'call-taker',
  'dispatcher',
  'supervisor',
  'responder',
  'agency-admin',
  'city-admin',
  'device',
  'screen',
] as const;
export type Role = (typeof roles)[number];

/** Everybody who sits in the city's rooms, walks its streets for it or hangs on its walls: no devices. */
export const peopleAndScreens: readonly Role[] = roles.filter((role) => role !== 'device');

/** Everybody who signs in by himself. */
export const people: readonly Role[] = peopleAndScreens.filter((role) => role !== 'screen');

/** Roles a person may be given; a device and a screen have theirs by being one. */
export const PersonRole = z.enum(roles).exclude(['device', 'screen']);
export type PersonRole = z.infer<typeof PersonRole>;
export const PersonRoles = z.array(PersonRole).min(1).max(PersonRole.options.length);
