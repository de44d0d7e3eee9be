import { MASKED } from '@siaga/contracts';
import { LockKeyhole } from 'lucide-react';
import { useSpeech } from '../../text/speech.tsx';

/** Text that not everybody may see: a small lock stands where it is masked. */
export function PrivateText({ children }: { children: string }) {
  const { text } = useSpeech();
  if (children !== MASKED) return children;
  return (
    <span className="masked" title={text.session.masked}>
      <LockKeyhole aria-hidden="true" />
      <span className="spoken">{text.session.masked}</span>
    </span>
  );
}
