import 'reflect-metadata'; // the library's own registry needs it
import { randomBytes, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { isIP } from 'node:net';

/** A certificate and its private key, both in PEM. */
export interface Pair {
  certificate: string;
  key: string;
}

const DAY_MS = 86_400_000;
/** Phones whose clock is behind trust it at once. */
const BACKDATED_MS = 3_600_000;
const AUTHORITY_DAYS = 3650;

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** An authority of our own, for ten years; it vouches for hosts only, not for other authorities. */
export async function makeAuthority(name: string): Promise<Pair> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ CN: [name] }],
    ...validFor(AUTHORITY_DAYS),
    signingAlgorithm: ecdsa,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pemOf(certificate), key: await pemOfKey(keys.privateKey) };
}

/** A certificate for host names and addresses, signed by the authority: RFC 5280 and RFC 9525, ECDSA on P-256. */
export async function issueCertificate(authority: Pair, names: readonly string[], days: number): Promise<Pair> {
  const issuer = new X509Certificate(authority.certificate);
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: [{ CN: [names[0] ?? 'siaga'] }],
    issuer: issuer.subjectName,
    ...validFor(days),
    signingAlgorithm: ecdsa,
    publicKey: keys.publicKey,
    signingKey: await keyOfPem(authority.key),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pemOf(certificate), key: await pemOfKey(keys.privateKey) };
}

/** Host names and addresses a certificate is for. */
export function namesOf(certificate: string): string[] {
  const extension = new X509Certificate(certificate).getExtension(SubjectAlternativeNameExtension);
  return extension?.names.items.map(({ value }) => value) ?? [];
}

/** When it ends, epoch milliseconds. */
export const expiryOf = (certificate: string): number => new X509Certificate(certificate).notAfter.getTime();

const newKeys = () => webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);

/** Positive, unguessable: RFC 5280 §4.1.2.2. */
const newSerial = () => `01${randomBytes(15).toString('hex')}`;

function validFor(days: number): { notBefore: Date; notAfter: Date } {
  const fromMs = Date.now() - BACKDATED_MS;
  return { notBefore: new Date(fromMs), notAfter: new Date(fromMs + days * DAY_MS) };
}

const pemOf = (certificate: X509Certificate) => `${certificate.toString('pem')}\n`;

const pemOfKey = async (key: webcrypto.CryptoKey) =>
  `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;

const keyOfPem = (pem: string) =>
  webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), ecdsa, false, ['sign']);
