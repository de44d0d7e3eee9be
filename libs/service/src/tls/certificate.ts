import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

/** Where a certificate lies: `TLS_CERT_FILE` and `TLS_KEY_FILE`. */
export interface CertificateFiles {
  certFile: string;
  keyFile: string;
}

/** A certificate, with those that vouch for it behind it, and its private key, as they stand in their files. */
export interface Certificate {
  cert: string;
  key: string;
}

/** Throws a sentence that says what to do when it cannot be used. */
export function readCertificate({ certFile, keyFile }: CertificateFiles): Certificate {
  const [cert, key] = [read(certFile), read(keyFile)];
  const leaf = tell(`${certFile} holds no certificate in PEM (-----BEGIN CERTIFICATE-----)`, () => leafOf(cert));
  const secret = tell(`${keyFile} holds no private key in PEM without a passphrase (-----BEGIN PRIVATE KEY-----)`, () =>
    createPrivateKey(key),
  );
  if (!leaf.checkPrivateKey(secret))
    throw new Error(
      `${keyFile} is not the key of the first certificate in ${certFile}: take both from the same issue, the city’s own certificate first`,
    );
  tell(`${certFile} cannot be used for HTTPS`, () => createSecureContext({ cert, key }));
  return { cert, key };
}

/** For whom a certificate is good, and until when. */
export function termsOf({ cert }: Certificate): { names: string; validUntilMs: number } {
  const { subjectAltName = '', validToDate } = leafOf(cert);
  return { names: subjectAltName, validUntilMs: validToDate.getTime() };
}

const leafOf = (cert: string) => new X509Certificate(cert);

const read = (file: string) => tell(`${file} cannot be read`, () => readFileSync(file, 'utf8'));

function tell<Value>(sentence: string, work: () => Value): Value {
  try {
    return work();
  } catch (cause) {
    throw new Error(`${sentence}: ${(cause as Error).message}`, { cause });
  }
}
