/** What the code on a pole says. */
export interface Code {
  /** `3574` */
  city: string;
  lampId: string;
}

/** The code in an address, `/lapor/3574/PJU-0142`; undefined for one that names no lamp. */
export function codeIn(pathname: string): Code | undefined {
  const [, city, lampId] = /^\/lapor\/(\d{4})\/([^/]+)\/?$/.exec(pathname) ?? [];
  if (city === undefined || lampId === undefined) return undefined;
  try {
    return { city, lampId: decodeURIComponent(lampId) };
  } catch {
    // what is no address at all is no lamp
    return undefined;
  }
}

/** Which answer somebody comes back for. */
export interface AnswerLink {
  city: string;
  key: string;
}

/** The link to an answer: what is behind # leaves the telephone only in the body of a question. */
export const linkTo = ({ city, key }: AnswerLink): string => `/lapor/${city}#${key}`;

/** The answer that an address leads to; undefined when it leads to none. */
export function answerIn({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): AnswerLink | undefined {
  const city = /^\/lapor\/(\d{4})(?:\/|$)/.exec(pathname)?.[1];
  const key = hash.slice(1);
  return city === undefined || key === '' ? undefined : { city, key };
}
