/** Where each kind of device reports, at one address of the city. */
export interface DeviceDoors {
  osmand: string;
  owntracks: string;
  traccar: string;
}

/** Doors at an address as a phone reaches it, `http://192.168.1.20:3000`, behind the city's path there, `/ingest`. */
export function doorsAt(address: string, path: string): DeviceDoors {
  return {
    osmand: `${address}${path}/osmand`,
    owntracks: `${address}${path}/owntracks`,
    traccar: `${address}${path}/traccar`,
  };
}

/**
 * What Traccar Client takes from a QR code: the server's address, and settings as query parameters. Reports every 10 s
 * or 20 m, kept while offline; the phone keeps its own device id. (traccar-client, `ConfigurationService.applyUri`)
 */
export function traccarClientLink({ osmand }: DeviceDoors): string {
  return `${osmand}?accuracy=high&interval=10&distance=20&buffer=true`;
}

/** A configuration OwnTracks opens: mode 3 is HTTP. (OwnTracks booklet, "Remote configuration") */
export function ownTracksLink({ owntracks }: DeviceDoors): string {
  const configuration = JSON.stringify({ _type: 'configuration', mode: 3, url: owntracks });
  return `owntracks:///config?inline=${encodeURIComponent(btoa(configuration))}`;
}
