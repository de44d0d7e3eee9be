import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { mavenJars, missingJavaTool, shortLived } from '../java.ts';

const here = import.meta.dirname;

export interface ReferenceMongo {
  readonly uri: string;
  stop(): Promise<void>;
}

/**
 * Starts an independent MongoDB-compatible server (de.bwaldvogel mongo-java-server, in memory) to hold our own against.
 * Its jars come from Maven Central once and stay in `.cache/`. Returns `undefined`, and says so, where Java 17 or Maven
 * is missing. @throws when both are there and it does not start: a conformance run must not be lost in silence.
 */
export async function startReferenceMongo(): Promise<ReferenceMongo | undefined> {
  const missing = await missingJavaTool();
  if (missing !== undefined) {
    process.stderr.write(`\nSKIPPED: the reference MongoDB server needs ${missing}\n`);
    return undefined;
  }
  const jars = await mavenJars(path.join(here, 'pom.xml'), 'reference-mongo');
  const child = spawn(
    'java',
    [...shortLived, '-Xmx256m', '-cp', path.join(jars, '*'), path.join(here, 'Reference.java')],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const [uri] = await Promise.race([
    once(createInterface(child.stdout), 'line') as Promise<string[]>,
    exited.then(([code]) => Promise.reject(new Error(`the reference MongoDB server ended with ${String(code)}`))),
  ]);
  return {
    uri: String(uri),
    async stop() {
      child.stdin.end('\n');
      await exited;
    },
  };
}
