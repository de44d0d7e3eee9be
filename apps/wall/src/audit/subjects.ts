import { Agency, FieldClass } from '@siaga/contracts';
import type { AuditText } from '../text/audit-words.ts';
import { actionWords } from './action-words.ts';

/** What an entry of the trail touched, ready to be read. */
export interface Said {
  /** `class`: a class of fields that was uncovered; `thing`: something whose own trail can be asked for; `note`: else. */
  as: 'class' | 'thing' | 'note';
  text: string;
  /** As it stands in the trail. */
  subject: string;
}

/** What people, screens and devices are called, by what stands after the colon of their subject. */
export type Names = Readonly<Record<string, string | undefined>>;

/** A subject in words: `person:8f0e…` as the person's name, `class:personal` as what was uncovered. */
export function said(subject: string, names: Names, text: AuditText): Said {
  const at = subject.indexOf(':');
  const [kind, id] = [subject.slice(0, Math.max(at, 0)), subject.slice(at + 1)];
  const words = text.audit;
  const note = (words: string): Said => ({ as: 'note', text: words, subject });
  const fieldClass = FieldClass.safeParse(id);
  if (kind === 'class' && fieldClass.success)
    return { as: 'class', text: text.session.classes[fieldClass.data], subject };
  if (kind === 'minutes') return note(words.minutes(id));
  if (kind === 'count') return note(words.times(id));
  if (kind === 'route') return note(actionWords(id, words.actions));
  if (kind === 'audit') return note(readOf(id, names, text));
  const isThing = words.things[kind] !== undefined && isAsked(subject);
  return { as: isThing ? 'thing' : 'note', text: thingWords(kind, id, names, text), subject };
}

/** What somebody asked the trail for. */
function readOf(asked: string, names: Names, text: AuditText): string {
  const words = text.audit;
  if (asked === 'all') return words.readAll;
  if (asked.startsWith('by:')) return words.readDeeds(whoWords(asked.slice('by:'.length), names, text));
  return words.readOf(said(asked, names, text).text);
}

/** Somebody by name, or by id where nobody is called so any more. */
export function whoWords(principalId: string, names: Names, { audit: words }: AuditText): string {
  return names[principalId] ?? words.known[principalId] ?? shortened(principalId);
}

function thingWords(kind: string, id: string, names: Names, text: AuditText): string {
  const what = text.audit.things[kind];
  if (what === undefined) return `${kind}:${id}`.replace(/^:/, '');
  const agency = Agency.safeParse(id);
  return `${what} ${names[id] ?? (agency.success ? text.session.agencies[agency.data] : shortened(id))}`;
}

/** What was touched before how, and the number of the uncovering last. */
export const byWeight = (one: Said, other: Said): number => weightOf(one) - weightOf(other);

const weightOf = ({ as, subject }: Said): number =>
  subject.startsWith('reveal:') ? 3 : { thing: 0, class: 1, note: 2 }[as];

/** Random ids are told apart by their beginning; all of it is in the file that is saved. */
export const shortened = (id: string): string => (id.length > 16 && /\d/.test(id) ? `${id.slice(0, 8)}…` : id);

/** Whether the route takes it for a question; see `AskedSubject` of the contract. */
export const isAsked = (subject: string): boolean =>
  /^[a-z][A-Za-z_-]*:[\w.:/*@+-]+$/.test(subject) && subject.length <= 190;
