import { Controller, StreamableFile } from '@nestjs/common';
import { GetTruckImportTemplate, ImportTrucks, UndoTruckImport, type InputOf } from '@siaga/contracts';
import { templateOf } from '@siaga/registers';
import { Route } from '@siaga/service';
import { TruckImport } from './truck-import.ts';
import { truckRegister } from './truck-register.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The register of trucks as a spreadsheet. */
@Controller()
export class ImportController {
  constructor(private readonly trucks: TruckImport) {}

  @Route(GetTruckImportTemplate)
  async template() {
    const disposition = 'attachment; filename="templat-truk.xlsx"';
    return new StreamableFile(await templateOf(truckRegister), { type: XLSX, disposition });
  }

  @Route(ImportTrucks)
  import({ query, body }: InputOf<typeof ImportTrucks>) {
    const file = { name: body.fileName, content: Buffer.from(body.contentBase64, 'base64') };
    return this.trucks.run(file, query.dryRun);
  }

  @Route(UndoTruckImport)
  undo({ params }: InputOf<typeof UndoTruckImport>) {
    return this.trucks.undo(params.importId);
  }
}
