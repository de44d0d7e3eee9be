import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readCookie, writeCookie } from '@siaga/identity';
import { currentContext } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { isSecure, type Exchange } from '../sessions/session-cookies.ts';

/** Half a year: somebody who comes back from a long leave is still known. */
const KNOWN_S = 180 * 86_400;

/** Under which name tries count, and whether it is one that nobody else can use up. */
export interface Tried {
  key: string;
  isKnown: boolean;
}

/**
 * Browsers in which somebody of the context's city signed in before, told by a cookie of their own. Their tries are counted apart, so that
 * nobody can lock a person out of his own desk by typing wrong passwords under his name elsewhere: OWASP, "Slow Down
 * Online Guessing Attacks with Device Cookies". Nothing is kept of them here.
 */
export class KnownBrowsers {
  readonly #secret: string;

  /** `SIAGA_SECRET`; when the first is replaced every browser is new again. */
  constructor([secret]: readonly string[] = []) {
    if (secret === undefined) throw new Error('no secret to know browsers by');
    this.#secret = secret;
  }

  /** How tries of this user name in this browser are counted. What was typed cannot be read from it. */
  triedIn(request: FastifyRequest, userName: string): Tried {
    const browser = this.#browserIn(request, userName);
    if (browser === undefined) return { key: this.keyOf(userName), isKnown: false };
    return { key: this.#mac('tries', userName, browser), isKnown: true };
  }

  /** How tries are counted in browsers that do not know this user name. */
  keyOf(userName: string): string {
    return this.#mac('tries', userName);
  }

  /** The browser knows its person from now on. */
  remember(userName: string, { request, reply }: Exchange): void {
    const browser = this.#browserIn(request, userName) ?? randomBytes(16).toString('base64url');
    const value = `${browser}.${this.#mac('browser', userName, browser)}`;
    const cookie = { name: this.#cookieOf(userName), value, path: '/api/session', maxAgeS: KNOWN_S };
    void reply.header('set-cookie', writeCookie(cookie, isSecure(request)));
  }

  #browserIn(request: FastifyRequest, userName: string): string | undefined {
    const cookie = readCookie(request.headers.cookie, this.#cookieOf(userName), isSecure(request));
    const [browser = '', mac = ''] = cookie?.split('.') ?? [];
    const given = Buffer.from(mac);
    const ours = Buffer.from(this.#mac('browser', userName, browser));
    return given.length === ours.length && timingSafeEqual(given, ours) ? browser : undefined;
  }

  /** A desk may know everybody who works at it. */
  #cookieOf(userName: string): string {
    return `siaga_known_${this.#mac('cookie', userName).slice(0, 8)}`;
  }

  #mac(...parts: readonly string[]): string {
    return createHmac('sha256', this.#secret)
      .update(JSON.stringify(['siaga/known-browsers', currentContext().city, ...parts]))
      .digest('base64url');
  }
}
