import { z } from 'zod';
import { defineRoute } from './define-route.ts';
import { PrincipalId } from './principal.ts';
import { Me, Secret } from './session.ts';
import { Agencies, CityCode, EpochMs, label, pageOf, PageQuery } from './shapes.ts';

/** An unattended screen on a wall. */
export const PairedScreen = z.object({
  screenId: PrincipalId,
  displayName: label(80),
  agencies: Agencies,
  revoked: z.boolean(),
  pairedAtMs: EpochMs,
  lastSeenAtMs: EpochMs.optional(),
});
export type PairedScreen = z.infer<typeof PairedScreen>;

export const PairScreen = defineRoute({
  name: 'identity.screens.pair',
  summary: 'Lets the screen that shows this code see what these agencies see, until it is revoked.',
  method: 'POST',
  path: '/api/identity/screens',
  body: z.object({ userCode: z.string().trim().min(1).max(20), displayName: label(80), agencies: Agencies }),
  answer: PairedScreen,
  permission: ['agency-admin'],
  audit: () => [],
});

export const ListScreens = defineRoute({
  name: 'identity.screens.list',
  summary: 'Paired screens of the city, or of my agencies, by name.',
  method: 'GET',
  path: '/api/identity/screens',
  query: PageQuery,
  answer: pageOf(PairedScreen),
  permission: ['agency-admin'],
});

export const RevokeScreen = defineRoute({
  name: 'identity.screens.revoke',
  summary: 'A screen shows nothing any more, within 2 s, and must be paired anew.',
  method: 'DELETE',
  path: '/api/identity/screens/:screenId',
  params: z.object({ screenId: PrincipalId }),
  answer: z.object({}),
  permission: ['agency-admin'],
});

/** Pairing is OAuth's device authorization grant (RFC 8628) in small: the same names, no OAuth. */
export const BeginPairing = defineRoute({
  name: 'session.pairing.begin',
  summary:
    'A screen asks to be paired: it shows `userCode`, keeps `deviceCode` and asks for its session every `intervalS`.',
  method: 'POST',
  path: '/api/session/pairing',
  /** Of which city the screen is to be; absent: of the home city. */
  query: z.object({ city: CityCode.optional() }),
  answer: z.object({
    deviceCode: Secret,
    /** Eight letters without those that look alike, `WDJB-MJHT`. */
    userCode: z.string(),
    expiresAtMs: EpochMs,
    intervalS: z.number().int().min(1),
  }),
  status: 200,
  permission: 'anyone',
  secret: true,
});

export const ClaimPairing = defineRoute({
  name: 'session.pairing.claim',
  summary: 'The session of a paired screen, as cookies; `pending` until somebody typed its code.',
  method: 'POST',
  path: '/api/session/pairing/claim',
  body: z.object({ deviceCode: Secret }),
  answer: z.union([z.object({ status: z.literal('pending') }), z.object({ status: z.literal('paired'), me: Me })]),
  status: 200,
  permission: 'anyone',
  secret: true,
});
