import { DateTime, doc, docOf, Int32, type Document } from '../bson/values.ts';
import { maxDocumentBytes } from '../storage/records.ts';
import { maxMessageBytes } from '../wire/messages.ts';
import type { Command, Context } from './command.ts';

/** The release of MongoDB whose protocol and messages this server follows. */
const version = '7.0.0';

/** A standalone server without sessions: drivers then send neither session nor transaction numbers. */
function hello({ body, connectionId }: Context): Document {
  return docOf({
    helloOk: true,
    ...(body.has('hello') ? { isWritablePrimary: true } : { ismaster: true }),
    maxBsonObjectSize: new Int32(maxDocumentBytes),
    maxMessageSizeBytes: new Int32(maxMessageBytes),
    maxWriteBatchSize: new Int32(100_000),
    localTime: new DateTime(BigInt(Date.now())),
    connectionId: new Int32(connectionId),
    minWireVersion: new Int32(0),
    maxWireVersion: new Int32(21),
    readOnly: false,
    ok: 1,
  });
}

const buildInfo = (): Document =>
  doc(
    ['version', version],
    ['versionArray', [7, 0, 0, 0].map((part) => new Int32(part))],
    ['gitVersion', 'siaga embedded engine'],
    ['modules', []],
    ['bits', new Int32(64)],
    ['debug', false],
    ['maxBsonObjectSize', new Int32(maxDocumentBytes)],
    ['ok', 1],
  );

/** MongoDB's figures of what queries have touched, under MongoDB's names. */
const serverStatus = ({ store }: Context): Document =>
  doc(
    ['version', version],
    ['process', 'siaga'],
    ['pid', BigInt(process.pid)],
    ['uptime', process.uptime()],
    ['localTime', new DateTime(BigInt(Date.now()))],
    [
      'metrics',
      doc([
        'queryExecutor',
        doc(['scanned', BigInt(store.touched.scanned)], ['scannedObjects', BigInt(store.touched.scannedObjects)]),
      ]),
    ],
    ['ok', 1],
  );

const ok = (): Document => doc(['ok', 1]);

/** Commands about the server itself. */
export const serverCommands: readonly (readonly [string, Command])[] = [
  ['hello', { options: 'any', run: hello }],
  ['ismaster', { options: 'any', run: hello }],
  ['isMaster', { options: 'any', run: hello }],
  ['ping', { options: [], run: ok }],
  ['endSessions', { options: [], run: ok }],
  ['buildInfo', { options: [], run: buildInfo }],
  ['buildinfo', { options: [], run: buildInfo }],
  ['serverStatus', { options: [], run: serverStatus }],
];
