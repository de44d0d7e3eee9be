import { MASKED } from '@siaga/contracts';
import { useMemo } from 'react';
import { useFocus } from '../../room/focus.tsx';
import { useFinder, type Found } from '../../search/finders.tsx';
import { kelurahanName } from '../../street/where.ts';
import { useSpeech } from '../../text/speech.tsx';
import { useBoard } from '../emergency-context.tsx';
import { CALL, INCIDENT } from '../kinds.ts';
import { foundCases, type Case } from './found-cases.ts';

const focusOf = { call: CALL, incident: INCIDENT } as const;

/** Incidents and calls in the wall's search, also those that are over. */
export function EmergencyFinder() {
  const { text } = useSpeech();
  const { show, canShow } = useFocus();
  const { known } = useBoard();
  const find = useMemo(() => {
    const words = text.emergency;
    const whereOf = (place: { words?: string | undefined; kelurahanCode?: string | undefined } | undefined) =>
      [place?.words === MASKED ? undefined : place?.words, kelurahanName(place?.kelurahanCode)].filter(Boolean).join(', '); // prettier-ignore
    // made when somebody searches: most of the time nobody does
    const cases = (): Case[] => [
      ...known.incidents.map(({ incidentId: id, kind, place, openedAtMs: atMs }): Case => {
        const name = kind === undefined ? words.noKind : words.kinds[kind];
        return { kind: 'incident', id, name, about: whereOf(place), atMs };
      }),
      ...known.calls.map(({ callId: id, source, place, startedAtMs: atMs }): Case => {
        return { kind: 'call', id, name: words.sources[source], about: whereOf(place), atMs };
      }),
    ];
    const foundOf = ({ kind, id, name, about }: Case): Found => ({
      ...{ id: `${kind}:${id}`, kind: words.foundKinds[kind], name, about: [id, about].filter(Boolean).join(' · ') },
      go: () => {
        show(focusOf[kind], id);
      },
    });
    return (search: string) => {
      if (!canShow(CALL)) return { items: [], more: 0 };
      const { items, more } = foundCases(cases(), search);
      return { items: items.map(foundOf), more };
    };
  }, [known, show, canShow, text]);
  useFinder('emergency', find);
  return null;
}
