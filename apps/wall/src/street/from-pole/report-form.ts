import type { StreetTrouble } from '@siaga/contracts';
import type { Code } from './code.ts';
import { newKey, Refusal, report, type FromPole } from './door.ts';
import { make, said } from '../../public-page/elements.ts';
import { troubles, words } from './words.ts';

/** The form for one lamp; `onSent` is given the key of the answer. */
export function reportForm(code: Code, onSent: (key: string) => void): HTMLElement {
  const key = newKey();
  const send = make('button', { type: 'submit' }, ...said(words.send));
  const failure = make('p', { role: 'alert' });
  const form = make('form', {}, choices(), ...further(), failure, send);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send.disabled = true;
    send.replaceChildren(...said(words.sending));
    failure.replaceChildren();
    report(toldIn(form, { ...code, key })).then(
      () => {
        onSent(key);
      },
      (error: unknown) => {
        failure.replaceChildren(...(error instanceof Refusal ? [error.message] : said(words.again)));
        send.disabled = false;
        send.replaceChildren(...said(words.send));
      },
    );
  });
  const lamp = make('p', { class: 'lamp' }, ...said(words.lamp), make('b', {}, code.lampId));
  const danger = make('p', { class: 'danger' }, make('a', { href: 'tel:112' }, ...said(words.danger)));
  return make('section', {}, lamp, form, danger);
}

function choices(): HTMLElement {
  const options = Object.entries(troubles).map(([trouble, name]) =>
    make(
      'label',
      {},
      make('input', { type: 'radio', name: 'trouble', value: trouble, required: '' }),
      ' ',
      ...said(name),
    ),
  );
  return make('fieldset', {}, make('legend', {}, ...said(words.what)), ...options);
}

function further(): HTMLElement[] {
  const text = make('textarea', { name: 'text', rows: '3', maxlength: '500' });
  const name = make('input', { name: 'reporterName', maxlength: '80', autocomplete: 'name' });
  const phone = make('input', { name: 'reporterPhone', type: 'tel', maxlength: '20', autocomplete: 'tel' });
  return [
    make('label', {}, ...said(words.more), text),
    make('label', {}, ...said(words.name), name),
    make('label', {}, ...said(words.phone), phone),
    make('p', { class: 'hint' }, ...said(words.kept)),
  ];
}

/** What was filled in; what was left empty is not told. */
function toldIn(form: HTMLFormElement, of: Code & { key: string }): FromPole {
  const given = [...new FormData(form)].filter(([, value]) => typeof value === 'string' && value.trim() !== '');
  const { trouble, ...told } = Object.fromEntries(given) as Partial<FromPole> & { trouble: StreetTrouble };
  return { ...told, ...of, trouble };
}
