import { Controller } from '@nestjs/common';
import { ForgetCameraCredentials, SetCameraCredentials, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { CameraCredentials } from './credentials.ts';
import { CameraWatch } from './watch/camera-watch.ts';

/** What signs a camera in: in, never out. */
@Controller()
export class CredentialsController {
  constructor(
    private readonly credentials: CameraCredentials,
    private readonly watch: CameraWatch,
  ) {}

  @Route(SetCameraCredentials)
  async set({ params, body }: InputOf<typeof SetCameraCredentials>) {
    const entered = await this.credentials.set(params.cameraId, body);
    await this.watch.lookSoon(params.cameraId);
    return entered;
  }

  @Route(ForgetCameraCredentials)
  async forget({ params }: InputOf<typeof ForgetCameraCredentials>) {
    await this.credentials.forget(params.cameraId);
    return {};
  }
}
