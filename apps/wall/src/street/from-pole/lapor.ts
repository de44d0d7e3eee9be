import { answerIn, codeIn, linkTo, type AnswerLink } from './code.ts';
import { make, said } from '../../public-page/elements.ts';
import { reportAnswer } from './report-answer.ts';
import { reportForm } from './report-form.ts';
import { words } from './words.ts';

// A page of its own, without a framework and without the wall: a cheap telephone below a dark lamp loads a few kilobytes.
// `/lapor/<city>/<lampId>` is the form, `/lapor/<city>#<key>` the answer.

const main = document.getElementById('lapor');
if (main === null) throw new Error('the page has no #lapor');
const heading = make('h1', {}, ...said(words.title));

function show(...parts: readonly HTMLElement[]): void {
  main?.replaceChildren(heading, ...parts);
}

function sent(link: AnswerLink): void {
  const path = linkTo(link);
  const address = location.origin + path;
  history.replaceState(null, '', path);
  const keep = make('p', { class: 'keep' }, ...said(words.link), make('a', { href: address }, address));
  show(make('p', { class: 'thanks', role: 'status' }, ...said(words.thanks)), keep, reportAnswer(link));
}

function open(): void {
  const link = answerIn(location);
  const code = codeIn(location.pathname);
  if (link !== undefined) show(reportAnswer(link));
  else if (code === undefined) show(make('p', {}, ...said(words.noLamp)));
  else show(reportForm(code, (key) => { sent({ city: code.city, key }); })); // prettier-ignore
}

addEventListener('hashchange', open);
open();
