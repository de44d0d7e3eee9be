import { Controller } from '@nestjs/common';
import { belongsTo, Fault, ListCodebooks, PutCodebook, type InputOf } from '@siaga/contracts';
import { currentContext, Route } from '@siaga/service';
import { setOrUnset, Store, trusted } from '@siaga/store';
import { codebookOf, codebooks, type StoredCodebook } from './codebook-document.ts';

/** The codes of agencies. */
@Controller()
export class CodebooksController {
  constructor(private readonly store: Store) {}

  @Route(ListCodebooks)
  async list() {
    const { agencies, roles } = currentContext().principal;
    const seesAll = roles.includes('city-admin') || agencies.includes('command');
    const where = (seesAll ? {} : { _id: trusted({ $in: [...agencies] }) }) as never;
    const found = await this.store.of(codebooks).find(where).sort({ _id: 1 }).lean<StoredCodebook[]>();
    return { items: found.map(codebookOf) };
  }

  @Route(PutCodebook)
  async put({ params: { agency }, body: { codes } }: InputOf<typeof PutCodebook>) {
    const { exercise, principal } = currentContext();
    if (!belongsTo(principal, [agency])) throw new Fault('forbidden', `${agency}: bukan OPD Anda · not your agency`);
    const written = { codes, changedBy: principal.id, changedAtMs: Date.now() };
    const made = await this.store.createIfFree(codebooks, { _id: agency, ...written, exercise });
    if (made !== undefined) return codebookOf(made);
    const { document } = await this.store.turn(codebooks, agency, () => ({ change: setOrUnset(written) }));
    return codebookOf(document);
  }
}
