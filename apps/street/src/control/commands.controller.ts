import { Controller, Get, Req, Res } from '@nestjs/common';
import { CommandsQuery, parse } from '@siaga/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StreetDoor } from '../telemetry/street-door.ts';
import { commandsAfter } from './control-commands.ts';
import { OpenOverrides } from './open-overrides.ts';
import { fetched } from './override-rules.ts';
import { OverridesStore } from './overrides.store.ts';
import { Programmes } from './programmes.ts';

/** Controllers that wait at once; one more is answered at once, and comes again. Reports need the rest of the room. */
const MOST_WAITING = 200;

/**
 * What controllers of lamps fetch, by the same proof as they report with, as soon as there is anything. Whether they did it
 * they say by what they measure.
 */
@Controller()
export class CommandsController {
  #waiting = 0;

  constructor(
    private readonly door: StreetDoor,
    private readonly open: OpenOverrides,
    private readonly store: OverridesStore,
    private readonly programmes: Programmes,
  ) {}

  @Get(['ingest/street/commands', 'ingest/:city/street/commands'])
  async commands(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { deviceId, after, waitS } = parse(CommandsQuery, request.query, 'query');
    return this.door.speakFor(deviceId, request, async ({ controllerId }) => {
      const untilMs = Date.now() + waitS * 1000;
      const gone = new AbortController();
      reply.raw.once('close', () => {
        gone.abort();
      });
      for (;;) {
        const found = commandsAfter(this.open.ofController(controllerId), after, (thing) =>
          this.programmes.levelAt(thing, Date.now()),
        );
        if (found.items.length > 0) return this.handedOut(found);
        if (!(await this.waits(untilMs - Date.now(), gone.signal))) return { items: [], next: found.next };
      }
    });
  }

  /** Told before it is answered that it was sent: an answer that is lost is asked for again with the same `after`. */
  private async handedOut({ items, next, fetched: news }: ReturnType<typeof commandsAfter>) {
    for (const [overrideId, things] of news)
      await this.store.turn(overrideId, (override, nowMs) => fetched(override, things, nowMs));
    if (news.size > 0) await this.open.refresh();
    return { items, next };
  }

  private async waits(ms: number, signal: AbortSignal): Promise<boolean> {
    if (this.#waiting >= MOST_WAITING) return false;
    this.#waiting += 1;
    try {
      return await this.open.nextChange(ms, signal);
    } finally {
      this.#waiting -= 1;
    }
  }
}
