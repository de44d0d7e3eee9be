import { ChevronLeft } from 'lucide-react';

interface BackButtonProps {
  children: string;
  onBack: () => void;
}

/** From one thing to the list it is in. */
export function BackButton({ children, onBack }: BackButtonProps) {
  return (
    <button type="button" className="quiet back" onClick={onBack}>
      <ChevronLeft aria-hidden="true" />
      {children}
    </button>
  );
}
