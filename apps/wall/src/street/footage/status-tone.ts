import type { FootageStatus } from '@siaga/contracts';

/** What waits for somebody stands out; what is decided does not. */
export const toneOf: Readonly<Record<FootageStatus, 'good' | 'calm' | undefined>> = {
  requested: undefined,
  approved: 'good',
  refused: 'calm',
  'handed-over': 'calm',
};
