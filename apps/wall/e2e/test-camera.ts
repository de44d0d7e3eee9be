import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from '@playwright/test';

/** A camera that answers one JPEG. */
export async function startTestCamera(browser: Browser): Promise<{ url: string; close: () => Promise<void> }> {
  const page = await browser.newPage({ viewport: { width: 320, height: 180 } });
  await page.setContent('<body style="background: linear-gradient(45deg, teal, orange, navy)">');
  const jpeg = await page.screenshot({ type: 'jpeg' });
  await page.close();
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(jpeg);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/foto.jpg`,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}
