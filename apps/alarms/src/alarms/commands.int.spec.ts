import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AcknowledgeAlarms,
  AlarmChanged,
  AlarmLogged,
  AssignAlarm,
  ClearAlarmsExercise,
  GetAlarm,
  ListAlarmCauses,
  ListAlarmHolders,
  ListAlarms,
  NoteAlarm,
  ShelveAlarm,
  UnshelveAlarm,
  type Client,
  type ConditionChanged,
} from '@siaga/contracts';
import { eventually, randomCities } from '@siaga/testing';
import { blockOf, startTestAlarms, type TestAlarms } from '../alarms.harness.ts';
import { alarms } from './alarm-document.ts';
import { SHOWN_MS } from './alarm-steps.ts';

const [city = ''] = randomCities(1);
const HOUR_MS = 3_600_000;
let desk: TestAlarms;
let sari: Client;
let budi: Client;

beforeAll(async () => {
  desk = await startTestAlarms(city);
  sari = await desk.as({ id: 'sari-1234' });
  budi = await desk.as({ id: 'budi-1234', roles: ['call-taker'] });
  for (const id of ['sari-1234', 'budi-1234']) await desk.know({ principalId: id });
  await desk.know({ principalId: 'dian-1234', agencies: ['dlh'] });
  await desk.know({ principalId: 'gone-1234', blocked: true });
  await desk.know({ principalId: 'looks-1234', roles: ['viewer'] });
  await desk.know({ principalId: 'screen-1234', kind: 'screen', roles: ['screen'] });
  await desk.know({ principalId: 'wati-1234', agencies: ['command'], roles: ['supervisor'] });
  await desk.know({ principalId: 'mayor-1234', agencies: [], roles: ['city-admin'] });
  // all at once: they settle together
  await desk.say([...lamps('cmd', 9), ...lamps('bulk', 30), ...tree, leak]);
  await desk.say([drill.feeder({ name: 'drill' }), drill.lamp(1)], { exercise: true });
  await eventually(async () => {
    const { items } = await sari(ListAlarms, { query: {} });
    expect(items).toHaveLength(9 + 30 + 2 + 1);
    fresh.push(...items.filter(({ name }) => name.startsWith('cmd')).map(({ alarmId }) => alarmId));
  });
});
afterAll(() => desk.close());

/** Lamps that hang on nothing: each is an alarm of its own. */
function lamps(run: string, count: number): ConditionChanged[] {
  const { lamp } = blockOf(run);
  return Array.from({ length: count }, (_, index) => lamp(index, { within: [], name: `${run} ${String(index)}` }));
}
const block = blockOf('tree');
const tree = [block.feeder({ name: 'tree F' }), block.panel(1), ...[1, 6, 11].map((index) => block.lamp(index))];
const leak = block.lamp(2, { kind: 'leakageDetected', severity: 'medium', name: 'tree bocor' });
const drill = blockOf('drill');

/** Alarms nobody has touched. */
const fresh: string[] = [];
let params: { alarmId: string };
beforeEach(() => {
  params = { alarmId: fresh.pop() ?? '' };
});
const stepsOf = async (alarmId: string) =>
  (await sari(GetAlarm, { params: { alarmId } })).timeline.map(({ step }) => step);
const wake = (fields: object) =>
  desk.documents((store) => store.of(alarms).updateOne({ _id: params.alarmId }, { $set: fields }));

describe('acknowledging', () => {
  it('by two at the same moment: one does, the other is told by whom', async () => {
    const body = { alarmIds: [params.alarmId] };
    const answers = await Promise.all([sari(AcknowledgeAlarms, { body }), budi(AcknowledgeAlarms, { body })]);
    const outcomes = answers.flatMap(({ items }) => items);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['already', 'done']);
    const winner = answers[0].items[0]?.outcome === 'done' ? 'sari-1234' : 'budi-1234';
    expect(outcomes.map(({ by }) => by)).toEqual([winner, winner]);
    expect((await sari(GetAlarm, { params })).alarm).toMatchObject({ acknowledgement: { by: winner } });
    expect(await stepsOf(params.alarmId)).toEqual(['raised', 'acknowledged']);
  });

  it('of many takes a reason, and tells of each', async () => {
    const { items: some } = await sari(ListAlarms, { query: { q: 'bulk' } });
    const alarmIds = some.map(({ alarmId }) => alarmId);
    await expect(sari(AcknowledgeAlarms, { body: { alarmIds } })).rejects.toMatchObject({ kind: 'invalid' });
    await budi(AcknowledgeAlarms, { body: { alarmIds: alarmIds.slice(0, 1) } });
    const body = { alarmIds: [...alarmIds, 'nobody-knows-1'], reason: 'pemadaman PLN, tiket 4471' };
    const { items } = await sari(AcknowledgeAlarms, { body });
    expect(items[0]).toMatchObject({ outcome: 'already', by: 'budi-1234' });
    expect(items.at(-1)).toEqual({ alarmId: 'nobody-knows-1', outcome: 'unknown' });
    expect(items.slice(1, -1).every(({ outcome, by }) => outcome === 'done' && by === 'sari-1234')).toBe(true);
    const { items: left } = await sari(ListAlarms, { query: { q: 'bulk', unanswered: 'true' } });
    expect(left).toEqual([]);
  });
});

