import { Controller } from '@nestjs/common';
import { ForgetCameraCredentials, SetCameraCredentials, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { CameraCredentials } from './credentials.ts';

/** What signs a camera in: in, never out. */
@Controller()
export class CredentialsController {
  constructor(private readonly credentials: CameraCredentials) {}

  @Route(SetCameraCredentials)
  set({ params, body }: InputOf<typeof SetCameraCredentials>) {
    return this.credentials.set(params.cameraId, body);
  }

  @Route(ForgetCameraCredentials)
  async forget({ params }: InputOf<typeof ForgetCameraCredentials>) {
    await this.credentials.forget(params.cameraId);
    return {};
  }
}
