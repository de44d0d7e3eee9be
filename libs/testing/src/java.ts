import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = path.resolve(import.meta.dirname, '../../../.cache');

/** Maven's time to fetch a few dozen jars on a slow line, in ms. */
const FETCH_WITHIN_MS = 120_000;

/** For a server that lives for a minute: half the processor time until it is up, and no cores taken for collecting garbage. */
export const shortLived: readonly string[] = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/** What this machine lacks to run Java servers from Maven Central, or undefined. */
export async function missingJavaTool(): Promise<string | undefined> {
  const java = await run('java', ['-version']).catch(() => undefined);
  const version = Number(/version "(\d+)/.exec(java?.stderr ?? '')?.[1] ?? 0);
  if (version < 17) return 'Java 17 or newer';
  const maven = await run('mvn', ['-version']).catch(() => undefined);
  return maven === undefined ? 'Maven' : undefined;
}

/**
 * A folder with the jars a `pom.xml` names, fetched once into `.cache/<name>`. A changed pom has another folder, and a
 * half-fetched one never counts.
 */
export async function mavenJars(pom: string, name: string): Promise<string> {
  const version = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 12);
  const folder = path.join(cache, name, version);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  await run('mvn', ['-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`], {
    timeout: FETCH_WITHIN_MS,
  });
  await rename(partial, folder).catch(async (error: unknown) => {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}
