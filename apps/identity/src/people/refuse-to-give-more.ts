import { Fault } from '@siaga/contracts';
import { mayManage, type Administered, type Administrator } from '@siaga/identity';

/** Throws `forbidden` when somebody would make a person, an invitation or a screen that he may not administer. */
export function refuseToGiveMore(admin: Administrator, wanted: Administered): void {
  if (mayManage(admin, wanted)) return;
  throw new Fault(
    'forbidden',
    'hanya OPD Anda sendiri, dan peran yang tidak di atas peran Anda · only your own agencies, and no role above your own',
  );
}
