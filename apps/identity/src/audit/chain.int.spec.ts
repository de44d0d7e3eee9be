import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOf } from '@siaga/bus';
import { auditActions, ExportAudit, type ActionAttempted, type AuditRecord, type CloudEvent } from '@siaga/contracts';
import { beforeFirst, chained } from '@siaga/identity';
import { serviceContext, withContext } from '@siaga/service';
import { eventually } from '@siaga/testing';
import { attemptOf, recordsOf, startTestTrail, type TestTrail } from './audit.harness.ts';
import { idOfSeq } from './record-document.ts';
import { Sealer } from './sealer.ts';

let trail: TestTrail;
beforeAll(async () => {
  trail = await startTestTrail();
}, 60_000);
afterAll(() => trail.close());

const idsOf = (records: readonly AuditRecord[]) =>
  records.map(({ event }) => `${event.name} ${event.data.attemptId}`).filter((id) => mine.has(id.split(' ')[1] ?? ''));
const mine = new Set<string>();
const said = (attempts: readonly ActionAttempted[]) => {
  for (const { attemptId } of attempts) mine.add(attemptId);
  return attempts.flatMap(({ attemptId }) => [`audit.action.attempted ${attemptId}`, `audit.action.concluded ${attemptId}`]); // prettier-ignore
};
const sealedAll = (wanted: readonly string[]) =>
  eventually(async () => {
    const { found, records } = await trail.verify();
    expect(idsOf(records)).toEqual(wanted);
    expect(found).toBeUndefined();
    return records;
  });

