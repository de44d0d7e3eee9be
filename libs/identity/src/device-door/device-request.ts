import { Fault } from '@siaga/contracts';

/** A device's HTTP request before anybody believes a word of it. */
export interface DeviceRequest {
  /** Without the question mark; empty when there is none. */
  query: string;
  /** `content-type` header, lower case; empty when there is none. */
  contentType: string;
  body: Buffer;
  receivedAtMs: number;
}

/** Most reports one message may carry. */
const MOST_REPORTS = 100;

/** What devices say is five deep at most; far deeper JSON overflows the call stack of whoever writes it out again. */
const MOST_DEPTH = 64;

/** Takes away the byte order mark that some HTTP libraries put before their JSON. */
const utf8 = new TextDecoder();

/** Keys that would reach an object's prototype. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Refuses keys that mean something to JavaScript or to a database instead of to a device. */
function refuseUnsafe(key: string): void {
  if (prototypeKeys.has(key) || key.includes('$'))
    throw new Fault('invalid', `the key ${JSON.stringify(key.slice(0, 40))} is not accepted`);
}

/** Parameters of a query or form body, checked for keys no tracker has. */
export function paramsOf(text: string): URLSearchParams {
  const params = new URLSearchParams(text);
  for (const key of params.keys()) refuseUnsafe(key);
  return params;
}

/** The JSON of a body, checked for keys and for a depth no tracker has. */
export function jsonOf(body: Buffer): unknown {
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(body));
  } catch (cause) {
    throw new Fault('invalid', 'the body is not JSON', { cause });
  }
  // level by level: nesting as deep as 256 KiB allows must not overflow the call stack
  let level = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_DEPTH) throw new Fault('invalid', `the body is nested deeper than ${String(MOST_DEPTH)} levels`);
    level = level.flatMap(insideOf);
  }
  return json;
}

function insideOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  for (const key of Object.keys(value)) refuseUnsafe(key);
  return Object.values(value);
}

/** A list of at most 100; a single thing counts as a list of one. */
export function listOf(json: unknown): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (list.length > MOST_REPORTS)
    throw new Fault('too-large', `at most ${String(MOST_REPORTS)} reports in one message, not ${String(list.length)}`);
  return list;
}

/** A number as parameters spell it: undefined when absent, NaN when it is none. */
export function numberOfText(text: string | null): number | undefined {
  if (text === null || text.trim() === '') return undefined;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
}

/** A number out of JSON: undefined when absent or null, NaN when it is something else. */
export function numberOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'number' ? value : Number.NaN;
}

export const booleanOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
