import type { IncidentLevel, Partner, RunCard } from '@siaga/contracts';

/** Whom each step of the ladder adds: those have no desk here. */
const ofLevel: Readonly<Record<IncidentLevel, readonly Partner[]>> = { 1: [], 2: ['polsek'], 3: ['polsek', 'kodim'] };

/** Partners to be told of an incident on this step: those of the ladder, then those of its card. */
export const partnersOf = ({ level }: { level: IncidentLevel }, card?: Pick<RunCard, 'partners'>): Partner[] => [
  ...new Set([...ofLevel[level], ...(card?.partners ?? [])]),
];
