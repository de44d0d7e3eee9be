import { describe, expect, it } from '@jest/globals';
import * as contracts from './index.ts';
import { events, eventsOf, routes, streams, type AnyEvent, type RouteContract } from './index.ts';

const exported = Object.values(contracts) as unknown[];
const isEvent = (value: unknown): value is AnyEvent =>
  typeof value === 'object' && value !== null && 'stream' in value && 'audience' in value;
const isRoute = (value: unknown): value is RouteContract =>
  typeof value === 'object' && value !== null && 'permission' in value && 'path' in value;
/** Routes that registers have alike are exported together: `lampRoutes.list`. */
const routesIn = (value: unknown): RouteContract[] => {
  if (isRoute(value)) return [value];
  const inside = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return inside.length > 0 && inside.every(isRoute) ? inside : [];
};

describe('the catalogue', () => {
  it('lists every event and route that is exported, once', () => {
    expect(new Set(events)).toEqual(new Set(exported.filter(isEvent)));
    expect(new Set(routes)).toEqual(new Set(exported.flatMap(routesIn)));
  });

  it('gives a latest stream exactly one event: two under one key would erase each other', () => {
    const crowded = streams.filter((stream) => stream.delivery === 'latest' && eventsOf(stream).length !== 1);
    expect(crowded).toEqual([]);
  });

  it('uses no name twice', () => {
    const names = [...events, ...routes, ...streams].map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const doors = routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(doors.filter((door, index) => doors.indexOf(door) !== index)).toEqual([]);
  });
});
