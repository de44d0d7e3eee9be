import type { Me } from '@siaga/contracts';
import type { Dictionary } from '../../text/dictionary.ts';

/** Came without signing in, because nobody could: the local operator of a first start. */
export const isLocalOperator = ({ kind, sessionId }: Pick<Me, 'kind' | 'sessionId'>): boolean =>
  kind === 'person' && sessionId === undefined;

/** The name of who is signed in, as his own screen says it. */
export const nameOf = (me: Me, { session: words }: Dictionary): string =>
  isLocalOperator(me) ? words.localOperator : me.displayName;
