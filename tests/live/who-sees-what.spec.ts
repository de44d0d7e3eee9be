import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agency, audienceOf, events, streams, TruckMoved, type AnyEvent } from '@siaga/contracts';
import type { RunningService } from '@siaga/service';
import { eventually, randomCities } from '@siaga/testing';
import { OpenCity, tokenOf } from './open-city.ts';
import { sampleOf } from './sample-of.ts';

// Every event of the catalogue against the people of every agency, by real sockets: a new event is in here by itself.

const all = { streams: streams.map(({ name }) => name) };
const [neighbour = ''] = randomCities(1);
let city: OpenCity;
let gateway: RunningService;

const ownersOf = (event: AnyEvent, data: unknown) => audienceOf(event as never, data as never);
const aTruck = { truckId: 'T1', atMs: 1, lat: -7.7, lng: 113.2, protocol: 'osmand' as const };

beforeAll(async () => {
  city = await OpenCity.begin();
  gateway = await city.gateway();
});
afterAll(() => city.close());

describe('what happens in the city', () => {
  it('is told to the people of its agencies, to administrators, and to nobody else', async () => {
    const facts = events.map((event) => ({ event, data: sampleOf(event.data) }));
    const people = [
      ...Agency.options.map((agency) => ({ name: agency, who: city.somebody({ agencies: [agency] }) })),
      { name: 'of no agency', who: city.somebody() },
      { name: 'administrator of another agency', who: city.somebody({ agencies: ['dlh'], roles: ['agency-admin'] }) },
      { name: 'administrator of the city', who: city.somebody({ roles: ['city-admin'] }) },
    ];
    const screens = await Promise.all(people.map(async ({ who }) => city.rawScreen(gateway.url, await tokenOf(who))));
    await Promise.all(screens.map((screen) => screen.subscribe(all)));
    for (const { event, data } of facts) await city.append(event, data);

    const admin = screens.at(-1)!;
    const forSomebody = facts.filter(({ event, data }) => ownersOf(event, data).length > 0);
    await eventually(() => expect(admin.told).toEqual(forSomebody.map(({ event }) => event.name).toSorted()));
    // offsets of all partitions: then they have been told whatever they will be
    await eventually(() => expect(screens.map(({ reached }) => reached)).toEqual(screens.map(() => admin.reached)));
    for (const [index, { name, who }] of people.slice(0, -1).entries()) {
      const his = facts.filter(({ event, data }) =>
        ownersOf(event, data).some((agency) => who.agencies.includes(agency)),
      );
      expect({ name, told: screens[index]!.told }).toEqual({
        name,
        told: his.map(({ event }) => event.name).toSorted(),
      });
    }
    expect(events.length - forSomebody.length).toBeGreaterThan(0);
  }, 20_000);

  it('is not followed at all where it is for nobody: such a stream has no place in positions', async () => {
    const forNobody = streams.filter((stream) =>
      events.every((event) => event.stream !== stream || isForNobody(event)),
    );
    expect(forNobody.map(({ name }) => name)).toContain('audit.actions');
    const admin = city.rawScreen(gateway.url, await tokenOf(city.somebody({ roles: ['city-admin'] })));
    await admin.subscribe(all);
    expect(admin.reached.split(';')).toHaveLength(streams.length - forNobody.length);
    const curious = city.rawScreen(gateway.url, await tokenOf(city.somebody({ roles: ['city-admin'] })));
    expect(await curious.subscribe({ streams: forNobody.map(({ name }) => name) })).toMatchObject({ recovered: false });
    expect([curious.reached, curious.told]).toEqual(['', []]);
  });
});

const isForNobody = ({ audience }: AnyEvent) => typeof audience !== 'function' && audience.length === 0;

describe('a position somebody brings that is not his', () => {
  const comeWith = async (since: string) => {
    const screen = city.rawScreen(gateway.url, await tokenOf(city.somebody({ agencies: ['polres'] })));
    const answer = await screen.subscribe({ ...all, since });
    return { screen, answer };
  };

  it('of another role, another city, or of nobody is answered with a picture for his eyes', async () => {
    await city.append(TruckMoved, aTruck);
    const room = city.rawScreen(gateway.url, await tokenOf(city.somebody({ agencies: ['command'] })));
    await room.subscribe(all);
    await eventually(() => expect(room.told).toContain(TruckMoved.name));
    await city.append(TruckMoved, aTruck, neighbour);
    const theirs = await city.gateway({ of: neighbour });
    const stranger = city.rawScreen(theirs.url, await tokenOf(city.somebody({ city: neighbour, agencies: ['dlh'] })));
    await stranger.subscribe(all);
    await eventually(() => expect(stranger.told).toContain(TruckMoved.name));

    const { screen: own } = await comeWith('');
    const beginning = room.position.replace(/:[\w,]+/g, (offsets) => offsets.replace(/\w+/g, '0'));
    const forged = {
      'of another role': room.position,
      'from the beginning, of another role': beginning,
      'of another role under his own epoch': beginning.replace(room.epoch, own.epoch),
      'of another city': stranger.position,
      'of another city under his own epoch': stranger.position.replace(stranger.epoch, own.epoch),
      'from far ahead': room.position.replace(/:[\w,]+/g, (offsets) => offsets.replace(/\w+/g, 'zzzzz')),
      'of nobody': '1~~*~0~~',
    };
    for (const [name, since] of Object.entries(forged)) {
      const { screen, answer } = await comeWith(since);
      expect({ name, told: screen.told, epoch: screen.epoch }).toEqual({ name, told: [], epoch: own.epoch });
      if (!name.includes('own epoch')) expect({ name, answer }).toMatchObject({ name, answer: { recovered: false } });
    }
  }, 20_000);

  it('opens nothing with a token of another city', async () => {
    const token = await tokenOf(city.somebody({ city: neighbour, roles: ['city-admin'] }));
    const screen = city.rawScreen(gateway.url, token);
    await eventually(() => expect(screen.refused).toMatchObject({ status: 401 }));
    expect([screen.isOpen, screen.frames]).toEqual([false, []]);
  });
});
