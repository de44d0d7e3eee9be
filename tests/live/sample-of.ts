import { z } from 'zod';

/** Texts of the forms our contracts ask for; the first that fits is taken. */
const texts = [
  ...['contoh-1', 'contoh', 'lamp:L-1', '35.74.01.1001', '2026-11-21', '10.0.0.0/16', '3574'],
  ...['LAP-0000000A', 'SPK-0000000A', 'PRL-0000000A', 'TLP-0000000A', 'INS-0000000A', 'TGS-0000000A', 'contoh#1'],
  ...['PTR-0000000A', 'TMN-0000000A', 'RSV-0000000A', 'PSN-0000000A', 'RKM-0000000A', 'DRT-0000000A', 'APL-0000000A'],
  ...['a'.repeat(43), 'a'.repeat(22), 'a'.repeat(87), '0'.repeat(64), 'https://contoh.id'],
];

/** The smallest value that fits a contract's shape: what is optional is left out. Throws when it knows none. */
export function sampleOf(shape: z.ZodType): unknown {
  const sample = made(shape);
  const read = shape.safeParse(sample);
  if (!read.success) throw new Error(`no sample of this shape: ${read.error.message}`);
  return read.data;
}

function made(shape: z.ZodType): unknown {
  if (shape instanceof z.ZodObject) {
    const fields = Object.entries<z.ZodType>(shape.shape);
    return Object.fromEntries(
      fields.filter(([, field]) => !isAbsent(field)).map(([name, field]) => [name, made(field)]),
    );
  }
  if (shape instanceof z.ZodArray) return [made(shape.element as z.ZodType)];
  if (shape instanceof z.ZodUnion) return made(shape.options[0] as z.ZodType);
  if (shape instanceof z.ZodRecord) return {};
  if (shape instanceof z.ZodNullable) return null;
  return [...texts, 1, 100, true, ...optionsOf(shape)].find((candidate) => shape.safeParse(candidate).success);
}

const isAbsent = (field: z.ZodType) => field.safeParse(undefined).success;
const optionsOf = (shape: z.ZodType): readonly unknown[] =>
  shape instanceof z.ZodEnum ? shape.options : shape instanceof z.ZodLiteral ? [...shape.values] : [];
