import {
  events,
  eventsOf,
  faultKinds,
  Agency,
  FieldClass,
  lackOf,
  revealing,
  roles,
  routes,
  sightOf,
  streams,
  type AnyEvent,
  type Role,
  type RouteContract,
} from '@siaga/contracts';
import path from 'node:path';
import { z } from 'zod';
import { AlarmsConfig } from '../apps/alarms/src/config.ts';
import { EmergencyConfig } from '../apps/emergency/src/config.ts';
import { TalkConfig } from '../apps/talk/src/config.ts';
import { retentionRules as emergencyRules } from '../apps/emergency/src/retention-rules.ts';
import { retentionRules as alarmRules } from '../apps/alarms/src/retention-rules.ts';
import { CityConfig } from '../apps/city/src/options.ts';
import { GatewayConfig } from '../apps/gateway/src/config.ts';
import { IdentityConfig } from '../apps/identity/src/config.ts';
import { retentionRules } from '../apps/identity/src/retention/retention-rules.ts';
import { SimulatorConfig } from '../apps/simulator/src/config.ts';
import { StreetConfig } from '../apps/street/src/config.ts';
import { retentionRules as streetRules } from '../apps/street/src/retention-rules.ts';
import { retentionRules as talkRules } from '../apps/talk/src/retention-rules.ts';
import { WasteConfig } from '../apps/waste/src/config.ts';

/** File name → text of every generated document. Pure: contracts in, text out. */
export function documents(): Record<string, string> {
  return {
    'asyncapi.json': json(asyncApi()),
    'openapi.json': json(openApi()),
    'events.md': eventsPage(),
    'routes.md': routesPage(),
    'permissions.md': permissionsPage(),
    'config.md': configPage(),
    'retention.md': retentionPage(),
  };
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/** Input side for what callers send, output side for what we send. */
const schemaOf = (shape: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(shape, { io, unrepresentable: 'any', target: 'draft-2020-12' });

const audienceText = (event: AnyEvent) =>
  typeof event.audience === 'function' ? 'by its data' : event.audience.join(', ') || 'none';

/** AsyncAPI 3: one channel per stream, one message per event; https://www.asyncapi.com/docs/reference/specification/v3.0.0 */
function asyncApi() {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Siaga events',
      version: '0.1.0',
      description:
        'Topic = `<city>.<stream>`. Value = JSON data, headers = CloudEvents 1.0 binary mode. Screens receive the same data on the socket.io namespace `/live`.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      streams.map((stream) => [
        stream.name,
        {
          address: `{city}.${stream.name}`,
          description:
            `Delivery: ${stream.delivery}. Kept ${stream.keepForDays} days. ${stream.onRequest ? 'Screens get it on request only.' : ''}`.trim(),
          parameters: { city: { description: 'Kemendagri code of the city' } },
          messages: Object.fromEntries(
            eventsOf(stream).map((event) => [event.name, { $ref: `#/components/messages/${event.name}` }]),
          ),
        },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        events.map((event) => [
          event.name,
          {
            name: event.name,
            summary: event.summary,
            description: `Audience: ${audienceText(event)}.`,
            payload: schemaOf(event.data, 'output'),
          },
        ]),
      ),
    },
  };
}

/** OpenAPI 3.1 of every route; https://spec.openapis.org/oas/v3.1.1.html */
function openApi() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const at = route.path.replace(/:(\w+)/g, '{$1}');
    paths[at] = { ...paths[at], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Siaga', version: '0.1.0', description: 'Errors are RFC 9457 problem+json with a correlation id.' },
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}

function operation(route: RouteContract) {
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.name.split('.')[0]],
    description:
      route.permission === 'anyone' ? 'Needs no token.' : `Roles: ${[...route.permission, 'city-admin'].join(', ')}.`,
    security: route.permission === 'anyone' ? [] : [{ bearer: [] }],
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } },
        }),
    responses: {
      [route.status]: {
        description: 'success',
        content: { 'application/json': { schema: schemaOf(route.answer, 'output') } },
      },
      ...Object.fromEntries(Object.entries(faultKinds).map(([kind, { status }]) => [status, { description: kind }])),
    },
  };
}

function parameters(shape: z.ZodType | undefined, where: 'path' | 'query') {
  if (shape === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema,
  }));
}

const generated = '<!-- generated from libs/contracts by `npm run docs`; do not edit -->\n\n';

const table = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function eventsPage(): string {
  const rows = events.map((event) => [
    `\`${event.name}\``,
    `\`${event.stream.name}\``,
    event.stream.delivery + (event.stream.onRequest ? ', on request' : ''),
    String(event.stream.keepForDays),
    event.freshForMs === undefined ? '–' : `${event.freshForMs / 1000} s`,
    audienceText(event),
    event.summary,
  ]);
  return `${generated}# Events\n\n${table(['Event', 'Stream', 'Delivery', 'Kept, days', 'Fresh for', 'Audience', 'What happened'], rows)}\n`;
}

