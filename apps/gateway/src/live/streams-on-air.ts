import { eventsOf, streams, type Stream } from '@siaga/contracts';

/**
 * Streams of which somebody may see something. What is for nobody at all, like who may do what or the audit trail, is
 * neither read nor kept here, and positions do not speak of it.
 */
export const streamsOnAir: readonly Stream[] = streams.filter((stream) =>
  eventsOf(stream).some(({ audience }) => typeof audience === 'function' || audience.length > 0),
);
