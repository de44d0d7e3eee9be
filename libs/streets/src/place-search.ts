import type { Place } from '@siaga/contracts';
import { distanceM } from '@siaga/geo';
import MiniSearch, { type SearchResult } from 'minisearch';
import type { NamedPlace } from './named-place.ts';
import { wordsOf, wordsSought } from './names.ts';

/** Where a word stands, and how much that says: people name a place and then the street it stands at. */
const worth = { name: 1, also: 0.9, about: 0.6 } as const;
type Field = keyof typeof worth;

/** A word that only begins so, or is only spelt like it. */
const BEGINS = 0.85;
const RESEMBLES = 0.7;
/** A name that was said whole comes before one of which this is a part. */
const WHOLE = 0.3;
/** Of two that fit alike the nearer one; half of it is gone at this distance. */
const NEAR = 0.05;
const NEAR_M = 1000;
/** Of a street and what is named after it the street. */
const KIND = { street: 0.04, lane: 0.02, landmark: 0.01, crossing: 0 } as const;

/** Nobody types more to find a place. */
const MOST_WORDS = 8;

/** Finds places by what somebody typed; built once, asked at every keystroke. */
export class PlaceSearch {
  readonly #places: readonly NamedPlace[];
  readonly #index = new MiniSearch<NamedPlace>({
    idField: 'index',
    fields: Object.keys(worth),
    tokenize: wordsOf,
    processTerm: (word) => word,
    extractField: (place, field) => fieldOf(place, field),
  });

  constructor(places: readonly NamedPlace[]) {
    this.#places = places;
    this.#index.addAll(places.map((place, index) => ({ ...place, index })));
  }

  /**
   * The likeliest first: with most of the words, then with those in its name, then with no others, then the nearer.
   * Nothing below two letters.
   */
  find(text: string, { near, most }: { near?: Place | undefined; most: number }): NamedPlace[] {
    const words = [...new Set(wordsSought(text))];
    if (words.join('').length < 2) return [];
    const ranks = new Map<number, Match>();
    const typed = words.slice(0, MOST_WORDS);
    for (const word of typed)
      for (const { id, match } of this.#index.search(word, {
        tokenize: (one) => [one],
        ...likenessOf(word, typed.at(-1)),
      }))
        matchOf(ranks, Number(id)).put(word, match);
    return [...ranks]
      .map(([index, match]) => ({ place: this.#places[index] as NamedPlace, match }))
      .map(({ place, match }) => ({ place, rank: match.rank(place, words.length) + nearness(place, near) }))
      .toSorted((one, other) => other.rank - one.rank || one.place.id.localeCompare(other.place.id))
      .slice(0, most)
      .map(({ place }) => place);
  }
}

function fieldOf(place: NamedPlace, field: string): string {
  if (field === 'also') return place.also.join(' ');
  return String(place[field as keyof NamedPlace] ?? '');
}

/**
 * Numbers are said or not; short words have no spelling to mistake. Half of all names begin with some letter or two: only the
 * last word, which is still being typed, may be the beginning of one.
 */
const likenessOf = (word: string, last: string | undefined) => {
  const isNumber = /^\d+$/.test(word);
  return {
    prefix: !isNumber && (word.length > 2 || word === last),
    fuzzy: word.length > 4 && !isNumber ? 0.25 : false,
  };
};

/** What of one place was said, and how well. */
class Match {
  readonly #terms = new Set<string>();
  #said = 0;

  put(word: string, match: SearchResult['match']): void {
    const worths = Object.entries(match).map(([term, fields]) => {
      const likeness = term === word ? 1 : term.startsWith(word) ? BEGINS : RESEMBLES;
      return likeness * Math.max(...fields.map((field) => worth[field as Field]));
    });
    for (const term of Object.keys(match)) this.#terms.add(term);
    this.#said += Math.max(0, ...worths);
  }

  rank(place: NamedPlace, words: number): number {
    const names = [place.name, ...place.also].map(wordsOf);
    const whole = Math.max(...names.map((name) => name.filter((word) => this.#terms.has(word)).length / name.length));
    return this.#said / words + WHOLE * whole + KIND[place.kind];
  }
}

function matchOf(ranks: Map<number, Match>, index: number): Match {
  const match = ranks.get(index) ?? new Match();
  ranks.set(index, match);
  return match;
}

const nearness = (place: NamedPlace, near: Place | undefined) =>
  near === undefined ? 0 : (NEAR * NEAR_M) / (NEAR_M + distanceM(near, place));
