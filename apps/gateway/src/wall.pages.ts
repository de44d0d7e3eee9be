import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { Fault } from '@siaga/contracts';
import { refuse } from '@siaga/service';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { GatewayConfig } from './config.ts';

/** Pages of the wall's own router: one index.html answers them all. */
const pages = [
  '/',
  '/masuk',
  '/mulai',
  '/desk',
  '/desk/*',
  '/field',
  '/field/*',
  '/rs',
  '/ht',
  '/jembatan',
  '/opd/*',
  '/kamera',
];
/** Where the code on a pole leads whoever reads it, and a link that a caller of 112 was sent: pages of their own. */
const publicPages: Readonly<Record<string, string>> = {
  '/lapor': 'lapor.html',
  '/lapor/*': 'lapor.html',
  '/lokasi': 'lokasi.html',
};
const YEAR_S = 31_536_000;

const notBuilt = `<!doctype html><html lang="id"><meta charset="utf-8"><title>Siaga</title>
<h1>Layar belum dibangun</h1>
<p>Jalankan <code>npm run build</code>, lalu muat ulang halaman ini.</p>
<p lang="en">The wall has not been built: run <code>npm run build</code> and reload.</p></html>`;

/** Serves the built wall, its pages and, when configured, a street map. */
export async function serveWall(fastify: FastifyInstance, config: GatewayConfig): Promise<void> {
  const { SIAGA_WALL: folder, MAP_PMTILES: pmtiles } = config;
  const policy = contentSecurityPolicy(config);
  const secured = (reply: FastifyReply) => reply.header('content-security-policy', policy);
  // there may be no wall yet: then pages say so, and it appears as soon as it is built
  await fastify.register(fastifyStatic, {
    root: folder,
    wildcard: true,
    index: false,
    suppressWarning: true,
    cacheControl: false,
    setHeaders: (reply, file) => {
      reply.header('cache-control', cachingOf(path.relative(folder, file)));
    },
  });
  const files = { ...Object.fromEntries(pages.map((page) => [page, 'index.html'])), ...publicPages };
  for (const [page, file] of Object.entries(files)) {
    fastify.get<{ Querystring: Record<string, unknown> }>(page, ({ query }, reply) => {
      if (isReport(query)) {
        refuse(reply, misplaced);
        return reply;
      }
      if (existsSync(path.join(folder, file))) return secured(reply).sendFile(file);
      return secured(reply).code(503).type('text/html; charset=utf-8').send(notBuilt);
    });
  }
  if (pmtiles !== undefined)
    fastify.get('/map.pmtiles', (_, reply) =>
      secured(reply).sendFile(path.basename(pmtiles), path.dirname(path.resolve(pmtiles))),
    );
}

const misplaced = new Fault('not-found', 'a position belongs to /ingest/osmand: add that to the tracker’s address');

/** A tracker whose address lacks its path must not take the wall's page for success. */
const isReport = (query: Record<string, unknown>) =>
  ('id' in query || 'deviceid' in query) && ('lat' in query || 'location' in query);

/** What Vite put into `assets/` carries its hash in its name and never changes. */
function cachingOf(file: string): string {
  return file.split(path.sep)[0] === 'assets' ? `public, max-age=${YEAR_S}, immutable` : 'no-cache';
}

function contentSecurityPolicy({ MAP_STYLE_URL }: GatewayConfig): string {
  const map = MAP_STYLE_URL === undefined ? '' : ` ${new URL(MAP_STYLE_URL).origin}`;
  return [
    "default-src 'self'",
    "worker-src 'self'",
    `img-src 'self' data: blob:${map}`,
    "style-src 'self'",
    `connect-src 'self'${map}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
