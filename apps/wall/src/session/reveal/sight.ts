import { sightOf, type FieldClass } from '@siaga/contracts';
import { useNow } from '../../link/use-live.ts';
import { useMe } from '../session-context.tsx';

/** Classes of fields that this screen is shown unmasked now, in a fixed order: what was asked with another is asked again. */
export function useSight(): string {
  const me = useMe();
  return [...sightOf(me, useNow())].sort().join(' ');
}

/** Whether a sight has this class. */
export const seesIn = (sight: string, name: FieldClass): boolean => sight.split(' ').includes(name);
