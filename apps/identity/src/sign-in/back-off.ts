/** So many wrong passwords are mistakes of a person. */
const FREE = 5;
const FIRST_MS = 1000;
const LONGEST_MS = 15 * 60_000;

/** How long nobody may try again after so many failures in a row: 1 s after the fifth, then twice as long each time. */
export function waitMs(failures: number): number {
  return failures < FREE ? 0 : Math.min(FIRST_MS * 2 ** (failures - FREE), LONGEST_MS);
}
