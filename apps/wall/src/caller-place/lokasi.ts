import { make, said, type Words } from '../public-page/elements.ts';
import { tokenIn, toldOf, type Told } from './place-link.ts';
import { words } from './words.ts';

// A page of its own, without a framework and without the wall: an old telephone of somebody in need loads a few kilobytes.
// `/lokasi#<token>`: what is behind # leaves the telephone only in the body of its answer.

const main = document.getElementById('lokasi');
if (main === null) throw new Error('the page has no #lokasi');

/** A phone without a view of the sky takes its time. */
const LOOKS_MS = 30_000;

const call = make('p', { class: 'danger' }, make('a', { href: 'tel:112' }, ...said(words.call)));

function show(...parts: readonly HTMLElement[]): void {
  main?.replaceChildren(make('h1', {}, ...said(words.title)), ...parts, call);
}

function askFor(token: string): void {
  const send = make('button', { type: 'button' }, ...said(words.send));
  const failure = make('p', { role: 'alert' });
  const say = (label: Words) => {
    send.replaceChildren(...said(label));
  };
  send.addEventListener('click', () => {
    send.disabled = true;
    failure.replaceChildren();
    say(words.looking);
    place()
      .then((coords) => {
        say(words.sending);
        return tell(toldOf(token, coords));
      })
      .then(
        () => {
          show(make('p', { class: 'thanks', role: 'status' }, ...said(words.sent)));
        },
        (error: unknown) => {
          failure.replaceChildren(...whyNot(error));
          send.disabled = false;
          say(words.send);
        },
      );
  });
  show(make('p', {}, ...said(words.why)), failure, send, make('p', { class: 'hint' }, ...said(words.what)));
}

/** Where the phone is now; rejects with a `GeolocationPositionError`. */
function place(): Promise<GeolocationCoordinates> {
  const options = { enableHighAccuracy: true, timeout: LOOKS_MS, maximumAge: 0 };
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        resolve(coords);
      },
      (error) => {
        reject(new NoPlace(error.code === error.PERMISSION_DENIED ? words.denied : words.unknown));
      },
      options,
    );
  });
}

/** The phone tells no place, and what to do. */
class NoPlace extends Error {
  readonly why: Words;

  constructor(why: Words) {
    super(why[1]);
    this.why = why;
  }
}

/** The city said no, and why. */
class Refusal extends Error {}

/** As nobody: whoever tries the page is not known by his session. */
async function tell(told: Told): Promise<void> {
  const response = await fetch('/api/emergency/public/caller-places', {
    ...{ method: 'POST', credentials: 'omit', body: JSON.stringify(told) },
    headers: { 'content-type': 'application/json' },
  });
  if (response.ok) return;
  const { detail } = (await response.json()) as { detail?: string };
  throw new Refusal(detail ?? `HTTP ${String(response.status)}`);
}

function whyNot(error: unknown): readonly (Node | string)[] {
  if (error instanceof NoPlace) return said(error.why);
  return error instanceof Refusal ? [error.message] : said(words.again);
}

function open(): void {
  const token = tokenIn(location.hash);
  if (token === undefined) show(make('p', {}, ...said(words.noLink)));
  // browsers measure on https only, and old ones not at all
  else if (!('geolocation' in navigator) || !isSecureContext) show(make('p', {}, ...said(words.unable)));
  else askFor(token);
}

addEventListener('hashchange', open);
open();
