/** A spreadsheet as the import route takes it. */
export interface ImportFile {
  fileName: string;
  contentBase64: string;
}

const largestBytes = 3 * 1024 * 1024;

/** Reads a chosen file; null when it is larger than the route takes. */
export async function readForImport(file: File): Promise<ImportFile | null> {
  if (file.size > largestBytes) return null;
  return { fileName: file.name, contentBase64: base64Of(new Uint8Array(await file.arrayBuffer())) };
}

/** In slices: a call takes only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  const slice = 0x8000;
  let binary = '';
  for (let at = 0; at < bytes.length; at += slice) binary += String.fromCharCode(...bytes.subarray(at, at + slice));
  return btoa(binary);
}
