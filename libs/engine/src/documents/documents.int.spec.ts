import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startReferenceMongo } from '@siaga/testing';
import { open } from 'lmdb';
import { describeConformance } from './conformance.ts';
import { Disk } from '../disk.ts';
import { serveDocuments } from './documents.ts';

const disk = await Disk.watch({ file: tmpdir(), reserveBytes: 0 });

describeConformance({
  name: 'engine',
  async start() {
    const folder = await mkdtemp(path.join(tmpdir(), 'siaga-documents-'));
    const root = open({ path: folder, overlappingSync: false });
    const server = await serveDocuments({ root, disk, listen: { host: '127.0.0.1', port: 0 } });
    return {
      uri: server.uri,
      async stop() {
        await server.close();
        await root.close();
        await rm(folder, { recursive: true });
      },
    };
  },
});

describeConformance({ name: 'reference', start: startReferenceMongo });

const uri = process.env['MONGODB_URI'];
if (uri !== undefined)
  describeConformance({ name: 'MONGODB_URI', start: () => Promise.resolve({ uri, stop: () => Promise.resolve() }) });
