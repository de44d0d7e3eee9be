/** What the side panel of the room can be about: the groups, who talks, and what was said. */
export const TALK = 'talk';
/** The register of radios. */
export const HANDSETS = 'handsets';

/** The page of a computer that has an analogue set on its sound card. */
export const BRIDGE_PATH = '/jembatan';

/** The page of touch to talk, on a phone. */
export const HT_PATH = '/ht';
