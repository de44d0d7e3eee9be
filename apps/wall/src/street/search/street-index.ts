/** A thing of the street as the search knows it. */
export interface IndexedThing {
  kind: 'camera' | 'panel' | 'lamp';
  key: string;
  /** As people call it. */
  name: string;
  about?: string | undefined;
  /** All it is found by, squeezed, its id first. */
  words: string;
}

/** What the registers hold of what can be found. */
export interface StreetBooks {
  cameras: Iterable<{ cameraId: string; name: string }>;
  panels: Iterable<{ panelId: string; idpel?: string | undefined; road?: string | undefined }>;
  lamps: Iterable<{ lampId: string; panelId?: string | undefined }>;
}

/** Fewer letters say nothing among thousands. */
const LEAST = 2;
/** As many as one looks through. */
const MOST = 6;

const ranks: Readonly<Record<IndexedThing['kind'], number>> = { camera: 0, panel: 1, lamp: 2 };

/** Between the words of a thing: nobody types it, so no search runs across two of them. */
const GAP = '\n';

/**
 * Everything that can be found, few things before many, so that a camera is not lost among seven thousand lamps. Made once
 * for as long as the registers stay the same.
 */
export function streetIndex({ cameras, panels, lamps }: StreetBooks): readonly IndexedThing[] {
  const things = [
    ...Array.from(cameras, ({ cameraId, name }) => thing('camera', cameraId, { name, by: [cameraId, name] })),
    ...Array.from(panels, ({ panelId, idpel, road }) =>
      thing('panel', panelId, { name: panelId, about: road ?? idpel, by: [panelId, idpel, road] }),
    ),
    ...Array.from(lamps, ({ lampId, panelId }) =>
      thing('lamp', lampId, { name: lampId, about: panelId, by: [lampId] }),
    ),
  ];
  // plainly compared: an order by the rules of a language takes a tenth of a second among thousands
  return things.sort((one, other) => ranks[one.kind] - ranks[other.kind] || (one.key < other.key ? -1 : 1));
}

function thing(
  kind: IndexedThing['kind'],
  key: string,
  { name, about, by }: { name: string; about?: string | undefined; by: readonly (string | undefined)[] },
): IndexedThing {
  return { kind, key, name, about, words: by.map((word) => GAP + squeeze(word ?? '')).join('') };
}

/** Things one of whose words contains the text, those with one that begins with it first; how many more there are. */
export function findThings(
  index: readonly IndexedThing[],
  search: string,
): { items: readonly IndexedThing[]; more: number } {
  const wanted = squeeze(search);
  if (wanted.length < LEAST) return { items: [], more: 0 };
  const begins: IndexedThing[] = [];
  const contains: IndexedThing[] = [];
  let count = 0;
  for (const one of index) {
    if (!one.words.includes(wanted)) continue;
    count += 1;
    if (begins.length < MOST && one.words.includes(GAP + wanted)) begins.push(one);
    else if (contains.length < MOST) contains.push(one);
  }
  const items = [...begins, ...contains].slice(0, MOST);
  return { items, more: count - items.length };
}

/** As one types it in a hurry. */
const squeeze = (word: string): string => word.toLowerCase().replaceAll(/[\s._/-]/g, '');
