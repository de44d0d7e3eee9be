import { expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  defineEvent,
  defineRoute,
  defineStream,
  events,
  FieldClass,
  maskOfShape,
  routes,
  type AnyEvent,
  type RouteContract,
} from './index.ts';

/** What people are called, what they say and know: of no class where it must be seen, and told to nobody but documents. */
const words = ['displayName', 'userName', 'reason', 'password', 'token'];

const isClassed = (shape: z.ZodType) => FieldClass.safeParse((shape.meta() as { class?: unknown } | undefined)?.class).success; // prettier-ignore

/** Something of the shape that notes which of its fields are read; what a wrapper says holds for what it wraps. */
function probe(shape: z.ZodType, note: (field: string) => void): unknown {
  if (shape instanceof z.ZodObject) {
    const fields = Object.entries(shape.shape as Record<string, z.ZodType>).map(([name, field]) => {
      const get = () => {
        if (words.includes(name) || holdsClassed(field)) note(name);
        return probe(field, note);
      };
      return [name, { get, enumerable: true }] as const;
    });
    return Object.defineProperties({}, Object.fromEntries(fields));
  }
  const inner = wrapped(shape);
  if (inner !== undefined) return probe(inner, note);
  if (shape instanceof z.ZodArray) return [probe(shape.element as z.ZodType, note)];
  if (shape instanceof z.ZodUnion) return probe((shape.options as readonly z.ZodType[])[0] ?? z.string(), note);
  if (shape instanceof z.ZodEnum) return shape.options[0];
  return shape instanceof z.ZodNumber ? 1 : 'x';
}

function wrapped(shape: z.ZodType): z.ZodType | undefined {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodDefault)
    return shape.unwrap() as z.ZodType;
  if (shape instanceof z.ZodReadonly) return shape.unwrap() as z.ZodType;
  return shape instanceof z.ZodPipe ? (shape.out as z.ZodType) : undefined;
}

function holdsClassed(field: z.ZodType): boolean {
  const inner = wrapped(field);
  return isClassed(field) || (inner !== undefined && holdsClassed(inner));
}

/** The fields that must not be read, and are. */
function readOf(shape: z.ZodType, compute: (data: never) => unknown): string[] {
  const read = new Set<string>();
  compute(probe(shape, (field) => read.add(field)) as never);
  return [...read];
}

/** Which classed fields an event's key, id, version and place are computed from: all four leave the masked data. */
const leaksOfEvent = (event: AnyEvent) =>
  readOf(event.data, (data) => {
    const place = event.where?.(data);
    return [event.key(data), event.id?.(data), event.version?.(data), place?.lat, place?.lng];
  }).map((field) => `${event.name}: ${field}`);

/** Which classed fields stand in a route's address, which every proxy on the way writes down, or in the audit trail. */
function leaksOfRoute({ name, params, query, body, audit }: RouteContract): string[] {
  const address = [params, query].filter((shape) => shape !== undefined);
  const classed = address.some((shape) => maskOfShape(shape) !== undefined) ? [`${name}: address`] : [];
  const parts = { ...(params && { params }), ...(query && { query }), ...(body && { body }) };
  const subjects = typeof audit === 'function' ? readOf(z.object(parts), (input) => audit(input, '3574')) : [];
  const byParams = audit === undefined && params instanceof z.ZodObject ? Object.keys(params.shape) : [];
  const told = [...subjects, ...byParams.filter((field) => words.includes(field))];
  return [...classed, ...told.map((field) => `${name}: ${field}`)];
}

it('computes no key, id, version or place of an event from a field of a class', () => {
  expect(events.flatMap(leaksOfEvent)).toEqual([]);
});

it('puts no field of a class into an address, and nothing people say or are called into the audit trail', () => {
  expect(routes.flatMap(leaksOfRoute)).toEqual([]);
});

/** Whose fields are words of people about somebody, of no class, in a shape. */
function openWords(shape: z.ZodType, at: string): string[] {
  if (isClassed(shape)) return [];
  const inner = wrapped(shape);
  if (inner !== undefined) return openWords(inner, at);
  if (shape instanceof z.ZodArray) return openWords(shape.element as z.ZodType, at);
  if (shape instanceof z.ZodUnion) return (shape.options as readonly z.ZodType[]).flatMap((one) => openWords(one, at));
  if (shape instanceof z.ZodRecord) return openWords(shape.valueType as z.ZodType, at);
  if (shape instanceof z.ZodObject)
    return Object.entries(shape.shape as Record<string, z.ZodType>).flatMap(([name, one]) =>
      openWords(one, `${at}.${name}`),
    );
  return shape instanceof z.ZodString && /\.(reason|words|remark|note)$/.test(at) ? [at] : [];
}

it('tells nobody what was said of somebody in an incident but those who may read it', () => {
  const open = events
    .filter(({ name }) => name.startsWith('emergency.'))
    .flatMap((event) => openWords(event.data, event.name));
  expect(open).toEqual([
    // where a unit waits, and why a way of alerting failed
    'emergency.unit.changed.post.words',
    'emergency.unit.changed.parked.words',
    'emergency.unit.changed.assignment.alerts.reason',
  ]);
});

it('finds what is planted', () => {
  const personal = z.string().meta({ class: 'personal' });
  const position = z.number().meta({ class: 'health' }).optional();
  const stream = defineStream({ name: 'test.calls', delivery: 'latest', keepForDays: 1 });
  const planted = defineEvent({
    ...{ name: 'test.called', summary: '', stream, audience: [] },
    data: z.object({ callId: z.string(), caller: z.object({ phone: personal }), lat: position, lng: position }),
    key: ({ callId, caller }) => `${callId}/${caller.phone}`,
    where: (call) => call as { lat: number; lng: number },
  });
  expect(leaksOfEvent(planted).toSorted()).toEqual(['test.called: lat', 'test.called: lng', 'test.called: phone']);
  const route = { name: 'test.find', summary: '', permission: [], answer: z.object({}) } as const;
  const asked = defineRoute({ ...route, method: 'GET', path: '/api/test', query: z.object({ phone: personal.optional() }) }); // prettier-ignore
  expect(leaksOfRoute(asked)).toEqual(['test.find: address']);
  const said = defineRoute({
    ...{ ...route, method: 'POST', path: '/api/test', body: z.object({ callId: z.string(), reason: z.string() }) },
    audit: ({ body }: { body: { callId: string; reason: string } }) => [`call:${body.callId}`, `why:${body.reason}`],
  });
  expect(leaksOfRoute(said)).toEqual(['test.find: reason']);
});
