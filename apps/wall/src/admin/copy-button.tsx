import { Copy, CopyCheck } from 'lucide-react';
import { useState } from 'react';
import { adminWords } from '../text/admin-words.ts';
import { useSpeechWith } from '../text/speech.tsx';

/** Copies a text; says when the browser would not. */
export function CopyButton({ children, copies }: { children: string; copies: string }) {
  const { text } = useSpeechWith(adminWords);
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  const Icon = outcome === 'copied' ? CopyCheck : Copy;
  return (
    <>
      <button
        type="button"
        onClick={() => {
          void copy(copies).then(setOutcome);
        }}
      >
        <Icon aria-hidden="true" /> {outcome === 'copied' ? text.admin.copied : children}
      </button>
      {outcome === 'failed' && <p role="alert">{text.admin.copyFailed}</p>}
    </>
  );
}

/** The clipboard is closed to pages that came by plain HTTP over the network: there the old way of a selection remains. */
async function copy(text: string): Promise<'copied' | 'failed'> {
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  if (clipboard !== undefined)
    return clipboard.writeText(text).then(
      () => 'copied',
      () => 'failed',
    );
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'spoken';
  document.body.append(field);
  field.select();
  const done = (document as unknown as { execCommand: (command: string) => boolean }).execCommand('copy');
  field.remove();
  return done ? 'copied' : 'failed';
}
