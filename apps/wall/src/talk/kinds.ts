/** The page of touch to talk, on a phone. */
export const HT_PATH = '/ht';
