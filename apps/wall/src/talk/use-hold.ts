import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { isBare } from '../room/keys.ts';

/** Keys that are held as a phone's button is: the space bar, and the button of a headset where the platform hands it to pages. */
export const phoneKeys: readonly string[] = [' ', 'MediaPlayPause'];
/** At a desk other things have the space bar; these write nothing, and work also while somebody types. */
export const deskKeys: readonly string[] = ['F8', 'MediaPlayPause'];

interface Held {
  keys: readonly string[];
  down: () => void;
  up: () => void;
}

/**
 * One press from its coming to its going, by finger or key; by keys alone where the button is not drawn. It also ends where
 * the browser takes the finger away, the window loses the keyboard, or the page is hidden: an open floor behind a dark screen
 * would be heard by everybody.
 */
export function useHold({ keys, down, up }: Held): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  /** The finger that holds it; another one, or a drop of rain, lets go of nothing. */
  const finger = useRef<number>(undefined);
  const held = useRef(false);
  const begin = useEffectEvent(() => {
    if (held.current) return;
    held.current = true;
    down();
  });
  const end = useEffectEvent(() => {
    finger.current = undefined;
    if (!held.current) return;
    held.current = false;
    up();
  });
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      if (!keys.includes(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === ' ' && !isFree(event, button.current)) return;
      event.preventDefault();
      if (!event.repeat) begin();
    };
    const keyUp = (event: KeyboardEvent) => {
      if (keys.includes(event.key)) end();
    };
    const touched = (event: PointerEvent) => {
      if (event.button !== 0 || finger.current !== undefined) return;
      finger.current = event.pointerId;
      begin();
    };
    const lifted = (event: PointerEvent) => {
      if (event.pointerId === finger.current) end();
    };
    const hidden = () => {
      if (document.visibilityState === 'hidden') end();
    };
    const ending = () => {
      end();
    };
    const element = button.current;
    element?.addEventListener('pointerdown', touched);
    for (const kind of ['pointerup', 'pointercancel'] as const) window.addEventListener(kind, lifted);
    document.addEventListener('keydown', keyDown);
    document.addEventListener('keyup', keyUp);
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('blur', ending);
    return () => {
      element?.removeEventListener('pointerdown', touched);
      for (const kind of ['pointerup', 'pointercancel'] as const) window.removeEventListener(kind, lifted);
      document.removeEventListener('keydown', keyDown);
      document.removeEventListener('keyup', keyUp);
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('blur', ending);
      ending();
    };
  }, [keys]);
  return button;
}

/** Whether the space bar is nobody else's: another button, a link or a switch is pressed by its own. */
function isFree(event: KeyboardEvent, button: HTMLElement | null | undefined): boolean {
  const { target } = event;
  return isBare(event) && !(target instanceof HTMLElement && target !== button && target.matches('button, a, summary'));
}
