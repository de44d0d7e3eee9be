/** A telephone number as it is kept, of one as people write it: `0812-3456 (789)`. Whether it is one, its contract says. */
export const digitsOf = (written: string): string => written.replaceAll(/[\s().-]/g, '');
