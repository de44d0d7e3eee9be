import { Controller } from '@nestjs/common';
import { ListStreetImports, UndoStreetImport, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { kinds } from '../kinds.ts';
import { ImportsStore } from './imports.store.ts';
import { RegisterImport } from './register-import.ts';

/** Registers whose things are no single agency's: what another agency imported is not listed. */
const unowned = kinds.filter(({ owned }) => owned === undefined).map(({ name }) => name);

/** What was imported, and taking an import of any register back. */
@Controller()
export class ImportsController {
  constructor(
    private readonly imports: RegisterImport,
    private readonly kept: ImportsStore,
  ) {}

  @Route(ListStreetImports)
  async list({ query }: InputOf<typeof ListStreetImports>) {
    return { items: await this.kept.last(unowned, query.limit) };
  }

  @Route(UndoStreetImport)
  undo({ params }: InputOf<typeof UndoStreetImport>) {
    return this.imports.undo(params.importId);
  }
}
