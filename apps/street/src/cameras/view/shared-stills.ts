import { Injectable } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { currentContext } from '@siaga/service';
import { CameraProbe, type LookedAt } from '../probe/camera-probe.ts';
import { reasons, Unseen } from '../probe/unseen.ts';

/** Who looks at one camera together asks it once. */
const SHARED_MS = 1000;

/** Stills for people; a camera bears few connections. */
@Injectable()
export class SharedStills {
  readonly #stills = new Map<string, Promise<Buffer>>();

  constructor(private readonly probe: CameraProbe) {}

  /** One still of now, at most a second old. Throws `unavailable` with the exact reason. */
  async of(camera: LookedAt): Promise<Buffer> {
    const key = `${currentContext().city}/${camera._id}`;
    const asked = this.#stills.get(key) ?? this.probe.still(camera);
    if (!this.#stills.has(key)) {
      this.#stills.set(key, asked);
      const forget = () => setTimeout(() => this.#stills.delete(key), SHARED_MS).unref();
      void asked.then(forget, forget);
    }
    try {
      return await asked;
    } catch (error) {
      if (error instanceof Unseen) throw new Fault('unavailable', reasons[error.reason].words, { cause: error });
      throw error;
    }
  }
}
