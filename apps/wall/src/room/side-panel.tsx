import { Suspense } from 'react';
import type { Domain } from '../domain.ts';
import { useSpeech } from '../text/speech.tsx';
import { useFocus } from './focus.tsx';

interface SidePanelProps {
  /** By kind of focus. */
  panels: NonNullable<Domain['panels']>;
  /** Which part of a map it lies on, if on any. */
  covers?: 'right';
}

/** The panel of what has the attention, if there is one for it. */
export function SidePanel({ panels, covers }: SidePanelProps) {
  const { text } = useSpeech();
  const { focus } = useFocus();
  const Shown = focus === null ? undefined : panels[focus.kind];
  if (focus === null || Shown === undefined) return null;
  return (
    <aside className="side-panel" data-covers={covers} aria-label={text.panel}>
      <Suspense>
        <Shown key={focus.kind + focus.key} focusKey={focus.key} />
      </Suspense>
    </aside>
  );
}
