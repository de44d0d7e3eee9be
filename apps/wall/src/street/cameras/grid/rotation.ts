/** How many cameras stand side by side. */
export const gridSizes = [1, 4, 9] as const;
export type GridSize = (typeof gridSizes)[number];

/** Seconds until the next ones are shown. */
export const rotations = [10, 20, 30, 60] as const;
export type Rotation = (typeof rotations)[number];

/** How many turns it takes until all were shown: at least one. */
export const turnsOf = (cameras: number, size: GridSize): number => Math.max(1, Math.ceil(cameras / size));

/** Which of so many a turn is, from 0: turns go round, also backwards. */
export const turnAmong = (turn: number, turns: number): number => ((turn % turns) + turns) % turns;

/** Those that are shown in a turn; the last one may have fewer. */
export function shownIn<Camera>(cameras: readonly Camera[], size: GridSize, turn: number): readonly Camera[] {
  const at = turnAmong(turn, turnsOf(cameras.length, size));
  return cameras.slice(at * size, at * size + size);
}
