import { describe, expect, it } from '@jest/globals';
import { doorsAt, ownTracksLink, traccarClientLink } from './device-doors.ts';

const doors = doorsAt('http://192.168.1.20:3000', '/ingest');

describe('how a phone finds the city', () => {
  it('is one address per app', () => {
    expect(doors.traccar).toBe('http://192.168.1.20:3000/ingest/traccar');
  });

  it('is an address with settings for Traccar Client, which reads origin and path', () => {
    const link = new URL(traccarClientLink(doors));
    expect(link.origin + link.pathname).toBe('http://192.168.1.20:3000/ingest/osmand');
    expect(link.searchParams.get('interval')).toBe('10');
    expect(link.searchParams.has('id')).toBe(false);
  });

  it('is an inline configuration for OwnTracks', () => {
    const inline = new URL(ownTracksLink(doors)).searchParams.get('inline') ?? '';
    expect(JSON.parse(atob(inline))).toEqual({
      _type: 'configuration',
      mode: 3,
      url: 'http://192.168.1.20:3000/ingest/owntracks',
    });
  });
});