describe('the sealer', () => {
  const all: string[] = [];

  it('chains what is said in the order of the log, simulated actions beside real ones', async () => {
    const actions = Array.from({ length: 300 }, (_, at) => ({ exercise: at % 2 === 0, subjects: [`truck:T${at}`] }));
    all.push(...said(await trail.say(...actions)));
    const records = await sealedAll(all);
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, at) => at + 1));
  });

  it('drops what the log says again', async () => {
    const [one, two] = [attemptOf({}), attemptOf({})];
    const [attempted, concluded] = recordsOf([one], trail.city);
    const others = recordsOf([two], trail.city);
    const again = [attempted, concluded, attempted, ...others, concluded].filter((record) => record !== undefined);
    await trail.log.append(topicOf(trail.city, auditActions), again);
    await trail.log.append(topicOf(trail.city, auditActions), again);
    all.push(...said([one, two]));
    await sealedAll(all);
  });

  it('goes on behind what another process, or itself before it died, sealed of the same', async () => {
    const [first, second] = [attemptOf({}), attemptOf({})];
    const attempted = { name: 'audit.action.attempted' as const, data: first };
    // what a sealer leaves that dies between its insert and its commit, and one that was held up and comes too late
    const records = trail.database.collection<{ _id: string; hash: string }>('audit_records');
    await eventually(async () => {
      const last = await records.find().sort({ _id: -1 }).limit(1).next();
      const [record] = chained({ seq: Number(last?._id), hash: last?.hash ?? '' }, [attempted]);
      if (record === undefined) throw new Error('no record');
      const { seq, event, hash } = record;
      await records.insertOne({ _id: idOfSeq(seq), ...event, hash, version: 1, schemaVersion: 1 } as never);
    });
    await trail.log.append(topicOf(trail.city, auditActions), recordsOf([first, second], trail.city));
    all.push(...said([first, second]));
    await sealedAll(all);
  });

  it('is one, however many processes there are', async () => {
    const other = await trail.another();
    try {
      const some = await trail.say(...Array.from({ length: 200 }, () => ({})));
      all.push(...said(some));
      await sealedAll(all);
    } finally {
      await other.close();
    }
    all.push(...said(await trail.say({})));
    await sealedAll(all);
  });

  it('adds nothing when another one added something at the same moment, and adds it the next time', async () => {
    const other = await trail.another();
    const sealer = other.app.get(Sealer);
    const seal = (attempt: ActionAttempted) =>
      withContext(serviceContext(trail.city), () =>
        sealer.seal([{ type: 'audit.action.attempted', data: attempt } as CloudEvent<ActionAttempted>]),
      );
    try {
      const attempts = Array.from({ length: 40 }, () => attemptOf({}));
      const outcomes = await Promise.allSettled(attempts.map(seal));
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused.length).toBeGreaterThan(0);
      for (const { reason } of refused) expect(reason).toMatchObject({ kind: 'unavailable' });
      for (const attempt of attempts) await eventually(() => seal(attempt));
      const { found, records } = await trail.verify();
      expect(found).toBeUndefined();
      const sealed = records.map(({ event }) => event.data.attemptId);
      for (const { attemptId } of attempts) expect(sealed.filter((id) => id === attemptId)).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  it('exports the chain from any record on, with where it begins and ends', async () => {
    const call = await trail.as({});
    const { items, begin, head } = await call(ExportAudit, { query: { from: 10, limit: 5 } });
    expect(items.map(({ seq }) => seq)).toEqual([10, 11, 12, 13, 14]);
    expect(begin).toEqual(beforeFirst);
    expect(head.seq).toBeGreaterThan(all.length);
    const supervisor = await trail.as({ roles: ['supervisor'] });
    await expect(supervisor(ExportAudit, { query: {} })).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('recomputing the chain finds', () => {
  const records = () => trail.database.collection<{ _id: string; data: object; hash: string }>('audit_records');
  const at = async (seq: number) => {
    const found = await records().findOne({ _id: idOfSeq(seq) });
    if (found === null) throw new Error(`no record ${String(seq)}`);
    return found;
  };
  /** Plants something, looks, and puts everything back. */
  async function planted(seqs: readonly number[], plant: () => Promise<unknown>) {
    const before = await Promise.all(seqs.map(at));
    await plant();
    const { found } = await trail.verify();
    await records().deleteMany({ _id: { $in: seqs.map(idOfSeq) } });
    await records().insertMany(before);
    expect((await trail.verify()).found).toBeUndefined();
    return found;
  }

  it('a record that was changed, also in one letter', async () => {
    const change = () => records().updateOne({ _id: idOfSeq(21) }, { $set: { 'data.principalId': 'person-2' } });
    expect(await planted([21], change)).toEqual({ how: 'changed', seq: 21 });
  });

  it('a record that was changed together with its hash, at the next one', async () => {
    const change = async () => {
      const [before, changed] = [await at(20), await at(21)];
      const data = { ...changed.data, principalId: 'person-2' };
      const event = { name: 'audit.action.attempted', data } as AuditRecord['event'];
      const [again] = chained({ seq: 20, hash: before.hash }, [event]);
      await records().updateOne({ _id: idOfSeq(21) }, { $set: { data, hash: again?.hash ?? '' } });
    };
    expect(await planted([21], change)).toEqual({ how: 'changed', seq: 22 });
  });

  it('records that were removed, from the middle or the front', async () => {
    const removed = (seqs: readonly number[]) =>
      planted(seqs, () => records().deleteMany({ _id: { $in: seqs.map(idOfSeq) } }));
    expect(await removed([31, 32])).toEqual({ how: 'missing', seq: 31, untilSeq: 32 });
    expect(await removed([1, 2, 3])).toEqual({ how: 'missing', seq: 1, untilSeq: 3 });
  });

  it('an end before the record that was noted outside', async () => {
    const { head, found } = await trail.verify();
    expect(found).toBeUndefined();
    const noted = { seq: head.seq + 1000, hash: head.hash };
    expect((await trail.verify(noted)).found).toEqual({ how: 'short', seq: noted.seq });
  });

  it('records that changed places', async () => {
    const swap = async () => {
      const [{ _id: one, ...first }, { _id: other, ...second }] = [await at(41), await at(45)];
      await records().deleteMany({ _id: { $in: [one, other] } });
      await records().insertMany([
        { ...second, _id: one },
        { ...first, _id: other },
      ] as never[]);
    };
    expect(await planted([41, 45], swap)).toEqual({ how: 'reordered', seq: 41, foundAtSeq: 45 });
  });

  it('a record that was appended by somebody who does not know the chain', async () => {
    const seq = await eventually(async () => {
      const last = await records().find().sort({ _id: -1 }).limit(1).next();
      const next = Number(last?._id) + 1;
      const forged = { name: 'audit.action.attempted', data: attemptOf({}), hash: last?.hash ?? '', version: 1 };
      await records().insertOne({ _id: idOfSeq(next), ...forged });
      return next;
    });
    expect((await trail.verify()).found).toEqual({ how: 'changed', seq });
  });
});
