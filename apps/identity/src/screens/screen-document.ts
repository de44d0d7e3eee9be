import { PrincipalChanged, type Agency } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

export interface ScreenDocument {
  displayName: string;
  agencies: Agency[];
  revoked: boolean;
  pairedAtMs: number;
}

/** Paired screens of the city; `_id` is the screenId. A revoked one stays, like a blocked person. */
export const screens = defineCollection<ScreenDocument>({
  name: 'identity_screens',
  fields: {
    displayName: { type: String, required: true },
    agencies: { type: [String], required: true },
    revoked: { type: Boolean, required: true },
    pairedAtMs: { type: Number, required: true },
  },
  indexes: [{ name: 'displayName', fields: { displayName: 1 } }],
  state: stateOf(PrincipalChanged, ({ _id, version, agencies, revoked }) => ({
    principalId: _id,
    kind: 'screen' as const,
    roles: ['screen' as const],
    ...{ agencies, blocked: revoked, version },
  })),
});

export type StoredScreen = Stored<ScreenDocument>;
