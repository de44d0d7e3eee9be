/** As the service takes it. */
export const MOST_PHOTO_BYTES = 2 * 1024 * 1024;

/** A file as it is sent in JSON. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // byte by byte: spread into one call, two million arguments are too many
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
