import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = import.meta.dirname;
const cache = path.resolve(here, '../../../../.cache/reference-mongo');

/** Maven's time to fetch 15 jars on a slow line, in ms. */
const fetchMs = 120_000;

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
  const missing = await missingTool();
  if (missing !== undefined) {
    process.stderr.write(`\nSKIPPED: the reference MongoDB server needs ${missing}\n`);
    return undefined;
  }
  const jars = await jarsFolder();
  const child = spawn('java', ['-Xmx256m', '-cp', path.join(jars, '*'), path.join(here, 'Reference.java')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
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

async function missingTool(): Promise<string | undefined> {
  const java = await run('java', ['-version']).catch(() => undefined);
  const version = Number(/version "(\d+)/.exec(java?.stderr ?? '')?.[1] ?? 0);
  if (version < 17) return 'Java 17 or newer';
  const maven = await run('mvn', ['-version']).catch(() => undefined);
  return maven === undefined ? 'Maven' : undefined;
}

/** The folder of the jars that `pom.xml` names; a changed pom has another folder, and a half-fetched one never counts. */
async function jarsFolder(): Promise<string> {
  const pom = path.join(here, 'pom.xml');
  const name = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 12);
  const folder = path.join(cache, name);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  await run('mvn', ['-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`], {
    timeout: fetchMs,
  });
  await rename(partial, folder).catch(async (error: unknown) => {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}
