import { LampsNamed } from './lamps-named.ts';
import { PublicReportsController } from './public-reports.controller.ts';
import { reports } from './report-document.ts';
import { ReportOpenings, reportOpenings } from './report-openings.ts';
import { ReportTimer } from './report-timer.ts';
import { ReportsController } from './reports.controller.ts';
import { ReportsStore } from './reports.store.ts';

/** What reports of people bring to the service. */
export const reportParts = {
  controllers: [ReportsController, PublicReportsController],
  providers: [LampsNamed, ReportOpenings, ReportsStore, ReportTimer],
  collections: [reports, reportOpenings],
};
