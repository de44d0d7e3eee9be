import type { ReportAnswer, ReportStatus } from '@siaga/contracts';
import type { AnswerLink } from './code.ts';
import { answerOf, Refusal } from './door.ts';
import { make, said } from '../../public-page/elements.ts';
import { statuses, troubles, words } from './words.ts';

/** What became of a report, for who has its link. */
export function reportAnswer(link: AnswerLink): HTMLElement {
  const shown = make('div', { 'aria-live': 'polite' });
  const refresh = make('button', { type: 'button' }, ...said(words.refresh));
  const look = () => {
    refresh.disabled = true;
    answerOf(link)
      .then(
        (answer) => {
          shown.replaceChildren(...told(answer));
        },
        (error: unknown) => {
          const why = error instanceof Refusal ? [error.message] : said(words.again);
          shown.replaceChildren(make('p', { role: 'alert' }, ...why));
        },
      )
      .finally(() => {
        refresh.disabled = false;
      });
  };
  refresh.addEventListener('click', look);
  look();
  return make('section', {}, make('h2', {}, ...said(words.yours)), shown, refresh);
}

const way: readonly ReportStatus[] = ['accepted', 'scheduled', 'done'];

function told({ trouble, status, plannedOn, answer, toldAtMs, changedAtMs }: ReportAnswer): HTMLElement[] {
  const steps = status === 'dismissed' ? (['accepted', 'dismissed'] as const) : way;
  const list = steps.map((step) => {
    const now = step === status ? { 'aria-current': 'step' } : {};
    return make('li', now, ...said(statuses[step]));
  });
  return [
    make('p', { class: 'lamp' }, ...said(troubles[trouble])),
    make('ol', { class: 'way' }, ...list),
    ...(answer === undefined ? [] : [make('blockquote', {}, answer)]),
    ...(plannedOn === undefined ? [] : [fact(words.plannedOn, dayIn(plannedOn))]),
    fact(words.told, timeIn(toldAtMs)),
    fact(words.changed, timeIn(changedAtMs)),
  ];
}

const fact = (name: readonly [string, string], value: string) =>
  make('p', { class: 'fact' }, ...said(name), make('b', {}, value));

/** A day of the city, wherever the telephone is. */
const dayIn = (day: string) =>
  new Intl.DateTimeFormat('id-ID', { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(day));
const timeIn = (atMs: number) =>
  new Intl.DateTimeFormat('id-ID', { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
