/** Where what a phone knows outlives its page: `localStorage`, mostly. */
export type Keep = Pick<Storage, 'getItem' | 'setItem'>;
