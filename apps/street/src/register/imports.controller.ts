import { Controller } from '@nestjs/common';
import { UndoStreetImport, type InputOf } from '@siaga/contracts';
import { Route } from '@siaga/service';
import { RegisterImport } from './register-import.ts';

/** Taking an import of any register back. */
@Controller()
export class ImportsController {
  constructor(private readonly imports: RegisterImport) {}

  @Route(UndoStreetImport)
  undo({ params }: InputOf<typeof UndoStreetImport>) {
    return this.imports.undo(params.importId);
  }
}
