import { AlarmChanged } from '@siaga/contracts';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { useLatest } from '../link/use-live.ts';
import { isUnanswered, queueOf, type Queue, type QueuedAlarm } from './queue/queue.ts';
import { useSendings, type Sendings } from './use-sendings.ts';

/** What an operator can do with one alarm by filling in a form. */
export type Act = 'acknowledge' | 'assign' | 'shelve' | 'note';

/** Which form is open in the panel of an alarm. */
export interface OpenForm {
  alarmId: string;
  act: Act;
}

interface Desk extends Sendings {
  queue: Queue;
  /** Open ones, then shelved ones: as the list stands. */
  listed: readonly QueuedAlarm[];
  /** An alarm this screen knows, also one that is over since less than a day. */
  find: (alarmId: string) => AlarmChanged | undefined;
  /** Ids of those marked for one answer to all of them, in the order of the list. */
  chosen: readonly string[];
  choose: (alarmId: string) => void;
  chooseNone: () => void;
  form: OpenForm | null;
  openForm: (form: OpenForm | null) => void;
  /** Hand-over notes begun but not saved, by agency: a closed panel loses nothing. */
  drafts: Map<string, string>;
}

const DeskContext = createContext<Desk | null>(null);

/** What list, panels, tile and map of the alarm desk all look at. */
export function AlarmsProvider({ children }: { children: ReactNode }) {
  const known = useLatest(AlarmChanged);
  const queue = useMemo(() => queueOf(known), [known]);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [form, openForm] = useState<OpenForm | null>(null);
  const { sendings, send } = useSendings();
  const [drafts] = useState(() => new Map<string, string>());
  const choose = useCallback((alarmId: string) => {
    setMarked((before) => {
      const after = new Set(before);
      if (!after.delete(alarmId)) after.add(alarmId);
      return after;
    });
  }, []);
  const chooseNone = useCallback(() => {
    setMarked(new Set());
  }, []);
  const desk = useMemo(() => {
    // what is over, put aside or answered meanwhile is not answered with the others
    const chosen = queue.open
      .filter(({ alarm }) => marked.has(alarm.alarmId) && isUnanswered(alarm))
      .map(({ alarm }) => alarm.alarmId);
    const listed = [...queue.open, ...queue.shelved];
    const find = (alarmId: string) => known.get(alarmId)?.data;
    return { queue, listed, find, chosen, choose, chooseNone, form, openForm, drafts, sendings, send };
  }, [known, queue, marked, choose, chooseNone, form, drafts, sendings, send]);
  return <DeskContext value={desk}>{children}</DeskContext>;
}

/** The alarm desk of this screen. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk outside AlarmsProvider');
  return desk;
}
