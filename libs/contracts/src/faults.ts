import { z } from 'zod';

/** The one table of what can go wrong: HTTP status, whether trying again may help, and a title in both languages. */
export const faultKinds = {
  invalid: { status: 400, retriable: false, title: 'Data tidak sah · invalid input' },
  unauthenticated: { status: 401, retriable: false, title: 'Belum masuk · not signed in' },
  forbidden: { status: 403, retriable: false, title: 'Tidak diizinkan · not allowed' },
  'not-found': { status: 404, retriable: false, title: 'Tidak ditemukan · not found' },
  conflict: { status: 409, retriable: false, title: 'Bentrok dengan data lain · conflict' },
  'too-large': { status: 413, retriable: false, title: 'Terlalu besar · too large' },
  'too-many': { status: 429, retriable: true, title: 'Terlalu sering · too many requests' },
  unavailable: { status: 503, retriable: true, title: 'Sedang tidak tersedia · unavailable' },
} as const;

export type FaultKind = keyof typeof faultKinds;

/** A field that was refused and why; `at` is its path, for example `devices.0.deviceId`. */
export const Issue = z.object({ at: z.string(), message: z.string() });
export type Issue = z.infer<typeof Issue>;

/** Who was faster, as far as somebody was: by id, because names are for those who may ask for them; and when, epoch ms. */
export const FaultDeed = z.object({ by: z.string().optional(), atMs: z.number().int().optional() });
export type FaultDeed = z.infer<typeof FaultDeed>;

export interface FaultOptions {
  cause?: unknown;
  issues?: readonly Issue[];
  retryAfterS?: number;
  /** Whose deed stands in the way: screens say it with his name and in the city’s time. */
  deed?: FaultDeed;
}

/** The one error our code throws on purpose. `message` says what to do, for the person who can do it. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly kind: FaultKind;
  readonly issues: readonly Issue[];
  /** Of a retriable fault: whole seconds before which trying again is in vain. */
  readonly retryAfterS: number;
  readonly deed: FaultDeed | undefined;

  constructor(kind: FaultKind, message: string, options: FaultOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.kind = kind;
    this.issues = options.issues ?? [];
    this.retryAfterS = options.retryAfterS ?? 1;
    this.deed = options.deed;
  }

  get retriable(): boolean {
    return faultKinds[this.kind].retriable;
  }

  get status(): number {
    return faultKinds[this.kind].status;
  }
}

/** RFC 9457 problem+json as every door answers it. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  correlation: z.string().optional(),
  issues: z.array(Issue).optional(),
  deed: FaultDeed.optional(),
});
export type Problem = z.infer<typeof Problem>;

/** A zod failure as a fault: what is wrong at which field. */
export function invalid(error: z.ZodError, what: string): Fault {
  const issues = error.issues.map((issue) => ({ at: issue.path.join('.'), message: issue.message }));
  const first = issues[0];
  const detail = first === undefined ? what : `${what}: ${first.at === '' ? '' : `${first.at} – `}${first.message}`;
  return new Fault('invalid', detail, { cause: error, issues });
}

/** Parses at an edge: the value, or a fault of kind `invalid` that names the fields. */
export function parse<Shape extends z.ZodType>(shape: Shape, value: unknown, what: string): z.output<Shape> {
  const result = shape.safeParse(value);
  if (!result.success) throw invalid(result.error, what);
  return result.data;
}
