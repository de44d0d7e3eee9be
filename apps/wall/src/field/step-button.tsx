import { useEffect, useState, type ReactNode } from 'react';

/**
 * A thumb taps twice within this time, in the rain and with gloves: the second tap is meant for the step before. A step cannot
 * be taken back, so the next one waits for a tap of its own.
 */
const SETTLE_MS = 700;

interface StepButtonProps {
  className?: string | undefined;
  onPress: () => void;
  children: ReactNode;
}

/** The one large button of a job or a round. Its `key` is its step, so that the next step is another button. */
export function StepButton({ className, onPress, children }: StepButtonProps) {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(true);
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <button type="button" className={className} disabled={!isSettled} onClick={onPress}>
      {children}
    </button>
  );
}
