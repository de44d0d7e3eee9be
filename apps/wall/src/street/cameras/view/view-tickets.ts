import type { AnswerOf, ViewCamera } from '@siaga/contracts';

/** What opening a camera answers: a ticket of one's own, what is drawn over the picture, where the still is. */
export type OpenedCamera = AnswerOf<typeof ViewCamera>;

/** A ticket is renewed so long before it ends, so that no picture is asked for with one that has just ended. */
const RENEW_MS = 15_000;

/**
 * Cameras this screen has open. Each opening stands in the audit trail: one that is looked at again within its ticket, in
 * another panel or after a rotation, is not opened anew.
 */
export class ViewTickets {
  readonly #open: (cameraId: string) => Promise<OpenedCamera>;
  readonly #opened = new Map<string, Promise<OpenedCamera>>();

  constructor(open: (cameraId: string) => Promise<OpenedCamera>) {
    this.#open = open;
  }

  /** Throws the fault of who may not see it. `nowMs` is the city's time, which tickets are measured by. */
  async of(cameraId: string, nowMs: number): Promise<OpenedCamera> {
    const known = this.#opened.get(cameraId) ?? this.#openNow(cameraId);
    const opened = await known;
    if (opened.untilMs - RENEW_MS > nowMs) return opened;
    // whoever asked at the same moment has renewed it already
    return this.#opened.get(cameraId) === known ? this.#openNow(cameraId) : this.of(cameraId, nowMs);
  }

  /** Its ticket counts no more: it is somebody else's, or the camera has gone. */
  forget(cameraId: string): void {
    this.#opened.delete(cameraId);
  }

  #openNow(cameraId: string): Promise<OpenedCamera> {
    const opening = this.#open(cameraId);
    this.#opened.set(cameraId, opening);
    opening.catch(() => {
      if (this.#opened.get(cameraId) === opening) this.#opened.delete(cameraId);
    });
    return opening;
  }
}
