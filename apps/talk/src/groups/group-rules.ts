import {
  belongsTo,
  DeskAgency,
  talkers,
  type Agency,
  type Asker,
  type IncidentChanged,
  type Role,
} from '@siaga/contracts';

/** Some people of a city on one channel. */
export interface Group {
  /** An agency, `semua`, or the number of an incident. */
  readonly groupId: string;
  /** As it is called on the air. */
  readonly name: string;
  /** Whose people are in it; the room is in every group. */
  readonly agencies: readonly Agency[];
}

/** What somebody may do in a group, and who goes first. */
export interface Standing {
  readonly rank: number;
  readonly mayTalk: boolean;
}

/** All-call: everybody hears it. */
export const ALL_CALL = 'semua';

const names: Readonly<Record<Exclude<Agency, 'rs'>, string>> = {
  ...{ command: 'Command Center', dlh: 'DLH', dishub: 'Dishub', satpolpp: 'Satpol PP', dinkes: 'Dinkes' },
  ...{ diskominfo: 'Diskominfo', bpbd: 'BPBD', dinsos: 'Dinsos', polres: 'Polres' },
};

/** The groups that are always there: one of each agency with a desk, and all-call. */
export const standingGroups: readonly Group[] = [
  ...DeskAgency.options.map((agency) => ({
    ...{ groupId: agency, name: names[agency] },
    agencies: agency === 'command' ? [agency] : [agency, 'command' as const],
  })),
  { groupId: ALL_CALL, name: 'Semua', agencies: DeskAgency.options },
];

/** The group of an incident: of those who are on it, as long as it is open. */
export function groupOf({ incidentId, status, agencies }: IncidentChanged): Group | undefined {
  if (status === 'closed' || status === 'merged') return undefined;
  return { groupId: incidentId, name: incidentId, agencies: [...new Set([...emergencyOwners, ...agencies])] };
}
const emergencyOwners = ['command', 'satpolpp', 'dinkes'] as const;

/** Those who lead: they speak to everybody, and before others. */
const leaders: readonly Role[] = ['dispatcher', 'supervisor', 'city-admin'];
const isOne = (asker: Asker, roles: readonly Role[]) => asker.roles.some((role) => roles.includes(role));

/** Whether somebody leads others. */
export const mayLead = (asker: Asker): boolean => isOne(asker, leaders);

/** Undefined: he is not of this group. Dispatchers go before heads of agencies, and those before crews (domain §8b). */
export function standingIn(group: Group, asker: Asker): Standing | undefined {
  if (!belongsTo(asker, group.agencies)) return undefined;
  const leads = mayLead(asker);
  const rank = leads ? 3 : asker.roles.includes('agency-admin') ? 2 : 1;
  // devices and screens listen; all-call is for those who lead
  const mayTalk =
    leads || (group.groupId !== ALL_CALL && isOne(asker, talkers)) || asker.roles.includes('agency-admin');
  return { rank, mayTalk };
}
