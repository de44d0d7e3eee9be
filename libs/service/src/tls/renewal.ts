import type { Server } from 'node:tls';
import { Counter, Gauge } from 'prom-client';
import { createLogger } from '../log.ts';
import { metrics } from '../metrics.ts';
import { tlsOf } from '../start.ts';
import { readCertificate, termsOf, type Certificate, type CertificateFiles } from './certificate.ts';

const log = createLogger('tls');
const validUntil = new Gauge({
  name: 'siaga_tls_valid_until_seconds',
  help: 'When the certificate of HTTPS ends, Unix time; absent without HTTPS',
  labelNames: ['file'],
  registers: [metrics],
});

const refusals = new Counter({
  name: 'siaga_tls_refused_total',
  help: 'Certificates that replaced the one in use and could not be used',
  registers: [metrics],
});

/**
 * Files are looked at, not watched: certbot and Kubernetes replace links, which says nothing to a watcher of a file. Two
 * looks in a row must see the same, because certificate and key are written one after the other.
 */
const LOOK_EVERY_MS = 2000;

/**
 * Serves what the files hold, now and whenever it changes, without a restart; connections that are open stay as they are.
 * A new pair that cannot be used is logged once, and the old one goes on. Answers a function that ends it.
 */
export function followCertificate(files: CertificateFiles, first: Certificate, server: Server): () => void {
  let [served, before, refused] = [first, '', ''];
  announce(files, first);
  const look = () => {
    const found = reading(files);
    const text = found instanceof Error ? found.message : found.cert + found.key;
    const isSettled = text === before;
    before = text;
    if (!isSettled || text === refused || text === served.cert + served.key) return;
    if (found instanceof Error) {
      refused = text;
      refusals.inc();
      log.error(`the new certificate is not used, the old one goes on: ${text}`);
      return;
    }
    server.setSecureContext(tlsOf(found));
    [served, refused] = [found, ''];
    announce(files, found);
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return () => {
    clearInterval(timer);
  };
}

function reading(files: CertificateFiles): Certificate | Error {
  try {
    return readCertificate(files);
  } catch (error) {
    return error as Error;
  }
}

function announce({ certFile }: CertificateFiles, certificate: Certificate): void {
  const { names, validUntilMs } = termsOf(certificate);
  validUntil.set({ file: certFile }, validUntilMs / 1000);
  const about = { names, validUntil: new Date(validUntilMs).toISOString() };
  if (validUntilMs < Date.now())
    log.error(about, 'the certificate of HTTPS has expired: browsers and phones refuse it');
  else log.info(about, 'HTTPS with this certificate');
}
