import { dutyWords } from './duty-word-document.ts';
import { DutyWordsProjection } from './duty-words.projection.ts';
import { MonthsController } from './months.controller.ts';
import { MonthsStore } from './months.store.ts';

/** What reports bring to the service. */
export const reportParts = {
  controllers: [MonthsController, DutyWordsProjection],
  providers: [MonthsStore],
  collections: [dutyWords],
};
