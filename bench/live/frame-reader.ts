/** What a frame brought, as far as a measuring screen wants to know. */
export interface ReadFrame {
  /** Opaque; what the screen resumes from. */
  position: string;
  /** One frame of a snapshot that is not its last. */
  open: boolean;
  /** A whole snapshot or its last part: what came before counts no more. */
  snapshot: boolean;
  /** Numbers of the `every` events in it, in order: see {@link Traffic}. */
  numbers: readonly number[];
  /** When the log took each value or event, epoch ms, in order. */
  takenAtMs: readonly number[];
}

/** As {@link Traffic} writes them: the id of an event, or the end of a value's data, then its meta. */
const ENTRY = /(?:"n-(\d+)"|\}),\{"source":"bench","at":(\d+)/g;
/** Screens of one view get the very same bytes one after the other: these are read once. */
const REMEMBERED = 4;

/** Reads frames without parsing them, each distinct one once: a thousand screens must cost less than what they measure. */
export class FrameReader {
  readonly #known: { bytes: Buffer; frame: ReadFrame }[] = [];

  read(bytes: Buffer): ReadFrame {
    const known = this.#known.find((candidate) => candidate.bytes.equals(bytes));
    if (known !== undefined) return known.frame;
    const frame = frameIn(bytes.toString('latin1'));
    this.#known.unshift({ bytes, frame });
    this.#known.length = Math.min(this.#known.length, REMEMBERED);
    return frame;
  }
}

function frameIn(text: string): ReadFrame {
  const numbers: number[] = [];
  const takenAtMs: number[] = [];
  for (const [, number, at] of text.matchAll(ENTRY)) {
    if (number !== undefined) numbers.push(Number(number));
    takenAtMs.push(Number(at));
  }
  const part = /"part":\{"index":\d+,"last":(true|false)\}\}\]$/.exec(text)?.[1];
  return {
    position: /"position":"([^"]+)"/.exec(text)?.[1] ?? '',
    open: part === 'false',
    snapshot: part === 'true',
    numbers,
    takenAtMs,
  };
}
