import { Injectable } from '@nestjs/common';
import { DistressOnAir } from '../distress/distress-on-air.ts';
import { FloorBoard } from '../groups/floor-board.ts';
import { Groups } from '../groups/groups.ts';
import { BurstRecorder } from '../recordings/burst-recorder.ts';

/** What the air of every city shares. */
@Injectable()
export class AirParts {
  constructor(
    readonly groups: Groups,
    readonly recorder: BurstRecorder,
    readonly board: FloorBoard,
    readonly distress: DistressOnAir,
  ) {}
}
