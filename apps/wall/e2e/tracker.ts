const KNOT_KPH = 1.852;

export interface Report {
  lat: number;
  lng: number;
  speedKph: number;
  /** Seconds before now at which the device says it was there. */
  secondsAgo?: number;
}

/** A phone with Traccar Client, as the city's door sees it. */
export class Tracker {
  readonly #url: string;
  readonly #deviceId: string;

  constructor(cityUrl: string, deviceId: string) {
    this.#url = `${cityUrl}/ingest/osmand`;
    this.#deviceId = deviceId;
  }

  /** Reports a position; answers the HTTP status the phone would see. */
  async report({ lat, lng, speedKph, secondsAgo = 0 }: Report): Promise<number> {
    const query = new URLSearchParams({
      id: this.#deviceId,
      lat: String(lat),
      lon: String(lng),
      speed: String(speedKph / KNOT_KPH),
      timestamp: String(Date.now() - secondsAgo * 1000),
      batt: '87',
    });
    const response = await fetch(`${this.#url}?${query.toString()}`);
    return response.status;
  }
}
