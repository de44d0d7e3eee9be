import { Injectable } from '@nestjs/common';
import { OpenOverrides } from './open-overrides.ts';
import { Programmes } from './programmes.ts';

/** What lamps and panels were commanded to give, to be compared with what they give. */
@Injectable()
export class CommandedLevels {
  constructor(
    private readonly open: OpenOverrides,
    private readonly programmes: Programmes,
  ) {}

  /** By hand, once its controller has it; else by a programme that somebody said. undefined: nobody told, the sun is all there is. */
  levelOf(thing: string, atMs: number): number | undefined {
    const held = this.open.holderOf(thing);
    const isInForce = held?.override.phase === 'active' && held.row.applied.state !== 'waiting';
    if (isInForce) return held.override.levelPercent;
    return this.programmes.said(thing) === undefined ? undefined : this.programmes.levelAt(thing, atMs);
  }
}
