import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readCookie, writeCookie } from '@siaga/identity';
import { currentContext } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { isSecure, type Exchange } from '../sessions/session-cookies.ts';

const COOKIE = 'siaga_known';

/** Half a year: somebody who comes back from a long leave is still known. */
const KNOWN_S = 180 * 86_400;

/**
 * A browser knows so many of those who work at it, the last to sign in: without an end the cookie of a front desk would
 * outgrow what a server reads, and nobody would get in there any more.
 */
const MOST_KNOWN = 8;

/** Under which name tries count, and whether it is one that nobody else can use up. */
export interface Tried {
  key: string;
  isKnown: boolean;
}

/** What a browser brings: who it is, and a mark of each it knows. Nothing says yet that the marks are ours. */
interface Brought {
  browser: string;
  marks: string[];
}

/**
 * Browsers in which somebody of the context's city signed in before, told by a cookie of their own. Their tries are
 * counted apart, so that nobody can lock a person out of his own desk by typing wrong passwords under his name elsewhere:
 * OWASP, "Slow Down Online Guessing Attacks with Device Cookies". Nothing is kept of them here.
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
    const { browser, marks } = broughtBy(request);
    const ours = Buffer.from(this.#markOf(userName, browser));
    const isKnown = marks.some((mark) => timingSafeEqual(Buffer.from(mark), ours));
    return { key: isKnown ? this.#mac('tries', userName, browser) : this.keyOf(userName), isKnown };
  }

  /** How tries are counted in browsers that do not know this user name. */
  keyOf(userName: string): string {
    return this.#mac('tries', userName);
  }

  /** The browser knows its person from now on, until eight others have signed in. */
  remember(userName: string, { request, reply }: Exchange): void {
    const { browser, marks } = broughtBy(request);
    const mark = this.#markOf(userName, browser);
    const known = [mark, ...marks.filter((one) => one !== mark)].slice(0, MOST_KNOWN);
    const cookie = { name: COOKIE, value: [browser, ...known].join('.'), path: '/api/session', maxAgeS: KNOWN_S };
    void reply.header('set-cookie', writeCookie(cookie, isSecure(request)));
  }

  #markOf(userName: string, browser: string): string {
    return this.#mac('browser', userName, browser);
  }

  #mac(...parts: readonly string[]): string {
    return createHmac('sha256', this.#secret)
      .update(JSON.stringify(['siaga/known-browsers', currentContext().city, ...parts]))
      .digest('base64url');
  }
}

/** A browser that brings nothing of ours is a new one. */
function broughtBy(request: FastifyRequest): Brought {
  const [browser = '', ...marks] = readCookie(request.headers.cookie, COOKIE, isSecure(request))?.split('.') ?? [];
  if (!/^[\w-]{22}$/.test(browser)) return { browser: randomBytes(16).toString('base64url'), marks: [] };
  return { browser, marks: marks.filter((mark) => /^[\w-]{43}$/.test(mark)).slice(0, MOST_KNOWN) };
}
