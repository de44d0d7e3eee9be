import { Injectable } from '@nestjs/common';
import { Timers } from '@siaga/store';
import { CameraWatch } from './camera-watch.ts';
import { cameraStates } from './state-documents.ts';

/** What time does to cameras: they are looked at. */
@Injectable()
export class CameraTimer {
  constructor(watch: CameraWatch, timers: Timers) {
    timers.onDue(cameraStates, (state) => watch.due(state));
  }
}
