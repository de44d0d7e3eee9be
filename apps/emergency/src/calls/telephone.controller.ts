import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { DeviceId, Fault, parse, TelephoneEvent } from '@siaga/contracts';
import { carriedKey, DeviceDoubts, DeviceProofs, deviceRequestOf, doorPaths, jsonOf } from '@siaga/identity';
import {
  currentContext,
  deviceContext,
  neighbourhoodOf,
  RateLimit,
  RouteSettings,
  tooMany,
  withContext,
} from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { CallsStore } from './calls.store.ts';

/** Who answers calls says how telephone systems prove themselves. */
export const TELEPHONE_AGENCY = 'satpolpp';

/** A city with one telephone system need not name it: `?id=` tells two apart. */
const ONLY_ONE = '112';

/**
 * Door of a telephone system that has events. 200 once the call is kept. Unlike trackers it is believed by a key, or from a
 * network, only: what it says rings at the desk.
 */
@Controller()
export class TelephoneController {
  /** Ten lines that ring at once, and hours of words of a system that was offline. */
  readonly #ofSystem = new RateLimit({ perSecond: 20, burst: 5000 });
  readonly #strangers = new RateLimit({ perSecond: 1, burst: 30 });

  constructor(
    private readonly calls: CallsStore,
    private readonly proofs: DeviceProofs,
    private readonly doubts: DeviceDoubts,
    private readonly settings: RouteSettings,
  ) {}

  @Post(doorPaths('call'))
  @HttpCode(200)
  async hear(@Req() request: FastifyRequest): Promise<{ callId: string }> {
    const { city = this.settings.city } = request.params as { city?: string };
    if (!this.settings.cities.includes(city))
      throw new Fault('not-found', `kota ${city} tidak dilayani di sini · this city is not served here`);
    const message = deviceRequestOf(request);
    const deviceId = parse(DeviceId, new URLSearchParams(message.query).get('id') ?? ONLY_ONE, 'id');
    const exercise = (await this.settings.simulatedCity(request.headers)) === city;
    return withContext(deviceContext(city, deviceId, exercise), async () => {
      if (!exercise) this.#admit(deviceId, request);
      const event = parse(TelephoneEvent, jsonOf(message.body), 'body');
      const { _id: callId } = await this.calls.hear(event, deviceId, message.receivedAtMs);
      return { callId };
    });
  }

  #admit(deviceId: string, request: FastifyRequest): void {
    const device = { protocol: 'call' as const, deviceId };
    const doubted = this.doubts.among([device], { key: carriedKey(request), address: request.ip });
    const isProven = doubted.size === 0 && this.proofs.mustProve({ ...device, agency: TELEPHONE_AGENCY });
    const limit = isProven ? this.#ofSystem : this.#strangers;
    const retryAfterS = limit.take(isProven ? `${currentContext().city} ${deviceId}` : neighbourhoodOf(request.ip));
    if (retryAfterS > 0)
      throw tooMany({
        door: 'ingest',
        because: isProven ? 'device' : 'strangers',
        retryAfterS,
        who: 'sentral telepon',
      });
    if (!isProven)
      throw new Fault(
        'unauthenticated',
        `sentral telepon ini belum terdaftar atau kuncinya salah: buat kunci ${TELEPHONE_AGENCY} call ${ONLY_ONE} di halaman alat, lalu kirim Authorization: Bearer … · unknown telephone system, or a wrong key`,
      );
  }
}
