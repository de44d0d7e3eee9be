import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventLog } from '@siaga/bus';
import { signToken, type RunningService } from '@siaga/service';
import { randomCities, startTestEngine, type TestEngine } from '@siaga/testing';
import { parse } from 'yaml';
import { z } from 'zod';
import { GatewayConfig } from '../../apps/gateway/src/config.ts';
import { startGateway } from '../../apps/gateway/src/gateway.module.ts';
import { WasteConfig } from '../../apps/waste/src/config.ts';
import { startWaste } from '../../apps/waste/src/waste.module.ts';

const Sentence = z.string().regex(/^\S.*\.$/);
const Rules = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          alert: z.string().regex(/^Siaga[A-Z]/),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.strictObject({ ringkasan: Sentence, tindakan: Sentence, summary: Sentence, action: Sentence }),
        }),
      ),
    }),
  ),
});

const file = path.resolve(import.meta.dirname, '../../deploy/alerts/siaga.rules.yml');
const rules = Rules.parse(parse(await readFile(file, 'utf8'))).groups.flatMap((group) => group.rules);
const [city = ''] = randomCities(1);
let engine: TestEngine;
let services: RunningService[];
let known: Set<string>;

beforeAll(async () => {
  engine = await startTestEngine();
  const secret = 'a secret of at least thirty-two characters';
  const env = { SIAGA_CITY: city, PORT: '0', SIAGA_SECRET: secret };
  const open = () => openEventLog({ SIAGA_ENGINE: engine.logSocket });
  services = [
    await startGateway(GatewayConfig.parse(env), await open()),
    await startWaste(WasteConfig.parse({ ...env, MONGODB_URI: engine.mongoUri }), await open()),
  ];
  const scraper = {
    id: 'prometheus',
    kind: 'service',
    city,
    agencies: [],
    roles: ['viewer'],
    exercise: false,
  } as const;
  const headers = { authorization: `Bearer ${await signToken(scraper, secret, '1m')}` };
  const pages = await Promise.all(services.map(async ({ url }) => (await fetch(`${url}/metrics`, { headers })).text()));
  known = new Set([...pages.join('\n').matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
});
afterAll(async () => {
  for (const service of services) await service.close();
  await engine.close();
});

describe('alert rules', () => {
  it.each(rules)('$alert looks at metrics that a running Siaga has', ({ expr }) => {
    const named = [...expr.matchAll(/siaga_[a-z_]+/g)].map(([name]) => name);
    expect(named).not.toEqual([]);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
