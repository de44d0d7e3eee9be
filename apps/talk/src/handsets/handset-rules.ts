import { Fault, type Deed, type HandsetChanged } from '@siaga/contracts';
import type { HandsetDocument, StoredHandset } from './handset-document.ts';

/** What becomes of a radio. */
export type HandsetFields = Partial<HandsetDocument> | undefined;

type Holder = NonNullable<HandsetChanged['holder']>;

/** Somebody's phone is this radio from now on. */
export function held(handset: StoredHandset, holder: Holder, nowMs: number): HandsetFields {
  const { _id, kind, lost, holder: before } = handset;
  if (lost !== undefined)
    throw new Fault(
      'conflict',
      `${_id} dinyatakan hilang: lapor ke ruang kendali · it was declared lost: tell the room`,
    );
  if (kind === 'analogue')
    throw new Fault('conflict', `${_id} HT analog: tidak bisa menjadi ponsel ini · an analogue set is no telephone`);
  const isSame = before?.participantId === holder.participantId && before.sessionId === holder.sessionId;
  return isSame ? undefined : { holder: { ...holder, sinceMs: nowMs } };
}

/** Lost: its holder stays written down, for it is his sign-in that ends. Whoever said so first did. */
export const lost = ({ lost: before }: StoredHandset, deed: Deed & { reason: string }): HandsetFields =>
  before === undefined ? { lost: deed } : undefined;

/** Back again: nobody holds it until he says so anew. */
export const found = ({ lost: before }: StoredHandset): HandsetFields =>
  before === undefined ? undefined : { lost: undefined, holder: undefined };
