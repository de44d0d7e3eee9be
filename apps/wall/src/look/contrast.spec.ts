import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');
const tokens = new Map([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]));

/** Relative luminance, WCAG 2.2. */
function luminance(name: string): number {
  const colour = tokens.get(name);
  if (colour === undefined) throw new Error(`no colour --${name}`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ['ground', 'land', 'surface', 'raised', 'hover', 'inset'];
const inks = [
  'text',
  'second',
  'third',
  'critical',
  'high',
  'medium',
  'information',
  'alive',
  'standing',
  'lamp',
  'dark',
];

describe('every ink on every surface', () => {
  it.each(inks.flatMap((ink) => surfaces.map((surface): [string, string] => [ink, surface])))(
    '%s on %s is at least 4.5 : 1',
    (ink, surface) => {
      expect(contrast(ink, surface)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('knows black from white', () => {
    tokens.set('black', '#000000').set('white', '#ffffff');
    expect(contrast('black', 'white')).toBeCloseTo(21, 5);
  });
});
