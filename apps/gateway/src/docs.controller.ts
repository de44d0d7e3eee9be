import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Controller, Get, Header } from '@nestjs/common';
import { Fault } from '@siaga/contracts';

const folder = path.resolve(import.meta.dirname, '../../../docs/generated');

/** The generated contracts: OpenAPI of the REST doors, AsyncAPI of the events. */
@Controller('docs')
export class DocsController {
  @Get()
  @Header('content-type', 'application/json')
  routes() {
    return generated('openapi.json');
  }

  @Get('events')
  @Header('content-type', 'application/json')
  events() {
    return generated('asyncapi.json');
  }
}

async function generated(name: string): Promise<string> {
  try {
    return await readFile(path.join(folder, name), 'utf8');
  } catch (cause) {
    throw new Fault('not-found', `${name} has not been generated: npm run docs`, { cause });
  }
}
