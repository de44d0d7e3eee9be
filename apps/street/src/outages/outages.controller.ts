import { Controller } from '@nestjs/common';
import { ChangeOutage, Fault, ListOutages, ReportOutage, thingOfKey, type InputOf } from '@siaga/contracts';
import { asExercise, currentContext, numberOfPress, Route } from '@siaga/service';
import { Store, trusted } from '@siaga/store';
import { feederKind } from '../feeders/feeder-kind.ts';
import { panelKind } from '../panels/panel-kind.ts';
import { Things } from '../register/things.store.ts';
import { outageOf, outages } from './outage-document.ts';

/** What the desk knows from PLN. */
@Controller()
export class OutagesController {
  constructor(
    private readonly store: Store,
    private readonly things: Things,
  ) {}

  @Route(ReportOutage)
  async report({ body }: InputOf<typeof ReportOutage>) {
    await this.refuseStrange(body.things);
    const { principal, exercise, press } = currentContext();
    const document = { ...body, by: principal.id, exercise, changedAtMs: Date.now(), _id: numberOfPress('PLN') };
    return outageOf(await this.store.create(outages, document, press === undefined ? {} : { once: press }));
  }

  @Route(ChangeOutage)
  async change({ params: { outageId }, body }: InputOf<typeof ChangeOutage>) {
    const before = await this.store.find(outages, outageId);
    if (before === undefined) throw new Fault('not-found', `padam PLN ${outageId} tidak ada · there is no such outage`);
    await this.refuseStrange(body.things.filter((thing) => !before.things.includes(thing)));
    const { version, ...said } = body;
    const lacking = (['ticket', 'expectedAtMs', 'note', 'endedAtMs'] as const).filter(
      (name) => said[name] === undefined,
    );
    const change = {
      $set: { ...said, changedAtMs: Date.now() },
      $unset: Object.fromEntries(lacking.map((name) => [name, 1])),
    };
    const after = await asExercise(before.exercise, () =>
      this.store.change(outages, { where: { _id: outageId, version }, change: change }),
    );
    if (after === undefined)
      throw new Fault('conflict', 'sudah diubah orang lain, muat ulang · somebody changed it meanwhile, reload');
    return outageOf(after);
  }

  @Route(ListOutages)
  async list({ query: { limit, after, open, thing } }: InputOf<typeof ListOutages>) {
    const where = {
      ...(thing === undefined ? {} : { things: thing }),
      ...(open === undefined ? {} : { endedAtMs: trusted({ $exists: !open }) }),
    } as never;
    const page = await this.store.page(outages, { where, sort: 'calledAtMs', descending: true, limit, after });
    return { items: page.items.map(outageOf), ...(page.next === undefined ? {} : { next: page.next }) };
  }

  private async refuseStrange(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const { kind, thingId } = thingOfKey(key);
      const known = await this.things.known(kind === 'panel' ? panelKind : feederKind, [thingId]);
      if (known.size === 0) throw new Fault('invalid', `things: ${key} tidak terdaftar · is not registered`);
    }
  }
}
