import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Controller, Get, Header, Req } from '@nestjs/common';
import { Fault, roles } from '@siaga/contracts';
import { RouteSettings } from '@siaga/service';
import type { FastifyRequest } from 'fastify';

const folder = path.resolve(import.meta.dirname, '../../../docs/generated');

/** The generated contracts: OpenAPI of the REST doors, AsyncAPI of the events. */
@Controller('docs')
export class DocsController {
  constructor(private readonly settings: RouteSettings) {}

  @Get()
  @Header('content-type', 'application/json')
  routes(@Req() request: FastifyRequest) {
    return this.generated('openapi.json', request);
  }

  @Get('events')
  @Header('content-type', 'application/json')
  events(@Req() request: FastifyRequest) {
    return this.generated('asyncapi.json', request);
  }

  private async generated(name: string, request: FastifyRequest): Promise<string> {
    await this.settings.admitWithToken(request, { name: 'docs', permission: roles });
    return generated(name);
  }
}

async function generated(name: string): Promise<string> {
  try {
    return await readFile(path.join(folder, name), 'utf8');
  } catch (cause) {
    throw new Fault('not-found', `${name} has not been generated: npm run docs`, { cause });
  }
}
