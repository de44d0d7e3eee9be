/** How this screen is hung: which domains it shows and from how far it is read. */
export interface Layout {
  /** Ids of the domains to show; `null` means all. */
  domains: readonly string[] | null;
  /** Metres between the screen and its reader. */
  distanceM: number;
  /** What has the room's attention to begin with: a link from another page leads to it. */
  focus: { kind: string; key: string } | null;
}

/**
 * The base sizes read well up to here on a 65" screen: capitals need about 16 arcminutes, so 16 px of 1,080 reach
 * 1.9 m. Beyond it type grows in proportion.
 */
const baseDistanceM = 1.9;

/** From here on third lines are dropped: nobody reads them, and the room is needed for what is larger. */
const farM = 3;

/** Reads `?layout=waste,cameras&distance=5&focus=lamp:PJU-0142`. What is not understood is left at its default. */
export function layoutOf(search: string): Layout {
  const query = new URLSearchParams(search);
  const domains = (query.get('layout') ?? '').split(',').filter((name) => name !== '');
  const distance = Number(query.get('distance') ?? '');
  return {
    domains: domains.length === 0 ? null : domains,
    distanceM: Number.isFinite(distance) && distance > 0 ? Math.min(distance, 12) : baseDistanceM,
    focus: focusOf(query.get('focus') ?? ''),
  };
}

/** The way to one thing on the wall, for a link on another page. */
export function wallLink({ kind, key }: { kind: string; key: string }): string {
  return `/?${new URLSearchParams({ focus: `${kind}:${key}` }).toString()}`;
}

function focusOf(said: string): Layout['focus'] {
  const [kind = '', ...rest] = said.split(':');
  return kind === '' || rest.length === 0 ? null : { kind, key: rest.join(':') };
}

/** Factor on every size for a reader at this distance; never below 1. */
export function scaleFor(distanceM: number): number {
  return Math.max(1, distanceM / baseDistanceM);
}

/** Whether third lines are dropped. */
export function isFar(distanceM: number): boolean {
  return distanceM >= farM;
}
