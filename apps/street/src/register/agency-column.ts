import type { Agency } from '@siaga/contracts';
import { column, oneOf } from '@siaga/registers';

const names: Record<Agency, readonly [string, ...string[]]> = {
  command: ['Command Center', 'ruang kendali', 'command'],
  dlh: ['DLH', 'dinas lingkungan hidup'],
  dishub: ['Dishub', 'dinas perhubungan'],
  satpolpp: ['Satpol PP', 'satuan polisi pamong praja'],
  dinkes: ['Dinkes', 'dinas kesehatan'],
  diskominfo: ['Diskominfo', 'kominfo', 'dinas komunikasi dan informatika'],
  bpbd: ['BPBD'],
  dinsos: ['Dinsos', 'dinas sosial'],
  polres: ['Polres', 'polresta'],
  rs: ['Rumah sakit', 'rs', 'rsud'],
};

/** Whose a thing is. */
export const ownerColumn = column({
  headings: { id: 'OPD Pemilik', en: 'Owner', aliases: ['pemilik', 'opd', 'dinas', 'instansi'] },
  parse: oneOf(names),
  write: (owner: Agency) => names[owner][0],
  example: 'Dishub',
  explanation: 'OPD yang memiliki dan mengubahnya.',
});
