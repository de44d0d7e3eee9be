import { Fault } from '@siaga/contracts';
import { jsonOf, type DeviceRequest } from '@siaga/identity';
import { z } from 'zod';
import type { Message } from './plain-reports.ts';
import { readSaid, sayingOf, type Refusal, type Said } from './saying.ts';

const Uplink = z.looseObject({
  deduplicationId: z.string().min(1).max(100),
  time: z.string().optional(),
  deviceInfo: z.looseObject({ devEui: z.string() }),
  object: z.looseObject({}).nullish(),
});

/**
 * What ChirpStack v4's HTTP integration hands on (`?event=up`): what a codec made of an uplink is in `object`, by the names of
 * our own JSON. The frame counter begins again when a device joins again, so a repeat is known by its `deduplicationId`.
 * Other events (joins, acknowledgements) come to nothing. https://www.chirpstack.io/docs/chirpstack/integrations/http.html
 */
export function readChirpstack({ query, body }: DeviceRequest): Message {
  if (new URLSearchParams(query).get('event') !== 'up') return { isList: true, sayings: [] };
  const json = jsonOf(body);
  if (typeof json === 'object' && json !== null && ('devEUI' in json || 'applicationID' in json))
    throw new Fault(
      'invalid',
      'ini pesan ChirpStack v3; pakai integrasi HTTP ChirpStack v4 dengan JSON · this is ChirpStack v3, v4 is needed',
    );
  const read = Uplink.safeParse(json);
  if (!read.success) {
    const at = read.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new Fault('invalid', `bukan uplink ChirpStack v4: ${at} · not an uplink of ChirpStack v4`);
  }
  const { deviceInfo, deduplicationId, time, object } = read.data;
  const devEui = deviceInfo.devEui.toLowerCase();
  return {
    isList: true,
    sayings: [sayingOf(devEui, JSON.stringify(json), () => saidBy({ deduplicationId, time, object }))],
  };
}

type UplinkSaid = Pick<z.infer<typeof Uplink>, 'deduplicationId' | 'time' | 'object'>;

function saidBy({ deduplicationId, time, object }: UplinkSaid): Said | Refusal {
  if (!object)
    return { reason: 'no-codec', detail: 'uplink tanpa object: pasang codec di profil perangkat ChirpStack' };
  return readSaid({ ...(time !== undefined && { time }), ...object }, deduplicationId);
}