function routesPage(): string {
  const rows = routes.map((route) => [`\`${route.method} ${route.path}\``, `\`${route.name}\``, route.summary]);
  return `${generated}# Routes\n\n${table(['Route', 'Name', 'What it does'], rows)}\n`;
}

function permissionsPage(): string {
  const tick = (isSo: boolean) => (isSo ? '✓' : '');
  const agenciesOf = (route: RouteContract) => route.agencies?.join(', ') ?? 'any';
  const calls = routes.map((route) => [
    `\`${route.name}\``,
    tick(route.permission === 'anyone'),
    ...roles.map((role) =>
      tick(lackOf({ permission: route.permission }, { roles: [role], agencies: [] }) === undefined),
    ),
    agenciesOf(route),
  ]);
  const sees = events.map((event) => [`\`${event.name}\``, `\`${event.stream.name}\``, audienceText(event)]);
  const asker = (role: Role) => ({ roles: [role], agencies: Agency.options });
  const fields = FieldClass.options.map((name) => [
    name,
    ...roles.map((role) => (sightOf(asker(role), 0).has(name) ? '✓' : revealing.includes(role) ? 'reveals' : '')),
  ]);
  return [
    `${generated}# Who may do what`,
    'Somebody acts in one city, and in no other: his token, or the secret he shows, says in which; no route has a parameter for it, and what another city has is unknown. `city-admin` may do everything in his city. What is missing for somebody and what he may not see answer alike.',
    '## Calls',
    table(['Route', 'not signed in', ...roles, 'agencies'], calls),
    '## Events',
    'On the live stream people and screens of these agencies see them; nobody sees those without an agency.',
    table(['Event', 'Stream', 'Agencies'], sees),
    '## Fields',
    'Fields of a class are masked for everybody else. Who reveals states a reason and sees them for at most 15 minutes. `health` and `caller` are seen where people in need are helped: by those of `command`, `satpolpp`, `dinkes` and `rs`.',
    table(['Class', ...roles], fields),
    '',
  ].join('\n\n');
}

/** A path inside the project as seen from its root, so that the page is the same on every machine. */
const fromRoot = (text: string) => text.replace(`${path.resolve(import.meta.dirname, '..')}${path.sep}`, '');

/** Every environment variable by app; `npm start` reads the city's and hands the others their own. */
function configPage(): string {
  const apps = {
    city: CityConfig,
    gateway: GatewayConfig,
    identity: IdentityConfig,
    waste: WasteConfig,
    street: StreetConfig,
    alarms: AlarmsConfig,
    emergency: EmergencyConfig,
    talk: TalkConfig,
    simulator: SimulatorConfig,
  };
  const sections = Object.entries(apps).map(([app, config]) => {
    const { properties = {}, required = [] } = schemaOf(config, 'input') as {
      properties?: Record<string, { description?: string; default?: string | number | boolean }>;
      required?: string[];
    };
    const rows = Object.entries(properties).map(([name, { description = '', default: preset }]) => [
      `\`${name}\``,
      preset === undefined ? (required.includes(name) ? '**needed**' : 'unset') : `\`${fromRoot(String(preset))}\``,
      description,
    ]);
    return `## ${app}\n\n${table(['Variable', 'Default', 'What it is'], rows)}\n`;
  });
  const intro = '`npm start` sets what the apps need of each other; under compose or by hand you set it.';
  return `${generated}# Configuration\n\n${intro}\n\n${sections.join('\n')}`;
}

const removers = {
  daily: 'the daily run of the identity service',
  expiry: 'an expiry index of the database',
  request: 'somebody’s request: `identity.people.erase`',
  timer: 'a timer of the document itself',
  nothing: 'nothing',
};

/** How long what is kept: documents by the rules of their services, streams by their contracts. */
function retentionPage(): string {
  const documents = [...retentionRules, ...alarmRules, ...emergencyRules, ...streetRules, ...talkRules].map(
    ({ collection, what, kept, by }) => [`\`${collection}\``, what, kept, removers[by]],
  );
  const kept = streams.map((stream) => [
    `\`${stream.name}\``,
    stream.delivery === 'latest' ? 'newest of each key, unless renewed' : 'every event',
    String(stream.keepForDays),
  ]);
  return [
    `${generated}# How long what is kept`,
    'Every daily run is written into the audit trail: what it removed, and how much.',
    '## Documents of people, screens and devices',
    table(['Collection', 'What it holds', 'Kept', 'Removed by'], documents),
    '## Streams',
    table(['Stream', 'What it holds', 'Kept, days'], kept),
    '',
  ].join('\n\n');
}
