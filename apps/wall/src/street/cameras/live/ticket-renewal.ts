import { Fault } from '@siaga/contracts';
import { tickets } from '../view/tickets.ts';
import type { OpenedCamera } from '../view/view-tickets.ts';

/** So long before a ticket ends it is renewed. */
const EARLY_MS = 10_000;
/** When nobody answered, it is asked again so often. */
const AGAIN_MS = 10_000;

interface Renewing {
  cityNow: () => number;
  renewed: (opened: OpenedCamera) => void;
  /** Who watches may no longer. */
  refused: (cause: Fault) => void;
}

/**
 * Renews the ticket of who watches, however long his connection stands: each renewal is written down, and is refused to who
 * may not watch any longer. Call what is answered every now and then.
 */
export function ticketRenewal(opened: OpenedCamera, { cityNow, renewed, refused }: Renewing): () => void {
  let dueMs = opened.untilMs - EARLY_MS;
  return () => {
    if (cityNow() < dueMs) return;
    dueMs = Infinity;
    tickets.of(opened.cameraId, cityNow()).then(
      (next) => {
        dueMs = next.untilMs - EARLY_MS;
        renewed(next);
      },
      (error: unknown) => {
        if (error instanceof Fault && !error.retriable) refused(error);
        else dueMs = cityNow() + AGAIN_MS;
      },
    );
  };
}
