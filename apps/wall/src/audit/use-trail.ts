import { ListAudit, type AnswerOf, type AuditedAction } from '@siaga/contracts';
import { useCallback, useState } from 'react';
import { call } from '../city/api.ts';
import { useCityNow } from '../link/use-live.ts';
import { useAsked } from '../room/asked.ts';
import { usePress } from '../room/press.ts';
import type { Question } from './kinds.ts';

const STEP = 50;

type Page = AnswerOf<typeof ListAudit>;
type Names = Page['names'];

/** A part of the trail, newest first, as far as it was asked for. */
export interface Trail {
  /** Undefined before the first answer. */
  actions: readonly AuditedAction[] | undefined;
  names: Names;
  /** When its newest part was asked for, epoch ms of the city. */
  atMs: number;
  hasMore: boolean;
  busy: boolean;
  failure: string | undefined;
  more: () => void;
  again: () => void;
}

/** Asks for the newest actions, and for older ones on demand. Every question is itself written into the trail. */
export function useTrail(question: Question): Trail {
  const nowMs = useCityNow();
  const first = useAsked(
    useCallback(
      async (signal: AbortSignal) => {
        const page = await call(ListAudit, { query: { ...question, limit: STEP } }, { signal });
        return { page, atMs: nowMs() };
      },
      [question, nowMs],
    ),
  );
  const [older, setOlder] = useState<{ than: Page; pages: readonly Page[] }>();
  const press = usePress();
  const newest = first.answer?.page;
  // older ones belong to the newest they were asked after; when that is asked for anew they are, too
  const pages = newest === undefined ? [] : [newest, ...(older?.than === newest ? older.pages : [])];
  const next = pages.at(-1)?.next;
  const more = () => {
    press.run(async () => {
      if (newest === undefined || next === undefined) return;
      const page = await call(ListAudit, { query: { ...question, limit: STEP, after: Number(next) } });
      setOlder({ than: newest, pages: [...pages.slice(1), page] });
    });
  };
  return {
    actions: newest === undefined ? undefined : pages.flatMap(({ items }) => items),
    names: Object.assign({}, ...pages.map(({ names }) => names)) as Names,
    atMs: first.answer?.atMs ?? 0,
    hasMore: next !== undefined,
    busy: press.busy,
    failure: press.failure ?? first.failure,
    more,
    again: first.again,
  };
}
