import { Fault } from '@siaga/contracts';
import mongoose from 'mongoose';

const { mongo } = mongoose;

/**
 * The one translation of what the driver and mongoose throw. Network, server selection, a full disk: `unavailable`. A taken unique
 * key: `conflict` naming the index. A value that does not fit the schema: `invalid`. Anything else stays what it is: a
 * mistake of ours.
 */
export function translated(error: unknown): unknown {
  if (error instanceof Fault) return error;
  if (error instanceof mongo.MongoServerError && error.code === 11_000) return conflictOf(error);
  if (error instanceof mongo.MongoServerError && error.code === OUT_OF_DISK_SPACE)
    return new Fault('unavailable', error.message, { cause: error });
  if (isUnavailable(error)) {
    return new Fault('unavailable', 'the document store does not answer', { cause: error });
  }
  if (error instanceof mongoose.Error.ValidationError) {
    const issues = Object.entries(error.errors).map(([at, problem]) => ({ at, message: problem.message }));
    return new Fault('invalid', error.message, { cause: error, issues });
  }
  if (error instanceof mongoose.Error.CastError) {
    const issues = [{ at: error.path, message: `not a ${error.kind}` }];
    return new Fault('invalid', error.message, { cause: error, issues });
  }
  return error;
}

/** Awaits a driver call and translates what it throws. */
export async function asFaults<Result>(work: PromiseLike<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw translated(error);
  }
}

/** MongoDB says so too when its disk is full. */
const OUT_OF_DISK_SPACE = 14_031;

/** Server codes that pass by themselves: not primary, shutting down, exceeded time limit. */
const passing = new Set([50, 89, 91, 189, 262, 10_107, 11_600, 11_602, 13_435, 13_436]);

/** Socket errors that the driver passes on as they are. */
const broken = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function isUnavailable(error: unknown): boolean {
  if (error instanceof mongo.MongoServerError) return typeof error.code === 'number' && passing.has(error.code);
  if (error instanceof Error && 'code' in error && broken.has(String(error.code))) return true;
  return (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    error instanceof mongoose.Error.MongooseServerSelectionError ||
    error instanceof mongo.MongoExpiredSessionError ||
    (error instanceof mongoose.Error && error.message.includes('initial connection'))
  );
}

function conflictOf(error: InstanceType<typeof mongo.MongoServerError>): Fault {
  const index = /index: (?:\S+\.\$)?(\S+)/.exec(error.message)?.[1] ?? '_id_';
  const at = index === '_id_' ? '_id' : index;
  return new Fault('conflict', `already taken: ${at}`, { cause: error, issues: [{ at, message: 'already taken' }] });
}
