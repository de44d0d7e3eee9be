import { GetTruckImportTemplate, ImportTrucks, UndoTruckImport } from '@siaga/contracts';
import { call } from '../../city/api.ts';
import { ImportSteps, type ImportDoors } from '../../import/import-steps.tsx';
import { Panel } from '../../room/panel.tsx';
import { useSpeech } from '../../text/speech.tsx';

const doors: ImportDoors = {
  template: { route: GetTruckImportTemplate, fileName: 'templat-truk.xlsx' },
  check: (body) => call(ImportTrucks, { query: { dryRun: 'true' }, body }),
  write: (send, body) => send(ImportTrucks, { query: { dryRun: 'false' }, body }),
  undo: (send, importId) => send(UndoTruckImport, { params: { importId } }),
};

/** Trucks from a spreadsheet. */
export default function ImportPanel() {
  const { text } = useSpeech();
  return (
    <Panel title={text.importTrucks}>
      <ImportSteps doors={doors} writeWords={text.importWrite} />
    </Panel>
  );
}
