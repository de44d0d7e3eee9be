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
