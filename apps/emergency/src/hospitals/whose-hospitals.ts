import { belongsTo, dispatchDesk, emergencyAgencies, Fault } from '@siaga/contracts';
import type { Principal } from '@siaga/service';
import type { StoredHospital } from './hospital-now.ts';

/** What the caller is to a hospital: its own, or the desk. Anybody else is told that it does not exist. */
export function tieTo(hospital: StoredHospital, principal: Principal): 'facility' | 'desk' {
  if (hospital.people.includes(principal.id)) return 'facility';
  const { roles } = principal;
  const isDesk = roles.includes('city-admin') || roles.some((role) => dispatchDesk.includes(role));
  if (isDesk && belongsTo(principal, emergencyAgencies)) return 'desk';
  throw noSuchHospital(hospital._id);
}

/** Unknown and not the caller's are answered alike. */
export const noSuchHospital = (hospitalId: string) =>
  new Fault('not-found', `rumah sakit ${hospitalId} tidak ada · ${hospitalId} does not exist`);
