import { parseCookie, stringifySetCookie, type SetCookie } from 'cookie';

/** What a browser keeps of a session. Scripts in the page can read neither. */
export interface SessionTokens {
  /** Access token, good for minutes. */
  access?: string | undefined;
  /** What fetches the next one; changes each time. */
  refresh?: string | undefined;
}

/** Only the session's own routes need what renews it. */
const REFRESH_PATH = '/api/session';

/**
 * `__Host-` and `__Secure-` make browsers refuse such a cookie from plain HTTP and from other hosts; they are not to be
 * had without HTTPS. RFC 6265bis §4.1.3.
 */
const names = (isSecure: boolean) =>
  isSecure
    ? { access: '__Host-siaga_access', refresh: '__Secure-siaga_refresh' }
    : { access: 'siaga_access', refresh: 'siaga_refresh' };

/** The cookies of a request. Over HTTPS those of plain HTTP do not count: anybody on the way could have set them. */
export function readCookies(header: string | undefined, isSecure: boolean): SessionTokens {
  const cookies = parseCookie(header ?? '');
  const { access, refresh } = names(isSecure);
  return { access: cookies[access], refresh: cookies[refresh] };
}

/** `set-cookie` headers that give a browser its session, or, without tokens, take it away. Seconds. */
export function writeCookies(
  { access, refresh }: SessionTokens,
  { isSecure, accessS, refreshS }: { isSecure: boolean; accessS: number; refreshS: number },
): string[] {
  const { access: accessName, refresh: refreshName } = names(isSecure);
  const cookie = (name: string, value: string | undefined, path: string, maxAge: number) =>
    outOfReach({ name, value: value ?? '', path, maxAge: value === undefined ? 0 : maxAge, secure: isSecure });
  return [cookie(accessName, access, '/', accessS), cookie(refreshName, refresh, REFRESH_PATH, refreshS)];
}

/** A further cookie: its value, or undefined. Over HTTPS one of plain HTTP does not count. */
export function readCookie(header: string | undefined, name: string, isSecure: boolean): string | undefined {
  return parseCookie(header ?? '')[furtherName(name, isSecure)];
}

/** The `set-cookie` header of a further cookie that scripts cannot read. Seconds. */
export function writeCookie(
  { name, value, path, maxAgeS }: { name: string; value: string; path: string; maxAgeS: number },
  isSecure: boolean,
): string {
  return outOfReach({ name: furtherName(name, isSecure), value, path, maxAge: maxAgeS, secure: isSecure });
}

/** Of scripts, and of requests that other sites' pages make. */
const outOfReach = (cookie: SetCookie): string => stringifySetCookie({ ...cookie, httpOnly: true, sameSite: 'strict' });

const furtherName = (name: string, isSecure: boolean): string => (isSecure ? `__Secure-${name}` : name);
