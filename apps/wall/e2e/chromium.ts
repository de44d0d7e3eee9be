import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import sparticuz from '@sparticuz/chromium';

/** `CHROMIUM_PATH`, else a Chromium on the PATH, else the one inside an npm package; nothing is ever downloaded. */
export async function chromiumPath(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = folders.flatMap((folder) =>
    ['chromium', 'chromium-browser', 'google-chrome'].map((name) => path.join(folder, name)),
  );
  return candidates.find(isExecutable) ?? sparticuz.executablePath();
}

/** WebGL on the processor, so that the map is drawn where there is no graphics card. It takes most of two cores. */
export const chromiumArguments = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/** An office computer without graphics: the map says that it cannot be drawn, and everything else works. */
export const withoutGraphics = ['--disable-gpu', '--disable-3d-apis'];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
