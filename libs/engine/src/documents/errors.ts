import type { Document } from './bson/values.ts';
import { show } from './bson/show.ts';

/** MongoDB's error codes that this server answers with, by their official names (mongo/src/mongo/base/error_codes.yml). */
export const codes = {
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  Overflow: 15,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CannotIndexParallelArrays: 171,
  InvalidPipelineOperator: 168,
  InvalidIndexSpecificationOption: 197,
  NotImplemented: 238,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
  UnknownGroupOperator: 15952,
  GroupNeedsId: 15955,
  StageObjectRequired: 15959,
  CountFieldName: 40156,
  KeyTooLong: 17280,
  UnrecognizedStage: 40324,
  MissingField: 40414,
  UnknownField: 40415,
  InvalidRegex: 51091,
  UnwindPath: 28812,
  Location16764: 16764,
  LimitNotPositive: 15958,
  DivideByZero: 4848401,
} as const;

export type CodeName = keyof typeof codes;

/** A refusal that the client sees as a MongoServerError with `code`, `codeName` and `message`. */
export class Refusal extends Error {
  readonly code: number;
  readonly codeName: CodeName;

  constructor(codeName: CodeName, message: string) {
    super(message);
    this.name = 'Refusal';
    this.codeName = codeName;
    this.code = codes[codeName];
  }
}

/** Bytes that are not the MongoDB wire protocol or not BSON. The connection that sent them is closed. */
export class MalformedBytes extends Error {
  override readonly name = 'MalformedBytes';
}

/** The refusal a driver knows as E11000: some unique index has another document under the same key. */
export class DuplicateKey extends Refusal {
  readonly keyPattern: Document;
  readonly keyValue: Document;

  constructor(where: { namespace: string; index: string }, keyPattern: Document, keyValue: Document) {
    super(
      'DuplicateKey',
      `E11000 duplicate key error collection: ${where.namespace} index: ${where.index} dup key: ${show(keyValue)}`,
    );
    this.keyPattern = keyPattern;
    this.keyValue = keyValue;
  }
}
