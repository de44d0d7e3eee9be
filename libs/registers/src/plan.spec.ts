import { describe, expect, it } from '@jest/globals';
import { column, defineRegister, optional } from './column.ts';
import { text, whole } from './parsers.ts';
import { planImport, planUndo, reportOf } from './plan.ts';
import { readRegister } from './read-register.ts';

const register = defineRegister({
  name: 'truk',
  key: 'truckId',
  columns: {
    truckId: column({ headings: { id: 'ID', en: 'ID' }, parse: text({ max: 9 }), example: 'X', explanation: '' }),
    plate: column({ headings: { id: 'Plat', en: 'Plate' }, parse: text({ max: 9 }), example: 'X', explanation: '' }),
    wheels: optional({
      headings: { id: 'Roda', en: 'Wheels' },
      parse: whole({ min: 2, max: 20 }),
      example: '6',
      explanation: '',
    }),
  },
});
const read = (content: string) => readRegister(register, { name: 'a.csv', content: Buffer.from(content) });
const registered = new Map([
  ['A', { truckId: 'A', plate: 'N 1', wheels: 6 }],
  ['B', { truckId: 'B', plate: 'N 2', wheels: 6 }],
  ['C', { truckId: 'C', plate: 'N 3', wheels: 6 }],
]);

describe('an import', () => {
  it('creates, changes and leaves by key, and touches nothing that is not in the file', () => {
    const reading = read('ID;Plat;Roda\nA;N 1;6\nB;N 9;\nD;N 4;4');
    const plan = planImport(register, registered, reading.rows);
    expect(plan.steps).toEqual([
      { key: 'B', before: { truckId: 'B', plate: 'N 2', wheels: 6 }, after: { truckId: 'B', plate: 'N 9' } },
      { key: 'D', after: { truckId: 'D', plate: 'N 4', wheels: 4 } },
    ]);
    expect(reportOf(reading, plan, 'import-1')).toEqual({
      importId: 'import-1',
      lines: 3,
      created: 1,
      changed: 1,
      unchanged: 1,
      errors: [],
      warnings: [],
    });
  });

  it('leaves what a lacking column would say', () => {
    const plan = planImport(register, registered, read('ID;Plat\nA;N 1\nB;N 9').rows);
    expect(plan.steps.map(({ after }) => after)).toEqual([{ truckId: 'B', plate: 'N 9', wheels: 6 }]);
  });

  it('repeated changes nothing', () => {
    const { rows } = read('ID;Plat;Roda\nA;N 7;\nE;N 5;6');
    const after = new Map(planImport(register, registered, rows).steps.map((step) => [step.key, step.after]));
    expect(planImport(register, after, rows)).toMatchObject({ steps: [], created: 0, changed: 0, unchanged: 2 });
  });

  it('with an error counts nothing as written', () => {
    const reading = read('ID;Plat;Roda\nD;N 4;99\nE;N 5;6');
    const plan = planImport(register, registered, reading.rows);
    expect(reportOf(reading, plan)).toMatchObject({ lines: 2, created: 0, changed: 0, unchanged: 0 });
  });
});

describe('taking an import back', () => {
  const { rows } = read('ID;Plat;Roda\nB;N 9;6\nD;N 4;4');
  const { steps } = planImport(register, registered, rows);
  const record = { importId: 'i', atMs: 1, by: 'local', fileName: 'a.csv', steps };
  const after = new Map([...registered, ...steps.map((step) => [step.key, step.after] as const)]);

  it('removes what it created and restores what it changed', () => {
    expect(planUndo(record, after)).toEqual({
      remove: ['D'],
      restore: [{ key: 'B', row: { truckId: 'B', plate: 'N 2', wheels: 6 } }],
      conflicts: [],
    });
  });

  it('that broke off is finished by asking again', () => {
    const halfDone = new Map([...after, ['B', { truckId: 'B', plate: 'N 2', wheels: 6 }] as const]);
    expect(planUndo(record, halfDone)).toEqual({ remove: ['D'], restore: [], conflicts: [] });
    halfDone.delete('D');
    expect(planUndo(record, halfDone)).toEqual({ remove: [], restore: [], conflicts: [] });
  });

  it('names lines that were changed since, and changed ones that were removed', () => {
    const since = new Map([
      ...after,
      ['B', { truckId: 'B', plate: 'N 10', wheels: 6 }] as const,
      ['D', { truckId: 'D', plate: 'N 4', wheels: 6 }] as const,
    ]);
    expect(planUndo(record, since).conflicts).toEqual(['B', 'D']);
    since.delete('B');
    expect(planUndo(record, since).conflicts).toEqual(['B', 'D']);
  });
});
