import { Agency } from '@siaga/contracts';

/** A set of agencies as bits, in the order of the contract: who may see a value, or whose eyes a screen has. */
export type AudienceMask = number;

const bitOf = new Map<Agency, number>(Agency.options.map((agency, index) => [agency, 1 << index]));

export function maskOf(agencies: readonly Agency[]): AudienceMask {
  return agencies.reduce((mask, agency) => mask | (bitOf.get(agency) ?? 0), 0);
}
