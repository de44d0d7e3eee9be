import { kelurahan } from '@siaga/geo';

/** Name of a kelurahan by its code. */
export function kelurahanName(code: string | undefined): string | undefined {
  return code === undefined ? undefined : kelurahan().find((one) => one.code === code)?.name;
}
