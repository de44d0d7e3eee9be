import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { Store } from '@siaga/store';
import { Things } from '../register/things.store.ts';
import { cameraKind, cameras, type CameraDocument } from './camera-kind.ts';
import { Seal } from './seal.ts';

/** What a camera asks for. */
export interface Credentials {
  readonly userName: string;
  readonly password: string;
}

/** A camera's own, `none`, or `elsewhere`: they were entered for another host and are not told to this one. */
export type CredentialsOf = Credentials | 'none' | 'elsewhere';

/**
 * Names and passwords of cameras. They are bound to the host they were entered for: whoever changes a camera's address
 * cannot have its password sent to a machine of his own.
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
    const host = hostOf(camera);
    if (host === undefined)
      throw new Fault('invalid', 'isi alamat aliran atau foto kamera dahulu · the camera has no address yet');
    const credentialsAtMs = Date.now();
    const sealedCredentials = this.seal.seal(JSON.stringify({ userName, password }), boundTo(cameraId, host));
    await this.#write(cameraId, { $set: { sealedCredentials, credentialsAtMs } });
    return { credentialsAtMs };
  }

  async forget(cameraId: string): Promise<void> {
    await this.things.mine(cameraKind, cameraId);
    await this.#write(cameraId, { $unset: { sealedCredentials: 1, credentialsAtMs: 1 } });
  }

  /** For the host of a camera's address; sealed with an old secret, they are sealed again with the first. */
  async of(cameraId: string, host: string): Promise<CredentialsOf> {
    const found = await this.store
      .of(cameras)
      .findOne({ _id: cameraId })
      .select('+sealedCredentials')
      .lean<CameraDocument | null>();
    const sealed = found?.sealedCredentials;
    if (sealed === undefined) return 'none';
    const text = this.seal.open(sealed, boundTo(cameraId, host));
    if (text === undefined) return 'elsewhere';
    if (this.seal.isOld(sealed)) {
      const again = this.seal.seal(text, boundTo(cameraId, host));
      // past the store: nothing that anybody sees of the camera is another now
      await this.store
        .of(cameras)
        .updateOne({ _id: cameraId, sealedCredentials: sealed }, { $set: { sealedCredentials: again } });
    }
    return JSON.parse(text) as Credentials;
  }

  async #write(cameraId: string, change: object): Promise<void> {
    await this.store.of(cameras).updateOne({ _id: cameraId }, change);
  }
}

/** The one machine that a camera's addresses name; they need not all be given. */
export function hostOf({ streamUrl, snapshotUrl }: Pick<CameraDocument, 'streamUrl' | 'snapshotUrl'>) {
  const address = streamUrl ?? snapshotUrl;
  return address === undefined ? undefined : new URL(address).hostname.toLowerCase();
}

const boundTo = (cameraId: string, host: string) => JSON.stringify([currentContext().city, cameraId, host]);
