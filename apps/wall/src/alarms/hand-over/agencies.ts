import { Agency, belongsTo, type Asker } from '@siaga/contracts';

/** Whose hand-over notes somebody reads: the room reads everybody's, an agency its own. The room's own come first. */
export const agenciesOf = (asker: Asker): readonly Agency[] =>
  belongsTo(asker, ['command']) ? Agency.options : asker.agencies;
