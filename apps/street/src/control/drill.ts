import { Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';

/** A drill must not darken a street: whoever plays switches what is simulated only. */
export function refuseDrill(isSimulated: boolean): void {
  if (currentContext().exercise && !isSimulated)
    throw new Fault('invalid', 'latihan hanya menyuruh yang simulasi · a drill switches only what is simulated');
}
