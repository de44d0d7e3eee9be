import { describe, expect, it } from '@jest/globals';
import { tagOf, type TriageAnswer } from '@siaga/contracts';
import fc from 'fast-check';
import { triageCard } from '../triage/triage-card.ts';
import { joined, mustTake, opened, toldLater } from './caller-rules.ts';
import type { IncidentDocument } from './incident-document.ts';
import { closed, described, raised, reopened, told, toldPartner, worked } from './incident-rules.ts';
import type { Turn } from './incident-turn.ts';
import { triaged } from './triage-rules.ts';
import { assignmentAt, incidentWith } from './incident.harness.ts';

const actor = { by: 'p1', nowMs: 5000 };
const known = triageCard.questions.map(({ questionId }) => questionId);
const answers = fc.dictionary(
  fc.constantFrom(...known),
  fc.constantFrom<TriageAnswer>('yes', 'no', 'unclear'),
  { minKeys: 1 }, // prettier-ignore
);
const after = (incident: IncidentDocument, turn: Turn | undefined) =>
  incidentWith({ ...incident, ...(turn?.fields as Partial<IncidentDocument>) });

const place = { lat: -7.7551, lng: 113.2151, uncertaintyM: 0, source: 'map' as const };

describe('closing', () => {
  it('waits for units, and names them', () => {
    const busy = incidentWith({ assignments: [assignmentAt('en-route'), assignmentAt('clear', { unitId: 'AMB-2' })] });
    expect(() => closed(busy, { disposition: 'handled' }, actor)).toThrow(/masih ditangani Ambulans 1 \(AMB-1\):/);
    const free = incidentWith({ assignments: [assignmentAt('clear')] });
    const over = after(free, closed(free, { disposition: 'handled', remark: 'aman' }, actor));
    expect(over).toMatchObject({ status: 'closed', disposition: 'handled', closed: { by: 'p1', atMs: 5000 } });
    expect(() => closed(over, { disposition: 'handled' }, actor)).toThrow(expect.objectContaining({ deed: { by: 'p1', atMs: 5000 } })); // prettier-ignore
    expect(after(over, reopened(over, { reason: 'kambuh' }))).toMatchObject({ status: 'active', closed: undefined });
    expect(() => reopened(free, { reason: 'x' })).toThrow('masih terbuka');
  });

  it('is undone by a unit or a caller of the same moment', () => {
    const over = incidentWith({ status: 'closed', closed: { by: 'p1', atMs: 1 }, disposition: 'handled' });
    const sent = worked(over, assignmentAt('dispatched'));
    expect(after(over, sent)).toMatchObject({ status: 'assigned', disposition: undefined });
    expect(sent?.lines).toEqual([{ step: 'reopened' }]);
    const called = joined(over, { callId: 'TLP-00000002', incidentId: over._id });
    expect(after(over, called).status).toBe('active');
    expect(worked(over, assignmentAt('clear'))?.lines).toEqual([]);
  });
});

describe('what a caller knows', () => {
  const call = { callId: 'TLP-00000002', incidentId: 'INS-00000001' };

  it('is taken while nobody has said it, also later, and never instead of what somebody said', () => {
    const bare = incidentWith({ kind: 'fire' });
    const one = after(bare, joined(bare, call, { kind: 'medical', words: 'asap' }));
    expect(one).toMatchObject({ kind: 'fire', words: 'asap' });
    const later = joined(one, call, { kind: 'medical', words: 'asap hitam', place, victims: 2 }, 7000);
    expect(later?.lines.map(({ step }) => step)).toEqual(['placed', 'described']);
    const two = after(one, later);
    expect(two).toMatchObject({ kind: 'fire', words: 'asap', place, victims: 2, locatedAtMs: 7000 });
    expect(joined(two, call, { place: { ...place, lat: 0 }, victims: 3 })).toBeUndefined();
    const over = incidentWith({ status: 'closed', calls: [call] });
    expect(joined(over, call, { words: 'asap', place })).toBeUndefined();
  });

  it('lies where the outlines say, whatever was sent along', () => {
    const bare = incidentWith();
    const said = { ...place, lat: 0, lng: 0, kelurahanCode: '35.74.01.1001' };
    expect(after(bare, described(bare, { place: said }, actor)).place).not.toHaveProperty('kelurahanCode');
    expect(opened({ place: said, exercise: false }, actor).place).not.toHaveProperty('kelurahanCode');
  });
});

it('lets the agency of a unit that was sent see it', () => {
  const bare = incidentWith();
  const sent = worked(bare, assignmentAt('dispatched', { agency: 'polres' }));
  expect(after(bare, sent)).toMatchObject({ told: ['polres'], agencies: ['polres'] });
  expect(sent?.lines).toEqual([{ step: 'agency-told', agency: 'polres' }]);
  expect(worked(bare, assignmentAt('dispatched', { agency: 'dinkes' }))?.fields.told).toBeUndefined();
  const known = after(bare, sent);
  expect(worked(known, assignmentAt('accepted', { agency: 'polres', seq: 2 }))?.lines).toEqual([]);
});

describe('who was faster', () => {
  it('is told of one that became part of another, or is about to', () => {
    const part = incidentWith({ status: 'merged', mergedInto: 'INS-00000002', mergedBy: { by: 'p2', atMs: 0 } });
    for (const act of [
      () => described(part, { victims: 1 }, actor),
      () => raised(part, { level: 2, reason: 'ramai' }, actor),
      () => told(part, ['dishub'], actor),
      () => closed(part, { disposition: 'handled' }, actor),
      () => reopened(part, { reason: 'x' }),
    ])
      expect(act).toThrow(expect.objectContaining({ message: expect.stringContaining('sudah digabung ke INS-00000002'), deed: { by: 'p2', atMs: 0 } })); // prettier-ignore
    const merging = { token: 't', otherId: 'INS-00000003', by: 'p3', atMs: 4000 };
    const held = incidentWith({ merging });
    expect(() => closed(held, { disposition: 'handled' }, actor)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('INS-00000003'), deed: { by: 'p3', atMs: 4000 } }),
    );
    // whoever began it has died
    expect(closed(held, { disposition: 'handled' }, { by: 'p1', nowMs: 14_000 }).fields.status).toBe('closed');
  });
});

