import { Injectable } from '@nestjs/common';
import { FootageStore } from './footage.store.ts';
import { StillsStore } from './stills.store.ts';

/** Leaves nothing of an exercise in stills and requests for recordings. */
@Injectable()
export class FootageClearing {
  constructor(
    private readonly stills: StillsStore,
    private readonly requests: FootageStore,
  ) {}

  /** How many there were. */
  async clear(): Promise<number> {
    return (await this.stills.removeExercises()) + (await this.requests.removeExercises());
  }
}
