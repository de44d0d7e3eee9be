import type { Document, Value } from '../bson/values.ts';

/** Changes the value at a concrete path of the document in place; `document` is for messages. */
export type Change = (document: Document, path: readonly string[]) => void;

/** Reads an operator's operand once into a change. */
export type UpdateOperator = (operand: Value) => Change;
