import { isDocument, isNumber, type Document, type Value } from '../bson/values.ts';
import { Refusal } from '../errors.ts';
import { isTrue } from './predicates.ts';

type Tree = Map<string, Tree | true>;

/** Gives a document with only the asked fields. */
export type Projection = (document: Document) => Document;

/**
 * `{ a: 1, 'b.c': 1 }` keeps, `{ a: 0 }` leaves out; `_id` stays unless it is excluded. Operators (`$slice`,
 * `$elemMatch`, the positional `$`) are refused. An empty specification gives the document itself.
 */
export function projectionOf(specification: Document): Projection | undefined {
  if (specification.size === 0) return undefined;
  const inclusive = isInclusive(specification);
  const tree: Tree = new Map();
  for (const [path, flag] of specification) if (isTrue(flag) === inclusive) plant(tree, path);
  const id = specification.get('_id');
  if (inclusive && (id === undefined || isTrue(id))) tree.set('_id', true);
  if (!inclusive && id !== undefined && isTrue(id)) tree.delete('_id');
  return (document) => (inclusive ? keep(document, tree) : drop(document, tree));
}

function isInclusive(specification: Document): boolean {
  let inclusive: boolean | undefined;
  for (const [path, flag] of specification) {
    if (!isNumber(flag) && typeof flag !== 'boolean') throw refusalOf(path, flag);
    if (path.split('.').some((part) => part.startsWith('$') || part === ''))
      throw new Refusal('NotImplemented', `the projection path '${path}' is not supported`);
    if (path === '_id') continue;
    const keeps = isTrue(flag);
    if (inclusive !== undefined && inclusive !== keeps)
      throw new Refusal(
        'BadValue',
        `Invalid $project :: caused by :: Cannot do ${keeps ? 'inclusion' : 'exclusion'} on field ${path} in ${keeps ? 'exclusion' : 'inclusion'} projection`,
      );
    inclusive = keeps;
  }
  return inclusive ?? isTrue(specification.get('_id'));
}

const refusalOf = (path: string, flag: Value): Refusal =>
  new Refusal(
    'NotImplemented',
    `the projection of '${path}' by ${isDocument(flag) ? ([...flag.keys()][0] ?? 'an empty document') : 'a value'} is not supported`,
  );

function plant(tree: Tree, path: string): void {
  const parts = path.split('.');
  let branch = tree;
  for (const part of parts.slice(0, -1)) {
    const next = branch.get(part);
    if (next === true) throw collision(path);
    const grown = next ?? new Map<string, Tree | true>();
    branch.set(part, grown);
    branch = grown;
  }
  const leaf = parts.at(-1) ?? '';
  if (branch.has(leaf)) throw collision(path);
  branch.set(leaf, true);
}

const collision = (path: string): Refusal =>
  new Refusal('BadValue', `Invalid $project :: caused by :: Path collision at ${path}`);

function keep(document: Document, tree: Tree): Document {
  const kept: Document = new Map();
  for (const [name, value] of document) {
    const branch = tree.get(name);
    if (branch === true) kept.set(name, value);
    else if (branch !== undefined) {
      const inner = keepInside(value, branch);
      if (inner !== undefined) kept.set(name, inner);
    }
  }
  return kept;
}

/** A scalar where the path goes on is left out; in an array only the documents (and arrays of them) stay. */
function keepInside(value: Value, tree: Tree): Value | undefined {
  if (isDocument(value)) return keep(value, tree);
  if (!Array.isArray(value)) return undefined;
  return value.map((item) => keepInside(item, tree)).filter((item) => item !== undefined);
}

function drop(document: Document, tree: Tree): Document {
  const left: Document = new Map();
  for (const [name, value] of document) {
    const branch = tree.get(name);
    if (branch === undefined) left.set(name, value);
    else if (branch !== true) left.set(name, dropInside(value, branch));
  }
  return left;
}

function dropInside(value: Value, tree: Tree): Value {
  if (isDocument(value)) return drop(value, tree);
  return Array.isArray(value) ? value.map((item) => dropInside(item, tree)) : value;
}
