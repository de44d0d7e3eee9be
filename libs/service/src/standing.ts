import type { Principal } from './context.ts';

/**
 * What is true of principals now, whatever their tokens say: tokens live for minutes, and somebody who is blocked must be
 * nobody at once. `libs/identity` keeps it, from the log.
 */
export interface Standing {
  /** The principal with what it may do today; throws `unauthenticated` when it is blocked or its session is over. */
  now(principal: Principal): Principal;
  /** Somebody can administer the city: from then on nobody comes in without signing in, not from this machine either. */
  hasAdministrator(city: string): boolean;
}

/** Before anything is known of anybody, tokens are believed as they are. */
export const asTokensSay: Standing = { now: (principal) => principal, hasAdministrator: () => false };
