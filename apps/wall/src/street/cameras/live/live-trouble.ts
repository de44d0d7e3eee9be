/**
 * Why no moving picture is shown. `full`: this screen shows as many as it may. `not-possible`: this browser cannot.
 * `elsewhere`: the media server is not at our own address, which is the only one this page may ask. `refused`, `not-there`,
 * `no-server`: what it answered, or that it did not. `no-frames`: it answered, and no picture came. `stopped`: none came any
 * more. `broken-off`: the connection ended.
 */
export type LiveWhy =
  | 'full'
  | 'not-possible'
  | 'elsewhere'
  | 'refused'
  | 'not-there'
  | 'no-server'
  | 'no-frames'
  | 'stopped'
  | 'broken-off';

/** Thrown where a moving picture cannot be had. */
export class LiveTrouble extends Error {
  override readonly name = 'LiveTrouble';

  constructor(
    readonly why: LiveWhy,
    options?: ErrorOptions,
  ) {
    super(why, options);
  }
}
