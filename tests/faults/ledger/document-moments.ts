import type { FaultProxy } from '@siaga/testing';

/** A command on its way to the documents, as its bytes show it. */
export interface DocumentCommand {
  /** `insert`, `update`. */
  readonly command: string;
  readonly collection: string;
  /** A word its body has: `$unset`. */
  readonly holding?: string;
}

/**
 * Runs `strike` once, synchronously, when such a command passes the proxy on its way there (`sent`: it has not been done)
 * or when its answer passes on the way back (`answered`: it has been done and nobody knows). Resolves then. The service is
 * not asked and does not know: this is its public traffic, MongoDB's wire protocol.
 */
export function atMoment(
  proxy: Pick<FaultProxy, 'onRequest' | 'onReply'>,
  wanted: DocumentCommand,
  moment: { when: 'sent' | 'answered'; strike: () => void },
): Promise<void> {
  const wantedBytes = commandBytes(wanted);
  const requests = new Set<number>();
  return new Promise((resolve) => {
    const ends: (() => void)[] = [];
    const struck = () => {
      moment.strike();
      for (const end of ends) end();
      resolve();
    };
    ends.push(
      proxy.onRequest((chunk) => {
        if (!isCommand(chunk, wantedBytes, wanted.holding)) return;
        if (moment.when === 'sent') struck();
        else requests.add(chunk.readInt32LE(REQUEST_ID));
      }),
      proxy.onReply((chunk) => {
        if (chunk.length >= HEADER_BYTES && requests.has(chunk.readInt32LE(RESPONSE_TO))) struck();
      }),
    );
  });
}

/** messageLength, requestID, responseTo, opCode: four int32 before each message. */
const REQUEST_ID = 4;
const RESPONSE_TO = 8;
const HEADER_BYTES = 16;

/** The first element of a command's BSON: string (2), its name, the collection's length and name. */
function commandBytes({ command, collection }: DocumentCommand): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32LE(Buffer.byteLength(collection) + 1);
  return Buffer.concat([Buffer.from(`\u0002${command}\0`), length, Buffer.from(`${collection}\0`)]);
}

function isCommand(chunk: Buffer, wanted: Buffer, holding: string | undefined): boolean {
  return chunk.length >= HEADER_BYTES && chunk.includes(wanted) && (holding === undefined || chunk.includes(holding));
}
