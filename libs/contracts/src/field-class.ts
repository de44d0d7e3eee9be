import { z } from 'zod';

/**
 * Classes of fields that not everybody may see; UU PDP 27/2022 asks for more care with health data. A field says it is of
 * one by `.meta({ class: 'personal' })`, and is text or may be absent. `caller` is what somebody says of himself to who answers
 * his call: it is for them, and not for every crew that sees names and conditions of its own patients.
 */
export const FieldClass = z.enum(['personal', 'health', 'caller']);
export type FieldClass = z.infer<typeof FieldClass>;

/** What stands in the place of text that somebody may not see. */
export const MASKED = '•••';

/** The same value without what is of a class that `sees` lacks: texts become {@link MASKED}, anything else is absent. */
export type Mask = (data: unknown, sees: ReadonlySet<FieldClass>) => unknown;

const masks = new WeakMap<z.ZodType, Mask | undefined>();

/** The mask of a shape, or undefined when nothing in it is of a class. Made once per shape. */
export function maskOfShape(shape: z.ZodType): Mask | undefined {
  if (!masks.has(shape)) masks.set(shape, maskFor(shape));
  return masks.get(shape);
}

function maskFor(shape: z.ZodType): Mask | undefined {
  const own = FieldClass.safeParse((shape.meta() as { class?: unknown } | undefined)?.class);
  if (own.success) return (data, sees) => (sees.has(own.data) ? data : typeof data === 'string' ? MASKED : undefined);
  const inner = unwrapped(shape);
  if (inner !== undefined) return maskOfShape(inner);
  if (shape instanceof z.ZodObject) return maskOfObject(shape);
  if (shape instanceof z.ZodArray) return maskOfList(maskOfShape(shape.element as z.ZodType));
  if (shape instanceof z.ZodRecord) return maskOfRecord(maskOfShape(shape.valueType as z.ZodType));
  if (shape instanceof z.ZodUnion) return maskOfUnion(shape.options as readonly z.ZodType[]);
  return undefined;
}

/** What a wrapper says of a value it says of the value inside. */
function unwrapped(shape: z.ZodType): z.ZodType | undefined {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodReadonly)
    return shape.unwrap() as z.ZodType;
  if (shape instanceof z.ZodDefault || shape instanceof z.ZodPrefault) return shape.unwrap() as z.ZodType;
  if (shape instanceof z.ZodPipe) return shape.out as z.ZodType;
  return undefined;
}

function maskOfObject(shape: z.ZodObject): Mask | undefined {
  const fields = Object.entries(shape.shape).flatMap(([name, field]) => {
    const mask = maskOfShape(field as z.ZodType);
    return mask === undefined ? [] : [[name, mask] as const];
  });
  if (fields.length === 0) return undefined;
  return (data, sees) => {
    if (typeof data !== 'object' || data === null) return data;
    const shown: Record<string, unknown> = { ...data };
    for (const [name, mask] of fields) {
      if (shown[name] === undefined) continue;
      const value = mask(shown[name], sees);
      if (value === undefined) Reflect.deleteProperty(shown, name);
      else shown[name] = value;
    }
    return shown;
  };
}

function maskOfList(mask: Mask | undefined): Mask | undefined {
  if (mask === undefined) return undefined;
  return (data, sees) =>
    Array.isArray(data) ? data.map((item) => mask(item, sees)).filter((item) => item !== undefined) : data;
}

function maskOfRecord(mask: Mask | undefined): Mask | undefined {
  if (mask === undefined) return undefined;
  return (data, sees) =>
    typeof data !== 'object' || data === null
      ? data
      : Object.fromEntries(
          Object.entries(data).flatMap(([name, item]) => {
            const shown = mask(item, sees);
            return shown === undefined ? [] : [[name, shown]];
          }),
        );
}

/** Whatever any of the options would hide is hidden: which one a value is need not be known. */
function maskOfUnion(options: readonly z.ZodType[]): Mask | undefined {
  const own = options.flatMap((option) => maskOfShape(option) ?? []);
  if (own.length === 0) return undefined;
  return (data, sees) => own.reduce((shown, mask) => mask(shown, sees), data);
}
