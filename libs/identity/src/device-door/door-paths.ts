/**
 * Where a protocol's messages are taken: for the home city, and for any city by its code. Traccar Client keeps a slash, and
 * the key behind it, at the end of its server address.
 */
export const doorPaths = (protocol: string): string[] =>
  ['ingest', 'ingest/:city'].flatMap((door) => [`${door}/${protocol}`, `${door}/${protocol}/*`]);
