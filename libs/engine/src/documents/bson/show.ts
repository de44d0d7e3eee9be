import { toDouble } from './numbers.ts';
import { Binary, DateTime, Decimal128, Int32, isNumber, ObjectId, type Value } from './values.ts';

/** A value as MongoDB writes it in messages: `{ truckId: "T-1" }`. */
export function show(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Int32) return String(value.value);
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : String(value);
  if (value instanceof ObjectId) return `ObjectId('${value.bytes.toString('hex')}')`;
  if (value instanceof DateTime) return `new Date(${value.ms})`;
  if (value instanceof Binary) return `BinData(${value.subtype}, ${value.bytes.toString('hex').toUpperCase()})`;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (value instanceof Map)
    return value.size === 0
      ? '{}'
      : `{ ${Array.from(value, ([name, field]) => `${name}: ${show(field)}`).join(', ')} }`;
  if (value instanceof Decimal128) return `Decimal128(${toDouble(value)})`;
  return isNumber(value) ? String(toDouble(value)) : value.constructor.name;
}