describe('callers', () => {
  it('join once; what is simulated never joins what is real', () => {
    const call = { callId: 'TLP-00000001', incidentId: 'INS-00000001', answeredAtMs: 10 };
    const one = incidentWith();
    const two = after(one, joined(one, call));
    expect(two.calls).toEqual([call]);
    expect(joined(two, call)).toBeUndefined();
    expect(() => {
      mustTake(one, { exercise: true }, 5000);
    }).toThrow('simulasi');
    const full = incidentWith({
      calls: Array.from({ length: 200 }, (_, at) => ({ ...call, callId: `TLP-${String(at)}` })),
    });
    expect(() => {
      mustTake(full, { exercise: false }, 5000);
    }).toThrow('200');
  });
});

describe('agencies', () => {
  it('are told once, each by a line of its own', () => {
    const one = incidentWith({ told: ['polres'], agencies: ['polres'] });
    expect(told(one, ['polres', 'dishub', 'dishub', 'dinkes'], actor)).toEqual({
      fields: { told: ['polres', 'dishub', 'dinkes'], agencies: ['polres', 'dishub', 'dinkes'] },
      lines: [
        { step: 'agency-told', agency: 'dishub' },
        { step: 'agency-told', agency: 'dinkes' },
      ],
    });
    expect(told(one, ['polres'], actor)).toBeUndefined();
  });
});

describe('partners', () => {
  it('without a desk here are told by somebody, by a way that stands in the story; each time is told', () => {
    const one = incidentWith();
    const call = { partner: 'pln', channel: 'telephone' } as const;
    const turn = toldPartner(one, call, actor);
    expect(turn.lines).toEqual([{ step: 'partner-told', ...call }]);
    const again = toldPartner(after(one, turn), { ...call, channel: 'whatsapp' }, actor);
    expect(again).toMatchObject({ fields: { partners: ['pln'] }, lines: [{ channel: 'whatsapp' }] });
  });
});

describe('what a caller of a merged incident says later', () => {
  it('fills what nobody has said of the one that goes on, and nothing else', () => {
    const home = incidentWith({ kind: 'fire', victims: 0 });
    const by = { callId: 'TLP-00000009', nowMs: 7000 };
    const turn = toldLater(home, { kind: 'medical', victims: 3, place, words: 'asap' }, by);
    expect(turn?.fields).toEqual({ place, locatedAtMs: 7000 });
    expect(turn?.lines).toEqual([{ step: 'placed', callId: 'TLP-00000009' }]);
    expect(toldLater(after(home, turn), { kind: 'medical', place }, by)).toBeUndefined();
    expect(toldLater(incidentWith({ status: 'closed' }), { place }, by)).toBeUndefined();
  });
});

describe('triage', () => {
  it('keeps every answer, the newer on top; who knows better has the last word', () => {
    fc.assert(
      fc.property(answers, answers, (first, second) => {
        const one = incidentWith();
        const said = (incident: typeof one, some: typeof first) =>
          after(incident, triaged(incident, { cardVersion: triageCard.version, answers: some }, triageCard, actor));
        const both = said(said(one, first), second);
        expect(both.triage?.answers).toEqual({ ...first, ...second });
        expect(both.tag).toBe(tagOf(triageCard, { ...first, ...second }));
        const overruled = { tag: 'black', reason: 'petugas di lokasi' } as const;
        const turn = triaged(both, { cardVersion: triageCard.version, overruled }, triageCard, actor);
        expect(said(after(both, turn), first).tag).toBe('black');
        expect(turn.lines).toEqual([{ step: 'overruled', tag: 'black', words: 'petugas di lokasi' }]);
      }),
    );
  });

  it('never lets what is unknown about life count as good', () => {
    const life = triageCard.questions.filter(({ risk }) => risk === 'life').map(({ questionId }) => questionId);
    fc.assert(
      fc.property(answers, (some) => {
        const tag = tagOf(triageCard, some);
        if (life.some((id) => some[id] === 'yes' || some[id] === 'unclear')) expect(tag).toBe('red');
        else if (life.some((id) => some[id] === undefined)) expect(tag).toBe('yellow');
        // worse answers never make it better
        const worse = Object.fromEntries(Object.keys(some).map((id) => [id, 'unclear' as const]));
        const order = ['green', 'yellow', 'red'];
        expect(order.indexOf(tagOf(triageCard, worse) ?? '')).toBeGreaterThanOrEqual(order.indexOf(tag ?? ''));
      }),
    );
    expect(tagOf(triageCard, {})).toBeUndefined();
  });

  it('refuses answers to another card, and says what to do', () => {
    const one = incidentWith();
    const version = triageCard.version;
    expect(() => triaged(one, { cardVersion: version + 1, answers: { trapped: 'no' } }, triageCard, actor)).toThrow('muat ulang kartu'); // prettier-ignore
    expect(() => triaged(one, { cardVersion: version, answers: { mood: 'no' } }, triageCard, actor)).toThrow(/tidak menanyakan mood; pilih dari unresponsive/); // prettier-ignore
    expect(() => triaged(one, { cardVersion: version }, triageCard, actor)).toThrow('sedikitnya satu');
  });
});
