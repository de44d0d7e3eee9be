import { make, said } from './elements.ts';
import { reportAnswer } from './report-answer.ts';
import { reportForm } from './report-form.ts';
import { words } from './words.ts';

// A page of its own, without a framework and without the wall: a cheap telephone below a dark lamp loads a few kilobytes.
// `/lapor/<lampId>` is the form, `/lapor#<key>` the answer; what is behind # leaves the telephone only in the body of a question.

const main = document.getElementById('lapor');
if (main === null) throw new Error('the page has no #lapor');
const heading = make('h1', {}, ...said(words.title));

function show(...parts: readonly HTMLElement[]): void {
  main?.replaceChildren(heading, ...parts);
}

function sent(key: string): void {
  const address = `${location.origin}/lapor#${key}`;
  history.replaceState(null, '', `/lapor#${key}`);
  const link = make('p', { class: 'keep' }, ...said(words.link), make('a', { href: address }, address));
  show(make('p', { class: 'thanks', role: 'status' }, ...said(words.thanks)), link, reportAnswer(key));
}

function open(): void {
  const key = location.hash.slice(1);
  const lampId = lampInPath();
  if (key !== '') show(reportAnswer(key));
  else if (lampId === '') show(make('p', {}, ...said(words.noLamp)));
  else show(reportForm(lampId, sent));
}

/** As the code on the pole says it; what is no address at all is no lamp. */
function lampInPath(): string {
  try {
    return decodeURIComponent(location.pathname.replace(/^\/lapor\/?/, ''));
  } catch {
    return '';
  }
}

addEventListener('hashchange', open);
open();
