import { Injectable } from '@nestjs/common';
import { FootageStore } from './footage.store.ts';
import { ClipsStore } from './clips.store.ts';
import { StillsStore } from './stills.store.ts';

/** Leaves nothing of an exercise in stills, clips and requests for recordings. */
@Injectable()
export class FootageClearing {
  constructor(
    private readonly stills: StillsStore,
    private readonly requests: FootageStore,
    private readonly clips: ClipsStore,
  ) {}

  /** How many there were. */
  async clear(): Promise<number> {
    const pictures = (await this.stills.removeExercises()) + (await this.clips.removeExercises());
    return pictures + (await this.requests.removeExercises());
  }
}
