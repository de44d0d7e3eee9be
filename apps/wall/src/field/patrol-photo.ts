/** A phone keeps some of these beside everything else until it has a signal: bytes. */
const MOST_BYTES = 300_000;
const MOST_PIXELS = 1280;

/** A picture as it is sent: small, drawn anew, so without where and by which telephone it was taken. Rejects for what is none. */
export async function smallPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, MOST_PIXELS / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of [0.75, 0.55, 0.35]) {
    const small = await jpegOf(canvas, quality);
    if (small.size <= MOST_BYTES) return small;
  }
  return jpegOf(canvas, 0.2);
}

function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (blob === null) reject(new Error('the picture cannot be drawn'));
        else resolve(blob);
      },
      'image/jpeg',
      quality,
    );
  });
}
