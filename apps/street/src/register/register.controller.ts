import { Controller, StreamableFile, type Type } from '@nestjs/common';
import type { RouteContract } from '@siaga/contracts';
import { csvOf, templateOf } from '@siaga/registers';
import { csvFile, Route, wantsCsv } from '@siaga/service';
import type { FastifyRequest } from 'fastify';
import { lineOf, type Fields, type Kind, type Row } from './kind.ts';
import { RegisterImport } from './register-import.ts';
import { Things, type Filter } from './things.store.ts';

type Verb = 'register' | 'list' | 'get' | 'change' | 'remove' | 'import' | 'template';

/** What a call of a register is; the contract, which knows its shape, has parsed it. */
interface Call {
  params: unknown;
  query: unknown;
  body: unknown;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The doors of one register: routes made by `registerRoutes`, answered by the one mechanism. */
export function registerController(routes: Readonly<Record<Verb, RouteContract>>, kind: Kind): Type {
  const file = kind.name.replace('.', '-');
  const columns = Object.entries(kind.sheet.columns);
  const written = Object.fromEntries(columns.filter(([field]) => kind.foreign?.includes(field) !== true));

  @Controller()
  class RegisterController {
    constructor(
      private readonly things: Things,
      private readonly imports: RegisterImport,
    ) {}

    @Route(routes.template)
    async template() {
      const disposition = `attachment; filename="templat-${file}.xlsx"`;
      return new StreamableFile(await templateOf(kind.sheet), { type: XLSX, disposition });
    }

    @Route(routes.register)
    register({ body }: Call) {
      return this.things.register(kind, body as Row);
    }

    @Route(routes.list)
    async list({ query }: Call, request: FastifyRequest) {
      const { limit, after, q, ...filter } = query as { limit: number; after?: string; q?: string } & Filter;
      if (!wantsCsv(request)) return this.things.list(kind, { limit, after, q } as never, filter);
      const all = await this.things.allSeen(kind, filter);
      const lines = all.map((document) => lineOf(kind, document));
      return csvFile(csvOf({ columns: written }, lines), file);
    }

    @Route(routes.get)
    get({ params }: Call) {
      return this.things.get(kind, idIn(params));
    }

    @Route(routes.change)
    change({ params, body }: Call) {
      return this.things.change(kind, idIn(params), body as Fields & { version: number });
    }

    @Route(routes.remove)
    async remove({ params, query }: Call) {
      await this.things.remove(kind, idIn(params), (query as { version: number }).version);
      return {};
    }

    @Route(routes.import)
    import({ query, body }: Call) {
      const { fileName, contentBase64 } = body as { fileName: string; contentBase64: string };
      const content = Buffer.from(contentBase64, 'base64');
      return this.imports.run(kind, { name: fileName, content }, (query as { dryRun: boolean }).dryRun);
    }
  }
  return RegisterController;
}

/** A path names one thing. */
function idIn(params: unknown): string {
  return Object.values(params as Readonly<Record<string, string>>)[0] ?? '';
}
