import { principalOf } from './principal.ts';
import type { Principal } from './context.ts';

/** What a process must know to tell who calls. */
export interface DoorSettings {
  city: string;
  /** `SIAGA_SECRET` */
  secret: string | undefined;
  /** `SIAGA_LOCAL_OPERATOR` */
  localOperator?: boolean | undefined;
}

/** Injectable: the city behind this process's doors, and who a caller with this token is. */
export class RouteSettings {
  readonly city: string;
  readonly #settings: DoorSettings;

  constructor(settings: DoorSettings) {
    this.city = settings.city;
    this.#settings = settings;
  }

  /** See {@link principalOf}. Throws a fault of kind `unauthenticated`. */
  principalOf(token: string | undefined): Promise<Principal> {
    const { city, secret, localOperator } = this.#settings;
    return principalOf({ token, city, secret, ...(localOperator === undefined ? {} : { localOperator }) });
  }
}
