import { Fault, type FootageStatus } from '@siaga/contracts';
import type { Footage } from './footage-document.ts';

/** Who takes a step, and when. */
export interface Actor {
  readonly by: string;
  readonly nowMs: number;
}

const words: Readonly<Record<FootageStatus, string>> = {
  requested: 'belum diputuskan · not decided yet',
  approved: 'sudah disetujui · approved already',
  refused: 'sudah ditolak · refused already',
  'handed-over': 'sudah diserahkan · handed over already',
};

/** A decision is once and for all, and never by who wrote the request down: two people stand behind what leaves. */
export function decided(
  { status, askedBy }: Pick<Footage, 'status' | 'askedBy'>,
  { by, nowMs }: Actor,
  decision: { status: 'approved' | 'refused'; note?: string | undefined },
): Partial<Footage> {
  if (status !== 'requested') throw new Fault('conflict', `permintaan ini ${words[status]}`);
  if (by === askedBy)
    throw new Fault(
      'forbidden',
      'yang mencatat permintaan tidak boleh memutuskannya: minta orang lain · who wrote it down may not decide it',
    );
  const { note } = decision;
  return { status: decision.status, decision: { by, atMs: nowMs, ...(note === undefined ? {} : { note }) } };
}

/** What was approved has left. */
export function handedOver(
  { status }: Pick<Footage, 'status'>,
  { by, nowMs }: Actor,
  { how, sha256 }: { how: string; sha256?: string | undefined },
): Partial<Footage> {
  if (status !== 'approved') throw new Fault('conflict', `permintaan ini ${words[status]}`);
  return { status: 'handed-over', handOver: { by, atMs: nowMs, how, ...(sha256 === undefined ? {} : { sha256 }) } };
}
