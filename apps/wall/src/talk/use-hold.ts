import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { isBare } from '../room/keys.ts';

/** Keys that are held as a phone's button is: the space bar, and the button of a headset where the platform hands it to pages. */
export const phoneKeys: readonly string[] = [' ', 'MediaPlayPause'];
/** At a desk other things have the space bar. */
export const deskKeys: readonly string[] = ['F8', 'MediaPlayPause'];

interface Held {
  keys: readonly string[];
  down: () => void;
  up: () => void;
}

/**
 * One press from its coming to its going, by finger or key. It also ends where the browser takes the finger away, the
 * window loses the keyboard, or the page is hidden: an open floor behind a dark screen would be heard by everybody.
 */
export function useHold({ keys, down, up }: Held): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const held = useRef(false);
  const begin = useEffectEvent(() => {
    if (held.current) return;
    held.current = true;
    down();
  });
  const end = useEffectEvent(() => {
    if (!held.current) return;
    held.current = false;
    up();
  });
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      if (!keys.includes(event.key) || !isBare(event)) return;
      // another button, a link or a switch is pressed by its own space bar
      const { target, key } = event;
      const isPressedByIt = key === ' ' && target instanceof HTMLElement && target !== button.current;
      if (isPressedByIt && target.matches('button, a, summary')) return;
      event.preventDefault();
      if (!event.repeat) begin();
    };
    const keyUp = (event: KeyboardEvent) => {
      if (keys.includes(event.key)) end();
    };
    const hidden = () => {
      if (document.visibilityState === 'hidden') end();
    };
    const ending = () => {
      end();
    };
    document.addEventListener('keydown', keyDown);
    document.addEventListener('keyup', keyUp);
    document.addEventListener('visibilitychange', hidden);
    for (const kind of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(kind, ending);
    const element = button.current;
    const pointer = () => {
      begin();
    };
    element?.addEventListener('pointerdown', pointer);
    return () => {
      document.removeEventListener('keydown', keyDown);
      document.removeEventListener('keyup', keyUp);
      document.removeEventListener('visibilitychange', hidden);
      for (const kind of ['pointerup', 'pointercancel', 'blur']) window.removeEventListener(kind, ending);
      element?.removeEventListener('pointerdown', pointer);
      ending();
    };
  }, [keys]);
  return button;
}
