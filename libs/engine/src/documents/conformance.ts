import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createConnection, type Connection } from 'mongoose';
import { aggregationCases } from './aggregation/conformance.ts';
import { valueCases } from './bson/conformance.ts';
import { commandCases } from './commands/conformance.ts';
import type { Cases } from './conformance-case.ts';
import { queryCases } from './query/conformance.ts';
import { storageCases } from './storage/conformance.ts';

/** A server the cases are run on; `start` gives `undefined` where it cannot run, and says so. */
export interface Subject {
  readonly name: 'engine' | 'reference' | 'MONGODB_URI';
  readonly start: () => Promise<{ uri: string; stop: () => Promise<void> } | undefined>;
}

/**
 * The behaviour of MongoDB that the services rely on, as cases that hold on any server. What is expected is what the
 * MongoDB manual says; where the independent reference server does otherwise, the case says how and is expected to fail
 * there.
 */
export function describeConformance(subject: Subject): void {
  describe(`documents on ${subject.name}`, () => {
    let server: Awaited<ReturnType<Subject['start']>>;
    let connection: Connection | undefined;
    let collections = 0;

    beforeAll(async () => {
      server = await subject.start();
      const dbName = `siaga_${randomBytes(4).toString('hex')}`;
      if (server !== undefined) connection = await createConnection(server.uri, { dbName }).asPromise();
    }, 150_000);

    afterAll(async () => {
      if (subject.name === 'MONGODB_URI') await connection?.dropDatabase();
      await connection?.close();
      await server?.stop();
    });

    const fresh: Cases['fresh'] = async (...documents) => {
      const collection = connected().collection(`c${++collections}`);
      if (documents.length > 0) await collection.insertMany(documents);
      return collection;
    };

    function connected(): Connection {
      if (connection === undefined) throw new Error('the server has not started');
      return connection;
    }

    const cases: Cases = {
      fresh,
      connection: connected,
      code: (promise) => expect(promise).rejects,
      async matches(documents, query) {
        const collection = await fresh(...documents.map((fields, n) => ({ n, ...fields })));
        return (await collection.find(query).sort({ n: 1 }).toArray()).map(({ n }) => Number(n));
      },
      holds(name, run, note) {
        const differs = subject.name === 'reference' ? note?.referenceDiffers : undefined;
        const title = differs === undefined ? name : `${name} — reference differs: ${differs}`;
        test(title, async () => {
          if (server === undefined) return;
          await (differs === undefined ? run() : expect(run()).rejects.toThrow());
        });
      },
    };

    commandCases(cases);
    valueCases(cases);
    queryCases(cases);
    aggregationCases(cases);
    storageCases(cases);
  });
}
