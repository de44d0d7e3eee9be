import { typeRank } from '../bson/compare.ts';
import { keyOf } from '../bson/key.ts';
import { Edge, RegularExpression, type Value } from '../bson/values.ts';
import type { Condition } from '../query/filter.ts';
import { isOperators } from '../query/predicates.ts';

/** The parts of an index field where matching values are: keys from `low` to `high`, with all that starts with them. */
export interface Bounds {
  readonly pairs: readonly { readonly low: Buffer; readonly high: Buffer }[];
  /** Every pair is one value, so the next field of the index may narrow further. */
  readonly points: boolean;
}

export const nullKey = keyOf(null);

/**
 * What the conditions on one field say about its keys; `undefined` when an index cannot help. Bounds may be wider than
 * the conditions, never narrower. With arrays in the index two conditions may be met by different elements, so only
 * one of them counts.
 */
export function boundsOf(conditions: readonly Condition[], multikey: boolean): Bounds | undefined {
  for (const condition of conditions) {
    const values = pointValues(condition);
    if (values !== undefined) return { points: true, pairs: values.map(keyOf).map((key) => ({ low: key, high: key })) };
  }
  const limits = conditions.filter(isLimit);
  const [first] = limits;
  if (first !== undefined) return range(multikey ? [first] : limits.filter((limit) => sameType(limit, first)));
  return conditions.map(beginning).find((bounds) => bounds !== undefined);
}

function pointValues({ operator, operand }: Condition): Value[] | undefined {
  if (operator === '$eq') return isPoint(operand) ? [operand] : undefined;
  if (operator === '$in' && Array.isArray(operand)) return operand.every(isPoint) ? operand : undefined;
  const [first] = operator === '$all' && Array.isArray(operand) ? operand.filter(isPoint) : [];
  return first === undefined ? undefined : [first];
}

/** An array is not in an index as a whole, and a regular expression matches more than itself. */
const isPoint = (value: Value): boolean =>
  !Array.isArray(value) && !(value instanceof RegularExpression) && !isOperators(value);

const isLimit = ({ operator, operand }: Condition): boolean =>
  ['$gt', '$gte', '$lt', '$lte'].includes(operator) &&
  operand !== null &&
  !Array.isArray(operand) &&
  !(operand instanceof Edge) &&
  !(operand instanceof RegularExpression);

const sameType = (a: Condition, b: Condition): boolean => typeRank(a.operand) === typeRank(b.operand);

/** Both ends are taken in; the query's own test leaves out what an exclusive end should. */
function range(limits: readonly Condition[]): Bounds {
  const bracket = Buffer.of(typeRank(limits[0]?.operand));
  let [low, high]: [Buffer, Buffer] = [bracket, bracket];
  for (const { operator, operand } of limits) {
    const key = keyOf(operand);
    if (operator.startsWith('$g')) low = Buffer.compare(key, low) > 0 ? key : low;
    else high = high === bracket || Buffer.compare(key, high) < 0 ? key : high;
  }
  return { points: false, pairs: [{ low, high }] };
}

/** `^abc`: texts that start with abc, and a stored regular expression, which equals the asked one. */
function beginning({ operator, operand }: Condition): Bounds | undefined {
  const expression = operator === '$eq' || operator === '$regex' ? operand : undefined;
  const pattern = expression instanceof RegularExpression && expression.options === '' ? expression.pattern : undefined;
  const literal = pattern?.includes('|') === false ? /^\^([\w -]+)(?![\w -]*[*?{+])/.exec(pattern)?.[1] : undefined;
  if (literal === undefined) return undefined;
  const text = Buffer.concat([Buffer.of(typeRank(literal)), Buffer.from(literal)]);
  const stored = Buffer.of(typeRank(new RegularExpression('', '')));
  return {
    points: false,
    pairs: [
      { low: text, high: text },
      { low: stored, high: stored },
    ],
  };
}
