import type { MediaStreamState } from '@siaga/contracts';

/** One stream as its media server tells of it. */
export interface StreamSeen {
  /** As the server calls it. */
  readonly stream: string;
  readonly state: MediaStreamState;
  /** How many watch it. */
  readonly readers: number;
}
