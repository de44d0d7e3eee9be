import { Controller, Get, Req, Res } from '@nestjs/common';
import { CommandsQuery, parse, type ControllerCommands } from '@siaga/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StreetDoor } from '../telemetry/street-door.ts';
import { HandOut } from './hand-out.ts';
import { OpenOverrides } from './open-overrides.ts';
import { WaitingPolls } from './waiting-polls.ts';

/**
 * What controllers of lamps fetch, by the same proof as they report with, as soon as there is anything. Whether they did it
 * they say by what they measure.
 */
@Controller()
export class CommandsController {
  constructor(
    private readonly door: StreetDoor,
    private readonly open: OpenOverrides,
    private readonly handOut: HandOut,
    private readonly polls: WaitingPolls,
  ) {}

  @Get(['ingest/street/commands', 'ingest/:city/street/commands'])
  async commands(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ControllerCommands> {
    const { deviceId, after, waitS } = parse(CommandsQuery, request.query, 'query');
    const gone = new AbortController();
    reply.raw.once('close', () => {
      gone.abort();
    });
    return this.door.speakFor(deviceId, request, ({ controllerId }, proveAgain) =>
      this.polls.answer(controllerId, gone.signal, async (ends) => {
        const isThere = await this.awaited(controllerId, { after, waitS, ends });
        // it may have been blocked while it waited
        await proveAgain();
        return isThere ? this.handOut.take(controllerId, after) : { items: [], next: String(after) };
      }),
    );
  }

  /** Whether there is anything to do for it, now or within so long. */
  private async awaited(
    controllerId: string,
    { after, waitS, ends }: { after: number; waitS: number; ends: AbortSignal },
  ): Promise<boolean> {
    const until = performance.now() + waitS * 1000;
    while (!this.handOut.hasFor(controllerId, after)) {
      const leftMs = until - performance.now();
      if (leftMs <= 0 || !(await this.polls.wait(() => this.open.nextFor(controllerId, leftMs, ends)))) return false;
    }
    return true;
  }
}
