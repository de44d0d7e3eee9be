import { timeline } from './timeline-document.ts';
import { TimelineProjection } from './timeline.projection.ts';
import { TimelineStore } from './timeline.store.ts';

/** What the timeline brings to the service. */
export const timelineParts = {
  controllers: [TimelineProjection],
  providers: [TimelineStore],
  collections: [timeline],
};
