import { Controller } from '@nestjs/common';
import { AdmitToMedia, CheckMediaTicket, ListMediaStreams, type AnswerOf, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { maySee } from '../../register/owners.ts';
import { Things } from '../../register/things.store.ts';
import { cameraKind } from '../camera-kind.ts';
import { MediaClient, type Told } from './media-client.ts';
import { MediaDoor } from './media-door.ts';
import { partsOf } from './media-servers.ts';

/** Media servers: what they have, and whom they let in. */
@Controller()
export class MediaController {
  constructor(
    private readonly things: Things,
    private readonly client: MediaClient,
    private readonly door: MediaDoor,
  ) {}

  @Route(ListMediaStreams)
  async list(): Promise<AnswerOf<typeof ListMediaStreams>> {
    const [told, all] = await Promise.all([this.client.askAll(), this.things.all(cameraKind)]);
    const named = all.filter((camera) => typeof camera['mediaStream'] === 'string');
    const byStream = new Map(named.map((camera) => [camera['mediaStream'] as string, camera]));
    const { roles } = currentContext().principal;
    const isAdministrator = roles.includes('agency-admin') || roles.includes('city-admin');
    const mayKnow = (mediaStream: string) => {
      const camera = byStream.get(mediaStream);
      return camera === undefined ? isAdministrator : maySee(cameraKind, camera);
    };
    const servers = told.map(({ server: { name, kind }, streams, problem }) => ({
      ...{ name, kind, problem },
      streams: streams
        .map(({ stream, state, readers }) => ({ mediaStream: `${name}/${stream}`.slice(0, 300), state, readers }))
        .filter(({ mediaStream }) => mayKnow(mediaStream))
        .map((stream) => ({ ...stream, cameraId: byStream.get(stream.mediaStream)?._id })),
    }));
    const seen = named.filter((camera) => maySee(cameraKind, camera));
    const cameras = seen.map(({ _id, ...rest }) => ({ cameraId: _id, mediaStream: rest['mediaStream'] as string }));
    return { servers, astray: cameras.filter(({ mediaStream }) => isAstray(mediaStream, told)) };
  }

  @Route(AdmitToMedia)
  async admit({ params, query, body }: InputOf<typeof AdmitToMedia>) {
    await this.door.admit({ ...params, ...query }, body);
    return {};
  }

  @Route(CheckMediaTicket)
  async check({ params, query: { secret, ...asked } }: InputOf<typeof CheckMediaTicket>) {
    await this.door.check({ ...params, secret }, asked);
    return {};
  }
}

/** It names a server or a stream that is not there. Of a server that did not answer nothing is known. */
function isAstray(mediaStream: string, told: readonly Told[]): boolean {
  const { server: name, stream } = partsOf(mediaStream);
  const found = told.find(({ server }) => server.name === name);
  if (found === undefined) return true;
  return found.problem === undefined && !found.streams.some((one) => one.stream === stream);
}
