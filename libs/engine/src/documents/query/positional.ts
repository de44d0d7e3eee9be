import { isDocument, type Document, type Value } from '../bson/values.ts';
import { conditionsOf, filterOf, valueTest, type Condition } from './filter.ts';
import { fieldTest } from './predicates.ts';

/** Where a matching document's array met the query: the position that `$` means in an update's path. */
export function matchedIndexOf(query: Document, document: Document): string | undefined {
  for (const condition of conditionsOf(query)) {
    const met = meeting(condition, document);
    if (met !== undefined) return String(met);
  }
  return undefined;
}

function meeting({ path, operator, operand }: Condition, document: Document): number | undefined {
  const parts = path.split('.');
  let value: Value | undefined = document;
  for (let depth = 0; depth < parts.length && isDocument(value); depth++) {
    value = value.get(parts[depth] ?? '');
    if (!Array.isArray(value)) continue;
    const test = elementTest(parts.slice(depth + 1), operator, operand);
    const index = value.findIndex(test);
    return index < 0 ? undefined : index;
  }
  return undefined;
}

function elementTest(rest: readonly string[], operator: string, operand: Value): (item: Value) => boolean {
  if (rest.length === 0) return valueTest(operator === '$elemMatch' ? operand : new Map([[operator, operand]]));
  const filter = fieldTest(rest.join('.'), new Map([[operator, operand]]), filterOf);
  return (item) => isDocument(item) && filter(item);
}
