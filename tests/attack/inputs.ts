import fc from 'fast-check';
import { z } from 'zod';

/** The parts of JSON Schema that our contracts become. */
interface Schema {
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
}

/** A long pattern takes a tenth of a second to be understood, and thousands ask. */
const understood = new WeakMap<z.ZodType, fc.Arbitrary<unknown>>();

/** Values that fit a shape, as a caller sends them. */
export function fitting(shape: z.ZodType): fc.Arbitrary<unknown> {
  const known = understood.get(shape);
  if (known !== undefined) return known;
  const schema = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' }) as Schema;
  const values = ofSchema(schema);
  understood.set(shape, values);
  return values;
}

function ofSchema(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return fc.oneof(...options.map(ofSchema));
  const [first] = schema.allOf ?? [];
  if (first !== undefined) return ofSchema({ ...first, ...schema, allOf: [] });
  switch (schema.type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return fc.array(ofSchema(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3),
      });
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, ofSchema(schema)]));
  return fc.record(fields, { requiredKeys: [...required] });
}

function textOf({ pattern, format, minLength = 0, maxLength = minLength + 40 }: Schema): fc.Arbitrary<unknown> {
  if (format === 'cidrv4') return fc.ipV4().map((address) => `${address}/24`);
  if (format === 'cidrv6') return fc.ipV6().map((address) => `${address}/64`);
  const long = { minLength, maxLength: Math.min(maxLength, minLength + 40) };
  if (pattern === undefined) return fc.string({ ...long, unit: 'grapheme-ascii' });
  // a pattern that the generator cannot follow (Unicode classes) is met by plain letters
  if (/\\p\{/.test(pattern)) return fc.stringMatching(/^[a-zA-Z]{3,12}$/);
  return fc.stringMatching(new RegExp(pattern, 'u'));
}

function numberOf({ type, minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): fc.Arbitrary<unknown> {
  const least = minimum ?? exclusiveMinimum ?? -1e6;
  const most = maximum ?? exclusiveMaximum ?? Math.max(1e6, least);
  if (type === 'integer')
    return fc.integer({ min: Math.ceil(Math.max(least, -(2 ** 31))), max: Math.floor(Math.min(most, 2 ** 31 - 1)) });
  return fc.double({ min: least, max: most, noNaN: true });
}

/** What nobody means well with: operators of queries, prototypes, depths, numbers that are none, halves of letters. */
const evil: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '‮moc',
  'x'.repeat(5000),
  "'; DROP TABLE trucks; --",
  '../../etc/passwd',
  '%00%ff',
  '{{7*7}}',
  -1,
  0,
  1e308,
  2 ** 53,
  -0.1,
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  { $gt: '' },
  { $where: 'sleep(1000)' },
  JSON.parse('{"__proto__":{"admin":true}}') as unknown,
  { constructor: { prototype: { admin: true } } },
  { length: 1e9 },
  Array.from({ length: 300 }, () => 'a'),
  true,
);

/** A value that fits with one place in it replaced by something evil, or something evil altogether. */
export function misfitting(shape: z.ZodType): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 1, arbitrary: evil },
    { weight: 1, arbitrary: fc.jsonValue() },
    {
      weight: 6,
      arbitrary: fc.tuple(fitting(shape), evil, fc.nat()).map(([value, bad, at]) => spoilt(value, bad, at)),
    },
    { weight: 2, arbitrary: fitting(shape) },
  );
}

/** The same value with the place number `at`, counted round and round, replaced. */
function spoilt(value: unknown, bad: unknown, at: number): unknown {
  const places = placesOf(value);
  const place = places[at % places.length] ?? [];
  const [last] = place.slice(-1);
  if (last === undefined) return bad;
  const copy = structuredClone(value) as Record<string, unknown>;
  const parent = place.slice(0, -1).reduce<Record<string, unknown>>((inside, name) => inside[name] as never, copy);
  parent[last] = bad;
  return copy;
}

function placesOf(value: unknown, before: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [before];
  return [before, ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...before, name]))];
}
