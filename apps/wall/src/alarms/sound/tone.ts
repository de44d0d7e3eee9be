import type { AlarmLogged } from '@siaga/contracts';

/** `grave`: danger to life. `firm`: somebody should look now. */
export type Tone = 'grave' | 'firm';

/** What is older was missed while the screen was away: it is in the queue, and no longer news to the ear. */
const newsForMs = 30_000;

/** How a step of an alarm sounds; undefined: not at all. Only what asks for somebody makes a sound. */
export function toneOf(
  { step, severity, atMs }: Pick<AlarmLogged, 'step' | 'severity' | 'atMs'>,
  nowMs: number,
): Tone | undefined {
  if (nowMs - atMs > newsForMs) return undefined;
  if (!['raised', 'reopened', 'worsened', 'escalated'].includes(step)) return undefined;
  if (severity === 'critical') return 'grave';
  return severity === 'high' ? 'firm' : undefined;
}
