import { Controller } from '@nestjs/common';
import { EndDistress, PlaceDistress, RaiseDistress, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { distressOf } from './distress-document.ts';
import { ended, placed } from './distress-rules.ts';
import { DistressOnAir } from './distress-on-air.ts';
import { DistressStore } from './distress.store.ts';

/** The emergency button of a radio. */
@Controller()
export class DistressController {
  constructor(
    private readonly distress: DistressStore,
    private readonly onAir: DistressOnAir,
  ) {}

  @Route(RaiseDistress)
  async raise({ body }: InputOf<typeof RaiseDistress>) {
    return distressOf(await this.distress.raise(body));
  }

  @Route(PlaceDistress)
  async place({ params, body }: InputOf<typeof PlaceDistress>) {
    const by = { by: currentContext().principal.id, nowMs: Date.now() };
    return distressOf(await this.distress.turn(params.distressId, (distress) => placed(distress, body, by)));
  }

  @Route(EndDistress)
  async end({ params, body }: InputOf<typeof EndDistress>) {
    const asker = currentContext().principal;
    const by = { asker, nowMs: Date.now() };
    const over = distressOf(
      await this.distress.turn(params.distressId, (distress) => ended(distress, body.reason, by)),
    );
    this.onAir.over(over, asker.city);
    return over;
  }
}
