import { randomBytes, randomUUID } from 'node:crypto';
import { encodeEvent, openEventLog, topicOf, type EventLog } from '@siaga/bus';
import {
  ActionAttempted,
  ActionConcluded,
  auditActions,
  createClient,
  ExportAudit,
  type AuditRecord,
  type ChainLink,
  type Client,
} from '@siaga/contracts';
import { ChainCheck, type ChainBreak } from '@siaga/identity';
import { signToken, type Principal, type RunningService } from '@siaga/service';
import { databaseOf } from '@siaga/store';
import { randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { createConnection, type Connection } from 'mongoose';
import { IdentityConfig } from '../config.ts';
import { startIdentity } from '../identity-service.module.ts';

/** The identity service on an engine of its own, and the trail's two ends: the log before it, the documents behind it. */
export interface TestTrail {
  readonly city: string;
  readonly url: string;
  readonly engine: TestEngine;
  readonly log: EventLog;
  /** The city's database, for whoever wants to plant something. */
  readonly database: Connection;
  /** Another process's worth of the service. */
  another(log?: EventLog): Promise<RunningService>;
  as(over: Partial<Principal>): Promise<Client>;
  tokenOf(over: Partial<Principal>): Promise<string>;
  /** Appends what processes of the city say they do; answers the attempts. */
  say(...actions: Partial<ActionAttempted>[]): Promise<ActionAttempted[]>;
  /** What recomputing the chain through the door finds. */
  verify(noted?: ChainLink): Promise<{ found: ChainBreak | undefined; records: AuditRecord[]; head: ChainLink }>;
  close(): Promise<void>;
}

/** On an engine in this process, or on one that is given, which is closed with the rest. */
export async function startTestTrail(its?: TestEngine): Promise<TestTrail> {
  const engine = its ?? (await startTestEngine());
  const [city = '1000'] = randomCities(1);
  const secret = randomBytes(32).toString('hex');
  const config = IdentityConfig.parse({
    MONGODB_URI: engine.mongoUri,
    SIAGA_CITY: city,
    SIAGA_SECRET: secret,
    CALLS_PER_SECOND: '0',
  });
  const open = () => openEventLog({ SIAGA_ENGINE: engine.logSocket });
  const log = await open();
  const another = async (its?: EventLog) => startIdentity(config, its ?? (await open()));
  const service = await another();
  const database = await createConnection(engine.mongoUri, { dbName: databaseOf(city) }).asPromise();
  const tokenOf = (over: Partial<Principal>) => signToken({ ...administratorOf(city), ...over }, secret, '10m');
  const as = async (over: Partial<Principal>) => createClient({ baseUrl: service.url, token: await tokenOf(over) });
  return {
    ...{ city, url: service.url, engine, log, database, another, as, tokenOf },
    say: async (...actions) => {
      const attempts = actions.map(attemptOf);
      await log.append(topicOf(city, auditActions), recordsOf(attempts, city));
      return attempts;
    },
    verify: async (noted) => verify(await as({}), noted),
    close: async () => {
      await service.close();
      await database.close();
      await log.close();
      await engine.close();
    },
  };
}

const administratorOf = (city: string): Principal => ({
  ...{ id: 'administrator-1', kind: 'person', city, agencies: ['command'], roles: ['city-admin'], exercise: false },
});

/** An attempt of a person to do something. */
export const attemptOf = (over: Partial<ActionAttempted>): ActionAttempted => ({
  ...{ attemptId: randomUUID(), atMs: Date.now(), action: 'waste.trucks.register', principalId: 'person-1' },
  ...{ principalKind: 'person', subjects: [], exercise: false, correlation: 'c-1', ...over },
});

export const conclusionOf = ({ attemptId, atMs }: ActionAttempted): ActionConcluded => ({
  ...{ attemptId, atMs: atMs + 1, outcome: 'done' },
});

/** Attempts, each with its end behind it, as records of the log. */
export const recordsOf = (attempts: readonly ActionAttempted[], city: string) =>
  attempts.flatMap((attempt) => {
    const meta = { city, source: 'test', exercise: attempt.exercise };
    return [encodeEvent(ActionAttempted, attempt, meta), encodeEvent(ActionConcluded, conclusionOf(attempt), meta)];
  });

async function verify(call: Client, noted: ChainLink | undefined) {
  const records: AuditRecord[] = [];
  for (;;) {
    const page = await call(ExportAudit, { query: { from: (records.at(-1)?.seq ?? 0) + 1 } });
    records.push(...page.items);
    if (page.items.length === 1000) continue;
    const check = new ChainCheck(page.begin, noted);
    return { found: check.take(records) ?? check.end(), records, head: check.head };
  }
}
