import { Fault } from '@siaga/contracts';

/** So long after the last keystroke it is saved, ms: a word, not a letter. */
const PAUSE_MS = 400;
/** A save that failed is tried again after so long, ms. */
const AGAIN_MS = 2000;

/** How what is typed stands: all saved, on its way, or not saved yet and why. */
export type Saving = { state: 'saved'; atMs?: number } | { state: 'saving' } | { state: 'failed'; error: unknown };

/**
 * Saves what is typed while it is typed: fields that changed since the last save go together, one save at a time, so that
 * none overtakes another; what could not be saved is tried again until it is. What is refused is tried again only with what
 * is typed next: a call that is somebody else's by now is not written over.
 */
export class NotesSaver<Notes extends object> {
  readonly #write: (notes: Partial<Notes>) => Promise<unknown>;
  readonly #changes = new EventTarget();
  #unsaved: Partial<Notes> = {};
  #saving: Saving = { state: 'saved' };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;

  constructor(write: (notes: Partial<Notes>) => Promise<unknown>) {
    this.#write = write;
  }

  /** What was typed; saved after a short pause. */
  note(notes: Partial<Notes>): void {
    this.#unsaved = { ...this.#unsaved, ...notes };
    this.#tell({ state: 'saving' });
    this.#saveIn(PAUSE_MS);
  }

  /** Saves now what is not saved; false: some of it could not be. */
  async flushed(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#running !== undefined) await this.#running;
    await this.#save();
    return !this.#hasUnsaved();
  }

  /** The form is closed: what is not saved is, at once or when the link is back; what was refused stays refused. */
  end(): void {
    clearTimeout(this.#timer);
    void this.#saveLast();
  }

  readonly get = (): Saving => this.#saving;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#changes.addEventListener('change', listener);
    return () => {
      this.#changes.removeEventListener('change', listener);
    };
  };

  #saveIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), ms);
  }

  async #saveLast(): Promise<void> {
    if (this.#running !== undefined) await this.#running;
    if (!this.#isRefused()) await this.#save();
  }

  #save(): Promise<void> {
    if (this.#running !== undefined) return this.#running;
    if (!this.#hasUnsaved()) return Promise.resolve();
    this.#running = this.#writeAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #writeAll(): Promise<void> {
    const notes = this.#unsaved;
    this.#unsaved = {};
    try {
      await this.#write(notes);
      this.#tell(this.#hasUnsaved() ? { state: 'saving' } : { state: 'saved', atMs: Date.now() });
      if (this.#hasUnsaved()) this.#saveIn(PAUSE_MS);
    } catch (error) {
      const isTypedSince = this.#hasUnsaved();
      // what was typed meanwhile is newer
      this.#unsaved = { ...notes, ...this.#unsaved };
      this.#tell({ state: 'failed', error });
      if (isTypedSince || !this.#isRefused()) this.#saveIn(AGAIN_MS);
    }
  }

  #isRefused(): boolean {
    return this.#saving.state === 'failed' && isRefusal(this.#saving.error);
  }

  #hasUnsaved(): boolean {
    return Object.keys(this.#unsaved).length > 0;
  }

  #tell(saving: Saving): void {
    this.#saving = saving;
    this.#changes.dispatchEvent(new Event('change'));
  }
}

/** Signed out is not refused: whoever signs in again has typed it. */
function isRefusal(error: unknown): boolean {
  return error instanceof Fault && !error.retriable && error.kind !== 'unauthenticated';
}
