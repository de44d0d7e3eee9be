import { StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Lists are JSON for programs and, asked for by Accept, CSV for people. */
export function wantsCsv({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/csv') === true;
}

/** A table as a file to keep; `name` without its ending. */
export function csvFile(csv: string, name: string): StreamableFile {
  return new StreamableFile(Buffer.from(csv), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}
