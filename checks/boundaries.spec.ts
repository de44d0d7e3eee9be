import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '..');

/** Each line plants one import into a copy of the sources; the rule named first must refuse it. */
const violations: readonly [rule: string, file: string, source: string][] = [
  ['nothing-imports-an-app', 'apps/gateway/src/planted.ts', "import '../../waste/src/main.ts';"],
  ['only-tests-import-testing', 'apps/waste/src/planted.ts', "import '@siaga/testing';"],
  ['only-specs-import-a-harness', 'apps/waste/src/planted-harness.ts', "import './waste.harness.ts';"],
  ['no-way-round-the-door', 'apps/waste/src/planted-door.ts', "import '../../../libs/geo/src/sphere.ts';"],
  ['contracts-stand-alone', 'libs/contracts/src/planted.ts', "import '@siaga/service';"],
  ['wall', 'apps/wall/src/planted.ts', "import '@siaga/bus';"],
  ['services', 'apps/waste/src/planted-engine.ts', "import '@siaga/engine';"],
  ['services', 'apps/gateway/src/planted-live.ts', "import '@siaga/live';"],
  ['city', 'apps/city/src/planted.ts', "import '@siaga/store';"],
  ['mongoose-only-in-stores', 'apps/waste/src/planted-mongoose.ts', "import 'mongoose';"],
  ['kafkajs-only-in-bus', 'apps/waste/src/planted-kafka.ts', "import 'kafkajs';"],
  ['no-undeclared-package', 'libs/geo/src/planted.ts', "import 'lmdb';"],
  ['no-unresolvable', 'libs/geo/src/planted-missing.ts', "import './nowhere.ts';"],
];

describe('import directions', () => {
  let copy: string;
  beforeAll(async () => {
    copy = await mkdtemp(path.join(tmpdir(), 'siaga-boundaries-'));
    const keep = (source: string) => !/[/\\](node_modules|dist)$/.test(source);
    for (const folder of ['apps', 'libs', 'checks'])
      await cp(path.join(root, folder), path.join(copy, folder), { recursive: true, filter: keep });
    for (const file of ['tsconfig.json', 'tsconfig.base.json', 'package.json'])
      await cp(path.join(root, file), path.join(copy, file));
    await linkPackages(copy);
    for (const [, file, source] of violations) {
      await mkdir(path.dirname(path.join(copy, file)), { recursive: true });
      await writeFile(path.join(copy, file), `${source}\n`);
    }
    await writeFile(
      path.join(copy, 'libs/geo/src/planted-cycle-a.ts'),
      "import './planted-cycle-b.ts';\nexport const a = 1;\n",
    );
    await writeFile(
      path.join(copy, 'libs/geo/src/planted-cycle-b.ts'),
      "import './planted-cycle-a.ts';\nexport const b = 1;\n",
    );
  });
  afterAll(() => rm(copy, { recursive: true }));

  it('refuses every planted violation, and nothing else', async () => {
    const found = await cruise(copy);
    for (const [rule, file] of violations) expect(found).toContainEqual({ rule, from: file });
    expect(found).toContainEqual({ rule: 'no-cycles', from: 'libs/geo/src/planted-cycle-a.ts' });
    expect(found.filter(({ from }) => !from.includes('planted'))).toEqual([]);
  });
});

/** A node_modules whose third-party packages are the real ones and whose @siaga packages are the copy's. */
async function linkPackages(copy: string): Promise<void> {
  const modules = path.join(copy, 'node_modules');
  await mkdir(path.join(modules, '@siaga'), { recursive: true });
  for (const name of await readdir(path.join(root, 'node_modules'))) {
    if (name !== '@siaga') await symlink(path.join(root, 'node_modules', name), path.join(modules, name));
  }
  for (const folder of ['apps', 'libs']) {
    for (const name of await readdir(path.join(copy, folder))) {
      const manifest = await readFile(path.join(copy, folder, name, 'package.json'), 'utf8');
      await symlink(path.join(copy, folder, name), path.join(modules, (JSON.parse(manifest) as { name: string }).name));
      const own = path.join(root, folder, name, 'node_modules');
      if (existsSync(own)) await symlink(own, path.join(copy, folder, name, 'node_modules'));
    }
  }
}

function cruise(folder: string): Promise<{ rule: string; from: string }[]> {
  const bin = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, '--config', 'checks/boundaries.cjs', '--output-type', 'json', 'apps', 'libs'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1 << 28 }, (error, stdout) => {
      if (stdout === '') {
        reject(error ?? new Error('no output'));
        return;
      }
      const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string }[] } };
      resolve(summary.violations.map(({ rule, from }) => ({ rule: rule.name, from })));
    });
  });
}
