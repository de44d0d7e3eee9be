/**
 * What a command wants of one device's document: to ride on the plan's truck, or no longer to. It is done only to the
 * document as it was when the plan was made, so whoever carries out a plan late or again changes nothing.
 */
export interface Step {
  /** `protocol:deviceId` */
  key: string;
  to: 'on' | 'off';
  /** Of the device's document; 0: there was none. */
  version: number;
}

/**
 * A change of a truck's devices under way. It is kept in the truck by the same operation that decides the change, and
 * taken out when every step is done: by who began it, by the next command on the truck, or by a timer.
 */
export interface Plan {
  id: string;
  /** What becomes of the truck when a device is refused (`register`: it leaves, too), or when all is done (`remove`). */
  kind: 'register' | 'change' | 'remove';
  steps: Step[];
}

/** Every device off again that the plan put on, as its steps left them. */
export function takenBack({ steps }: Plan): Step[] {
  return steps.filter(({ to }) => to === 'on').map(({ key, version }) => ({ key, to: 'off', version: version + 1 }));
}
