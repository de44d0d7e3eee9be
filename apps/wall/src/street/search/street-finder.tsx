import { CameraRegistered, LampRegistered, PanelRegistered } from '@siaga/contracts';
import { useMemo } from 'react';
import { useLatest } from '../../link/use-live.ts';
import { useFocus } from '../../room/focus.tsx';
import { useFinder, type Found } from '../../search/finders.tsx';
import { useSpeech } from '../../text/speech.tsx';
import { CAMERA, LAMP, PANEL } from '../kinds.ts';
import { findThings, streetIndex, type IndexedThing } from './street-index.ts';

const focusOf = { camera: CAMERA, panel: PANEL, lamp: LAMP } as const;

/** Lamps, panels and cameras in the wall's search. */
export function StreetFinder() {
  const { text } = useSpeech();
  const { show } = useFocus();
  const [lamps, panels, cameras] = [useLatest(LampRegistered), useLatest(PanelRegistered), useLatest(CameraRegistered)];
  // made when somebody searches: registers come in by the thousand, and most of the time nobody does
  const index = useMemo(() => {
    let made: readonly IndexedThing[] | undefined;
    const dataOf = <Data,>(book: ReadonlyMap<string, { data: Data }>) => Array.from(book.values(), ({ data }) => data);
    return () => (made ??= streetIndex({ cameras: dataOf(cameras), panels: dataOf(panels), lamps: dataOf(lamps) }));
  }, [lamps, panels, cameras]);
  const find = useMemo(() => {
    const foundOf = ({ kind, key, name, about }: IndexedThing): Found => ({
      ...{ id: `${kind}:${key}`, kind: text.street.found[kind], name, about },
      go: () => {
        show(focusOf[kind], key);
      },
    });
    return (search: string) => {
      const { items, more } = findThings(index(), search);
      return { items: items.map(foundOf), more };
    };
  }, [index, show, text]);
  useFinder('street', find);
  return null;
}
