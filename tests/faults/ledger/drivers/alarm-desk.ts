import {
  AlarmChanged,
  AlarmLogged,
  controllerRoutes,
  createClient,
  GetAlarm,
  lampRoutes,
  ListAlarms,
  NoteAlarm,
  type Client,
} from '@siaga/contracts';
import { answerOfCall, answerOfStatus } from '../attempt.ts';
import type { Driver, Dump } from '../driver.ts';
import type { Answer, Operation } from '../operation.ts';

/** Remarks on one alarm, then comes the next lamp: its timeline is answered up to 200 steps. */
const MOST_NOTES = 20;
const PLACE = { lat: -7.7551, lng: 113.191 };

/**
 * Lamps that say they are too hot, through the door of controllers, and operators who remark on the alarms that the desk raises
 * of them: what `street` concludes and `alarms` makes of it.
 */
export function alarmDesk(name: string, options: { desks: number }): Driver {
  return {
    name: 'alarm-desk',
    watches: [AlarmChanged, AlarmLogged],
    lanes: options.desks,
    prepare: () => Promise.resolve(),
    lane: (index) => desk(`${name}-${String(index)}`),
    factOf: (event, _, data) => {
      const said = data as AlarmLogged | AlarmChanged | null;
      if (said?.thing.thingId.startsWith(`${name}-`) !== true) return undefined;
      if (event === AlarmChanged.name) return alarmFact(said.thing.thingId);
      return 'step' in said ? stepFact(said) : undefined;
    },
    dump: (call) => dumpOf(call, name),
  };
}

const alarmFact = (lampId: string) => `alarm of ${lampId}`;
const noteFact = (lampId: string, text: string) => `remark "${text}" on ${lampId}`;
/** What else happens to an alarm nobody asked for: it is escalated after an hour. */
const stepFact = ({ thing: { thingId }, step, reason = '' }: Pick<AlarmLogged, 'thing' | 'step' | 'reason'>) =>
  step === 'noted' ? noteFact(thingId, reason) : `${alarmFact(thingId)} ${step}`;

function desk(name: string): () => Operation {
  let lamps = 0;
  let notes = MOST_NOTES;
  return () => {
    if (notes === MOST_NOTES) {
      notes = 0;
      return tooHot(`${name}-h${String(lamps++)}`);
    }
    return note(`${name}-h${String(lamps - 1)}`, `n${String(notes++)}`);
  };
}

function tooHot(lampId: string): Operation {
  const time = Date.now();
  return {
    says: `trouble of ${lampId}`,
    every: [`${alarmFact(lampId)} raised`],
    latest: [alarmFact(lampId)],
    documents: [alarmFact(lampId)],
    send: async (url, signal) => {
      const call = createClient({ baseUrl: url });
      const known = await answerOfCall(async () => {
        const lamp = { lampId, watt: 90, kind: 'grid' as const, place: PLACE, approximate: false };
        await call(lampRoutes.register, { body: lamp }, { idempotencyKey: `lamp ${lampId}`, signal });
        const controller = { controllerId: lampId, protocol: 'street' as const, speaksFor: `lamp:${lampId}` };
        await call(controllerRoutes.register, { body: controller }, { idempotencyKey: `controller ${lampId}`, signal });
      });
      return known === 'ok' ? report(url, { lampId, time }, signal) : known;
    },
  };
}

/** A report told again is a duplicate; one of a controller that is not heard of yet comes again. */
async function report(url: string, { lampId, time }: { lampId: string; time: number }, signal: AbortSignal) {
  const events = [{ eventType: 'highTemperature', startEndFlag: 'start' }];
  const body = JSON.stringify([{ deviceId: lampId, time, events }]);
  const response = await fetch(`${url}/ingest/street`, { method: 'POST', body, signal });
  if (response.status !== 200) return answerOfStatus(response.status);
  const { items } = (await response.json()) as { items: readonly { result: string }[] };
  const result = items[0]?.result ?? '';
  return ['accepted', 'duplicate'].includes(result) ? 'ok' : 'later';
}

const note = (lampId: string, text: string): Operation => ({
  says: `remark ${text} on the alarm of ${lampId}`,
  every: [noteFact(lampId, text)],
  latest: [alarmFact(lampId)],
  documents: [noteFact(lampId, text)],
  send: async (url, signal): Promise<Answer> => {
    const call = createClient({ baseUrl: url });
    let alarmId: string | undefined;
    const found = await answerOfCall(async () => {
      alarmId = (await call(ListAlarms, { query: { thing: `lamp:${lampId}` } }, { signal })).items[0]?.alarmId;
    });
    // nothing was written yet: whatever went wrong, it comes again
    if (found !== 'ok' || alarmId === undefined) return 'later';
    const said = { params: { alarmId }, body: { text } };
    return answerOfCall(() => call(NoteAlarm, said, { idempotencyKey: `note ${lampId} ${text}`, signal }));
  },
});

async function dumpOf(call: Client, name: string): Promise<Dump> {
  const documents: string[] = [];
  const shown = new Map<string, Readonly<Record<string, unknown>>>();
  let after: string | undefined;
  do {
    const query = { agency: 'dishub' as const, limit: 1000, ...(after === undefined ? {} : { after }) };
    const page = await call(ListAlarms, { query });
    for (const { alarmId, thing, status, version } of page.items) {
      if (!thing.thingId.startsWith(`${name}-`)) continue;
      const { timeline } = await call(GetAlarm, { params: { alarmId } });
      const notes = timeline.filter(({ step }) => step === 'noted').map(stepFact);
      documents.push(alarmFact(thing.thingId), ...notes);
      shown.set(alarmId, { alarmId, status, version });
    }
    after = page.next;
  } while (after !== undefined);
  return { documents, latest: new Map([[AlarmChanged.name, shown]]) };
}
