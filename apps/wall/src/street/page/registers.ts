import {
  billRoutes,
  feederRoutes,
  lampRoutes,
  panelRoutes,
  readingRoutes,
  UndoStreetImport,
  type RouteContract,
} from '@siaga/contracts';
import { call } from '../../city/api.ts';
import type { ImportDoors } from '../../import/import-steps.tsx';
import type { ListQuery } from '../../room/list.tsx';
import type { DishubText } from '../../text/dishub-words.ts';
import type { Format, Language } from '../../text/format.ts';
import { LAMP, PANEL } from '../kinds.ts';
import { kelurahanName } from '../where.ts';
import { monthInWords } from '../../opd/months.ts';

export type RegisterId = 'lamps' | 'panels' | 'feeders' | 'bills' | 'readings';

/** One line of a register as it is shown: a cell for each heading. */
export interface RegisterRow {
  key: string;
  cells: readonly string[];
  exercise: boolean;
  /** Shown in the panel beside the page when the line is chosen. */
  focus?: readonly [kind: string, key: string];
}

/** A register of the street as the page lists, searches, imports and hands it out. */
export interface Register {
  id: RegisterId;
  list: Pick<RouteContract, 'path'>;
  /** Who may not import is not offered to. */
  import: Pick<RouteContract, 'permission' | 'agencies'>;
  doors: ImportDoors;
  /** Numbers among the headings are written at the right. */
  numbers: readonly number[];
  rows: (
    query: ListQuery,
    speech: { text: DishubText; format: Format; language: Language },
    signal: AbortSignal,
  ) => Promise<{ items: readonly RegisterRow[]; next?: string | undefined }>;
}

/** What a register's own routes do for its import. */
type Imports = Pick<typeof lampRoutes, 'import' | 'template'>;

function doorsOf({ import: route, template }: Imports, fileName: string): ImportDoors {
  return {
    template: { route: template, fileName },
    check: (body) => call(route, { query: { dryRun: 'true' }, body }),
    write: (send, body) => send(route, { query: { dryRun: 'false' }, body }),
    undo: (send, importId) => send(UndoStreetImport, { params: { importId } }),
  };
}

const blank = '–';

const lamps: Register = {
  id: 'lamps',
  list: lampRoutes.list,
  import: lampRoutes.import,
  doors: doorsOf(lampRoutes, 'templat-lampu.xlsx'),
  numbers: [4],
  rows: async (query, { format }, signal) => {
    const { items, next } = await call(lampRoutes.list, { query }, { signal });
    return {
      items: items.map((lamp) => ({
        key: lamp.lampId,
        cells: [
          lamp.lampId,
          lamp.poleNumber ?? blank,
          lamp.panelId ?? blank,
          lamp.road ?? blank,
          format.number(lamp.watt),
          (lamp.approximate ? '≈ ' : '') + (kelurahanName(lamp.kelurahanCode) ?? blank),
        ],
        exercise: lamp.exercise,
        focus: [LAMP, lamp.lampId],
      })),
      next,
    };
  },
};

const panels: Register = {
  id: 'panels',
  list: panelRoutes.list,
  import: panelRoutes.import,
  doors: doorsOf(panelRoutes, 'templat-panel.xlsx'),
  numbers: [4],
  rows: async (query, { text, format }, signal) => {
    const { items, next } = await call(panelRoutes.list, { query }, { signal });
    return {
      items: items.map((panel) => ({
        key: panel.panelId,
        cells: [
          panel.panelId,
          panel.idpel ?? blank,
          text.street.panelSupplies[panel.supply],
          panel.feederId ?? blank,
          panel.contractedVa === undefined ? blank : format.number(panel.contractedVa),
          panel.road ?? blank,
        ],
        exercise: panel.exercise,
        focus: [PANEL, panel.panelId],
      })),
      next,
    };
  },
};

const feeders: Register = {
  id: 'feeders',
  list: feederRoutes.list,
  import: feederRoutes.import,
  doors: doorsOf(feederRoutes, 'templat-penyulang.xlsx'),
  numbers: [],
  rows: async (query, _speech, signal) => {
    const { items, next } = await call(feederRoutes.list, { query }, { signal });
    return {
      items: items.map(({ feederId, name, exercise }) => ({ key: feederId, cells: [feederId, name], exercise })),
      next,
    };
  },
};

const bills: Register = {
  id: 'bills',
  list: billRoutes.list,
  import: billRoutes.import,
  doors: doorsOf(billRoutes, 'templat-tagihan-pln.xlsx'),
  numbers: [2, 3],
  rows: async (query, { format, language }, signal) => {
    const { items, next } = await call(billRoutes.list, { query }, { signal });
    return {
      items: items.map(({ idpel, month, kwh, rupiah, exercise }) => ({
        key: `${idpel}@${month}`,
        cells: [idpel, monthInWords(month, language), format.number(kwh), format.number(rupiah)],
        exercise,
      })),
      next,
    };
  },
};

const readings: Register = {
  id: 'readings',
  list: readingRoutes.list,
  import: readingRoutes.import,
  doors: doorsOf(readingRoutes, 'templat-stand-meter.xlsx'),
  numbers: [2],
  rows: async (query, { text, format }, signal) => {
    const { items, next } = await call(readingRoutes.list, { query }, { signal });
    return {
      items: items.map(({ panelId, day, kwhTotal, replaced, exercise }) => ({
        key: `${panelId}@${day}`,
        cells: [panelId, day, format.number(kwhTotal), replaced ? text.dishub.newMeter : ''],
        exercise,
        focus: [PANEL, panelId],
      })),
      next,
    };
  },
};

/** Every register of the page, what is looked for most first. */
export const registers: readonly Register[] = [lamps, panels, feeders, bills, readings];

/** The register whose routes have this name: `street.lamps`. */
export const registerOfRoutes = (name: string): Register | undefined =>
  registers.find(({ id }) => `street.${id}` === name);
