import { describe, expect, it } from '@jest/globals';
import type { Fix } from '../../field/phone-position.ts';
import { isNews } from './place-rules.ts';

const at = (northM: number, accuracyM: number, atMs = 1000): Fix => ({
  ...{ lat: -7.7551 + northM / 111_195, lng: 113.2101, accuracyM, atMs },
});

describe('where somebody in danger is', () => {
  it('is told as soon as it is known to a place in the city, and never vaguer', () => {
    expect([isNews(undefined, at(0, 300)), isNews(undefined, at(0, 20_000))]).toEqual([true, false]);
  });

  it('is told again when it is known better, or he moved farther than either is sure of', () => {
    const told = at(0, 50);
    expect(isNews(told, at(10, 12, 2000))).toBe(true);
    expect(isNews(told, at(120, 40, 2000))).toBe(true);
    expect(isNews(told, at(30, 45, 2000))).toBe(false);
    expect(isNews(told, at(200, 400, 2000))).toBe(false);
    expect(isNews(told, at(500, 5, 900))).toBe(false);
  });
});
