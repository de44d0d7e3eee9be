import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { Store, trusted } from '@siaga/store';
import { Things } from '../register/things.store.ts';
import { cameraKind, cameras, type CameraDocument } from './camera-kind.ts';
import { Seal } from './seal.ts';

/** What a camera asks for. */
export interface Credentials {
  readonly userName: string;
  readonly password: string;
}

/** A camera's own, as its probe signs in with them. */
export interface SignIn extends Credentials {
  /** It asked for a digest since they were entered: a plain password is not told to it any more. */
  readonly digestOnly: boolean;
  /** It asks for a digest. */
  readonly sawDigest: () => void;
}

/** A camera's own, `none`, or `elsewhere`: they were entered for another address and are not told to this one. */
export type CredentialsOf = SignIn | 'none' | 'elsewhere';

interface Sealed extends Credentials {
  /** `rtsp://10.20.1.5:554`: scheme, host and port of the addresses they were entered for. */
  readonly origins: readonly string[];
}

/**
 * Names and passwords of cameras. They are bound to scheme, host and port of the addresses they were entered for: whoever
 * changes a camera's address cannot have its password sent to a machine of his own, nor to another door of the same one.
 */
@Injectable()
export class CameraCredentials {
  constructor(
    private readonly store: Store,
    private readonly things: Things,
    private readonly seal: Seal,
  ) {}

  async set(cameraId: string, { userName, password }: Credentials): Promise<{ credentialsAtMs: number }> {
    const camera = (await this.things.mine(cameraKind, cameraId)) as unknown as CameraDocument;
    const origins = originsOf(camera);
    if (origins.length === 0)
      throw new Fault('invalid', 'isi alamat aliran atau foto kamera dahulu · the camera has no address yet');
    const credentialsAtMs = Date.now();
    const sealedCredentials = this.seal.seal(JSON.stringify({ userName, password, origins }), boundTo(cameraId));
    // who enters them anew says that the camera is another one, or does not care
    await this.#write(cameraId, { $set: { sealedCredentials, credentialsAtMs }, $unset: { digestAtMs: 1 } });
    return { credentialsAtMs };
  }

  async forget(cameraId: string): Promise<void> {
    await this.things.mine(cameraKind, cameraId);
    await this.#write(cameraId, { $unset: { sealedCredentials: 1, credentialsAtMs: 1, digestAtMs: 1 } });
  }

  /** For a camera's address; sealed with an old secret, they are sealed again with the first. */
  async of(cameraId: string, address: string): Promise<CredentialsOf> {
    const found = await this.store
      .of(cameras)
      .findOne({ _id: cameraId })
      .select('+sealedCredentials +digestAtMs')
      .lean<CameraDocument | null>();
    const sealed = found?.sealedCredentials;
    if (sealed === undefined) return 'none';
    const text = this.seal.open(sealed, boundTo(cameraId));
    if (text === undefined) return 'elsewhere';
    const { userName, password, origins } = JSON.parse(text) as Sealed;
    if (!origins.includes(originOf(address))) return 'elsewhere';
    if (this.seal.isOld(sealed)) await this.#sealAgain(cameraId, sealed, text);
    const digestOnly = found?.digestAtMs !== undefined;
    return { userName, password, digestOnly, sawDigest: this.#noting(cameraId, digestOnly) };
  }

  /** Past the store: nothing that anybody sees of the camera is another now. */
  async #sealAgain(cameraId: string, sealed: string, text: string): Promise<void> {
    const again = this.seal.seal(text, boundTo(cameraId));
    await this.store
      .of(cameras)
      .updateOne({ _id: cameraId, sealedCredentials: sealed }, { $set: { sealedCredentials: again } });
  }

  /** Written once. A write that fails is made at the next look. */
  #noting(cameraId: string, isKnown: boolean): () => void {
    let isNoted = isKnown;
    return () => {
      if (isNoted) return;
      isNoted = true;
      const where = { _id: cameraId, sealedCredentials: trusted({ $exists: true }) } as never;
      this.store
        .of(cameras)
        .updateOne(where, { $set: { digestAtMs: Date.now() } })
        .catch(() => undefined);
    };
  }

  async #write(cameraId: string, change: object): Promise<void> {
    await this.store.of(cameras).updateOne({ _id: cameraId }, change);
  }
}

/** Where a camera is reached, each place once. */
const originsOf = ({ streamUrl, snapshotUrl }: Pick<CameraDocument, 'streamUrl' | 'snapshotUrl'>): string[] => [
  ...new Set([streamUrl, snapshotUrl].filter((one) => one !== undefined).map(originOf)),
];

const usualPorts: Readonly<Record<string, string>> = {
  'rtsp:': '554',
  'rtsps:': '322',
  'http:': '80',
  'https:': '443',
};

/** Scheme, host and port, also where the port is the usual one and left out: `rtsp://10.20.1.5:554`. */
export function originOf(address: string): string {
  const { protocol, hostname, port } = new URL(address);
  return `${protocol}//${hostname.toLowerCase()}:${port === '' ? (usualPorts[protocol] ?? '') : port}`;
}

const boundTo = (cameraId: string) => JSON.stringify([currentContext().city, cameraId, 'origins']);
