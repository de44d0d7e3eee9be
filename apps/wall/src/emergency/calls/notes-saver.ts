/** So long after the last keystroke it is saved, ms: a word, not a letter. */
const PAUSE_MS = 400;
/** A save that failed is tried again after so long, ms. */
const AGAIN_MS = 2000;

/** How what is typed stands: all saved, on its way, or not saved yet and why. */
export type Saving = { state: 'saved'; atMs?: number } | { state: 'saving' } | { state: 'failed'; error: unknown };

/**
 * Saves what is typed while it is typed: fields that changed since the last save go together, one save at a time, so that
 * none overtakes another; what could not be saved is tried again until it is.
 */
export class NotesSaver<Notes extends object> {
  readonly #write: (notes: Partial<Notes>) => Promise<unknown>;
  readonly #changes = new EventTarget();
  #unsaved: Partial<Notes> = {};
  #saving: Saving = { state: 'saved' };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;

  constructor(write: (notes: Partial<Notes>) => Promise<unknown>) {
    this.#write = write;
  }

  /** What was typed; saved after a short pause. */
  note(notes: Partial<Notes>): void {
    this.#unsaved = { ...this.#unsaved, ...notes };
    this.#tell({ state: 'saving' });
    this.#saveIn(PAUSE_MS);
  }

  /** Saves now what is not saved: whoever closes the form in the middle of a word loses none of it. */
  flush(): void {
    clearTimeout(this.#timer);
    void this.#save();
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

  async #save(): Promise<void> {
    if (this.#busy || Object.keys(this.#unsaved).length === 0) return;
    this.#busy = true;
    const notes = this.#unsaved;
    this.#unsaved = {};
    try {
      await this.#write(notes);
      this.#tell(this.#hasUnsaved() ? { state: 'saving' } : { state: 'saved', atMs: Date.now() });
      if (this.#hasUnsaved()) this.#saveIn(PAUSE_MS);
    } catch (error) {
      // what was typed meanwhile is newer
      this.#unsaved = { ...notes, ...this.#unsaved };
      this.#tell({ state: 'failed', error });
      this.#saveIn(AGAIN_MS);
    } finally {
      this.#busy = false;
    }
  }

  #hasUnsaved(): boolean {
    return Object.keys(this.#unsaved).length > 0;
  }

  #tell(saving: Saving): void {
    this.#saving = saving;
    this.#changes.dispatchEvent(new Event('change'));
  }
}
