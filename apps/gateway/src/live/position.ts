import type { Area } from '@siaga/contracts';
import { areaFromText, areaText } from './area.ts';

/** Next offset to read per partition, by stream code (see {@link StreamState.code}). Never changed, only replaced. */
export type Vector = ReadonlyMap<string, readonly number[]>;

/** The newest `every` event a position includes: a log that holds another event there is another log. */
export interface Mark {
  code: string;
  partition: number;
  offset: number;
  /** Fingerprint of its id. */
  id: string;
}

/** Everything a screen has applied, and through which window it looked. Opaque to the screen. */
export interface Position {
  /** Streams, eyes and logs of the view, see {@link View}. */
  epoch: string;
  /** Area of the view, in tiles; null is everywhere. */
  area: Area | null;
  /** The gateway's clock, epoch ms. */
  atMs: number;
  vector: Vector;
  mark?: Mark;
}

const FORMAT = '1';

/** `1~epoch~area~at~mark~code:offset,offset;…`, numbers in base 36: about ten characters per stream. */
export function encodePosition(position: Position): string {
  const { epoch, area, atMs, vector, mark } = position;
  return [FORMAT, epoch, areaText(area), atMs.toString(36), markText(mark), vectorText(vector)].join('~');
}

/** A position as a screen gave it back; undefined when it is not one of ours (then a snapshot answers it). */
export function decodePosition(text: string): Position | undefined {
  const [format, epoch, areaPart, at, markPart, vectorPart, ...rest] = text.split('~');
  if (format !== FORMAT || rest.length > 0 || epoch === undefined || vectorPart === undefined) return undefined;
  const area = areaFromText(areaPart ?? '');
  const atMs = numberOf(at);
  const vector = vectorOf(vectorPart);
  const mark = markOf(markPart ?? '');
  if (area === undefined || atMs === undefined || vector === undefined || mark === undefined) return undefined;
  return { epoch, area, atMs, vector, ...(mark === null ? {} : { mark }) };
}

function vectorText(vector: Vector): string {
  return [...vector].map(([code, offsets]) => `${code}:${offsets.map(text36).join(',')}`).join(';');
}

function vectorOf(text: string): Vector | undefined {
  const vector = new Map<string, readonly number[]>();
  if (text === '') return vector;
  for (const part of text.split(';')) {
    const [code, list, ...rest] = part.split(':');
    if (code === undefined || list === undefined || rest.length > 0) return undefined;
    const offsets = list.split(',').map(numberOf);
    if (!offsets.every((offset) => offset !== undefined)) return undefined;
    vector.set(code, offsets);
  }
  return vector;
}

function markText(mark: Mark | undefined): string {
  return mark === undefined ? '' : [mark.code, text36(mark.partition), text36(mark.offset), mark.id].join(',');
}

function markOf(text: string): Mark | null | undefined {
  if (text === '') return null;
  const [code, partitionText, offsetText, id, ...rest] = text.split(',');
  const partition = numberOf(partitionText);
  const offset = numberOf(offsetText);
  if (code === undefined || id === undefined || rest.length > 0 || partition === undefined || offset === undefined)
    return undefined;
  return { code, partition, offset, id };
}

const text36 = (value: number): string => value.toString(36);

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^[0-9a-z]{1,11}$/.test(text)) return undefined;
  const value = Number.parseInt(text, 36);
  return Number.isSafeInteger(value) ? value : undefined;
}
