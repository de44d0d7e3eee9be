import { actorNow, currentContext } from '@siaga/service';
import type { StoredUnit } from '../units/unit-now.ts';
import { notYourUnit, tieTo } from '../units/whose-units.ts';
import type { Teller } from './assignment-rules.ts';

/** Who says it of this unit: its crew, or the desk on its behalf. Throws `forbidden` for anybody else. */
export function tellerFor(unit: StoredUnit, { channel }: Pick<Teller, 'channel'>): Teller {
  const tie = tieTo(unit, currentContext().principal);
  if (tie !== 'crew' && tie !== 'desk') throw notYourUnit(unit);
  return { ...actorNow(), channel, onBehalf: tie === 'desk' ? true : undefined };
}
