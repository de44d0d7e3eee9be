import { useEffect } from 'react';

/** Key name as the browser says it (`/`, `Escape`, `l`) to what it does. */
export type KeyMap = Readonly<Record<string, () => void>>;

/**
 * Bare keys of the room. While a text field has the focus they belong to the field, except Escape; with Ctrl, Alt or
 * Meta they belong to the browser.
 */
export function useKeys(keys: KeyMap): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !(isBare(event) || event.key === 'Escape')) return;
      const act = keys[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => {
      document.removeEventListener('keydown', press);
    };
  }, [keys]);
}

/** Whether a key belongs to the room: not typed into a field, and without Ctrl, Alt or Meta. */
export function isBare(event: KeyboardEvent): boolean {
  return !(event.ctrlKey || event.altKey || event.metaKey || writes(event.target));
}

/** Input types that take no text: a slider leaves the letters to the room. */
const silentInputs = ['range', 'file', 'button', 'checkbox', 'radio', 'submit'];

function writes(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !silentInputs.includes(target.type);
  // letters find an option of a select
  if (target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && (target.tagName === 'TEXTAREA' || target.isContentEditable);
}
