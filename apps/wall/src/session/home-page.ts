import type { Me } from '@siaga/contracts';
import { HOSPITAL_PATH } from '../emergency/kinds.ts';
import { FIELD_PATH } from '../field/kinds.ts';

/** The page somebody works on who has come in by himself: a crew's and a nurse's are on a phone, and none of them is the wall. */
export function homePageOf({ roles, agencies }: Pick<Me, 'roles' | 'agencies'>): string {
  if (!roles.every((role) => role === 'responder')) return '/';
  return agencies.every((agency) => agency === 'rs') ? HOSPITAL_PATH : FIELD_PATH;
}
