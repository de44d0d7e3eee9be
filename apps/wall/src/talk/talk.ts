import type { Domain } from '../domain.ts';
import { ahead } from '../room/ahead.tsx';
import { HANDSETS, TALK } from './kinds.ts';
import { TalkProvider } from './talk-context.tsx';
import { TalkTile } from './talk-tile.tsx';

/** Touch to talk in the room: who talks, and the desk's own radio. */
export const talk: Domain = {
  id: 'talk',
  Provider: TalkProvider,
  Tiles: TalkTile,
  panels: {
    [TALK]: ahead(() => import('./desk/talk-panel.tsx')),
    [HANDSETS]: ahead(() => import('./handsets/handsets-panel.tsx')),
  },
  keys: { t: TALK },
  mayUse: ({ kind }) => kind !== 'screen',
};