describe('other commands', () => {
  it('give an alarm to a person of its agency only, and tell who was faster', async () => {
    const given = await sari(AssignAlarm, { params, body: { assignee: 'budi-1234' } });
    expect(given).toMatchObject({ assignee: 'budi-1234' });
    const late = budi(AssignAlarm, { params, body: { assignee: 'sari-1234', instead: 'sari-1234' } });
    await expect(late).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('budi-1234') });
    for (const assignee of ['dian-1234', 'gone-1234', 'looks-1234', 'screen-1234', 'nobody-1234'])
      await expect(sari(AssignAlarm, { params, body: { assignee } })).rejects.toMatchObject({ kind: 'invalid' });
    expect(await sari(AssignAlarm, { params, body: {} })).not.toHaveProperty('assignee');
  });

  it('tell whom it can be given to: who works here, of its agency or the room, and may act on it', async () => {
    const { items } = await budi(ListAlarmHolders, { params });
    expect(items).toEqual([
      { principalId: 'budi-1234', agencies: ['dishub'] },
      { principalId: 'sari-1234', agencies: ['dishub'] },
      { principalId: 'mayor-1234', agencies: [] },
      { principalId: 'wati-1234', agencies: ['command'] },
    ]);
    for (const { principalId } of items)
      expect(await sari(AssignAlarm, { params, body: { assignee: principalId } })).toMatchObject({
        assignee: principalId,
      });
    const stranger = await desk.as({ agencies: ['dlh'] });
    await expect(stranger(ListAlarmHolders, { params })).rejects.toMatchObject({ kind: 'not-found' });
    const viewer = await desk.as({ roles: ['viewer'] });
    await expect(viewer(ListAlarmHolders, { params })).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('put aside, bring back, and remark; what is over is only remarked', async () => {
    const untilMs = Date.now() + HOUR_MS;
    const shelve = (untilAtMs: number) =>
      sari(ShelveAlarm, { params, body: { untilMs: untilAtMs, reason: 'menunggu PLN' } });
    await expect(shelve(Date.now() - 1)).rejects.toMatchObject({ kind: 'invalid' });
    expect(await shelve(untilMs)).toMatchObject({ shelvedUntilMs: untilMs });
    await expect(shelve(untilMs)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await budi(UnshelveAlarm, { params })).not.toHaveProperty('shelvedUntilMs');
    await expect(budi(UnshelveAlarm, { params })).rejects.toMatchObject({ kind: 'conflict' });
    const { thing, name } = (await sari(GetAlarm, { params })).alarm;
    const [same] = lamps('cmd', 9).filter((lamp) => lamp.thing.thingId === thing.thingId);
    await desk.say(same === undefined ? [] : [{ ...same, name, active: false }]);
    await eventually(async () => expect((await sari(GetAlarm, { params })).alarm.status).toBe('cleared'));
    await expect(shelve(untilMs)).rejects.toMatchObject({ kind: 'conflict' });
    await sari(NoteAlarm, { params, body: { text: 'MCB diganti' } });
    const { timeline } = await sari(GetAlarm, { params });
    expect(timeline.map(({ step, by }) => `${step} ${by}`)).toEqual([
      ...['raised service', 'shelved sari-1234', 'unshelved budi-1234', 'cleared service', 'noted sari-1234'],
    ]);
    expect(timeline.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('are for those of the agency and the room; for anybody else there is no such alarm', async () => {
    const stranger = await desk.as({ agencies: ['dlh'], roles: ['supervisor'] });
    const viewer = await desk.as({ roles: ['viewer'] });
    const room = await desk.as({ id: 'room-1234', agencies: ['command'] });
    await expect(stranger(GetAlarm, { params })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(stranger(NoteAlarm, { params, body: { text: 'x' } })).rejects.toMatchObject({ kind: 'not-found' });
    const answer = await stranger(AcknowledgeAlarms, { body: { alarmIds: [params.alarmId] } });
    expect(answer.items).toEqual([{ alarmId: params.alarmId, outcome: 'unknown' }]);
    expect((await stranger(ListAlarms, { query: {} })).items).toEqual([]);
    expect((await viewer(GetAlarm, { params })).alarm).not.toHaveProperty('acknowledgement');
    await expect(viewer(NoteAlarm, { params, body: { text: 'x' } })).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await room(NoteAlarm, { params, body: { text: 'dicatat' } })).toMatchObject(params);
  });
});

describe('time', () => {
  it('escalates what nobody answers, brings back what was put aside, and lets go what is old; also after a restart', async () => {
    const past = { wakeAtMs: 1, escalateAtMs: 1 };
    await desk.restart();
    await wake(past);
    await eventually(async () => expect(await stepsOf(params.alarmId)).toEqual(['raised', 'escalated']));
    await sari(ShelveAlarm, { params, body: { untilMs: Date.now() + HOUR_MS, reason: 'menunggu PLN' } });
    await wake({ wakeAtMs: 1, shelvedUntilMs: 1 });
    await eventually(async () => expect((await stepsOf(params.alarmId)).at(-1)).toBe('unshelved'));
    await eventually(async () => {
      const told = (await desk.readAll(AlarmLogged)).filter(({ data }) => data?.alarmId === params.alarmId);
      expect(told.map(({ id, data }) => `${id} ${data?.step ?? ''}`)).toEqual([
        ...['raised', 'escalated', 'shelved', 'unshelved'].map(
          (step, index) => `${params.alarmId}#${String(index + 1)} ${step}`,
        ),
      ]);
    });
    const isTold = async () => (await desk.readAll(AlarmChanged)).findLast(({ subject }) => subject === params.alarmId);
    await wake({ wakeAtMs: 1, status: 'cleared', clearedAtMs: Date.now() - SHOWN_MS });
    await eventually(async () => expect(await isTold()).toMatchObject({ data: null }));
    expect((await sari(GetAlarm, { params })).alarm.status).toBe('cleared');
    await wake({ wakeAtMs: 1, clearedAtMs: 1 });
    await eventually(async () => expect(sari(GetAlarm, { params })).rejects.toMatchObject({ kind: 'not-found' }));
  });
});

describe('the list', () => {
  it('is in the order of what is to be done, in pages; the tree of causes says what hangs below what', async () => {
    const { items } = await sari(ListAlarms, { query: { q: 'tree' } });
    expect(items.map(({ severity }) => severity)).toEqual(['high', 'medium']);
    const first = await sari(ListAlarms, { query: { q: 'tree', limit: 1 } });
    const second = await sari(ListAlarms, { query: { q: 'tree', limit: 1, after: first.next } });
    expect([...first.items, ...second.items]).toEqual(items);
    const causes = { params: { alarmId: items[0]?.alarmId ?? '' } };
    const all = await sari(ListAlarmCauses, { ...causes, query: {} });
    expect(all.items.map(({ thing, parentKey }) => [thing.kind, parentKey])).toEqual([
      ['feeder', undefined],
      ...[1, 2, 3].map(() => ['lamp', 'panel:tree-1/supplyLoss']),
      ['panel', 'feeder:tree/supplyLoss'],
    ]);
    const under = await sari(ListAlarmCauses, { ...causes, query: { under: 'feeder:tree/supplyLoss' } });
    expect(under.items.map(({ name }) => name)).toEqual(['panel:tree-1']);
  });

  it('has nothing left of an exercise once that is cleared', async () => {
    const drilled = () => sari(ListAlarms, { query: { q: 'drill' } });
    expect((await drilled()).items).toMatchObject([{ affected: { lamp: 1 } }]);
    await expect(sari(ClearAlarmsExercise, {})).rejects.toMatchObject({ kind: 'forbidden' });
    const admin = await desk.as({ roles: ['city-admin'] });
    expect(await admin(ClearAlarmsExercise, {})).toEqual({ conditions: 2, alarms: 1 });
    expect((await drilled()).items).toEqual([]);
    expect((await sari(GetAlarm, { params })).alarm.status).toBe('active');
  });
});
