import { Aedes, type Client, type PublishPacket, type Subscription } from 'aedes';
import { Fault } from '@siaga/contracts';
import { createLogger } from '@siaga/service';

const log = createLogger('mqtt');

/** A device says who it is at once, or holds a connection for nothing. */
const CONNECT_WITHIN_MS = 10_000;
/** Who does not read its acknowledgements holds memory for nothing. */
const READ_WITHIN_MS = 30_000;

/** Return codes of CONNACK (MQTT 3.1.1, table 3.1). */
const UNAVAILABLE = 3;
const NOT_BELIEVED = 4;

/** What a broker asks; whoever rejects ends the connection. */
export interface Answers {
  /** Who connects; rejects with `unauthenticated`, or whatever means that nobody could be asked. */
  enter: (client: Client, shown: { userName: string; password: string }) => Promise<void>;
  /** Resolves when it is to be acknowledged. */
  publish: (client: Client | null, packet: PublishPacket) => Promise<void>;
  /** Whether it may hear what it asks for. */
  mayHear: (client: Client, wish: Subscription) => boolean;
  /** It hears from now on. */
  hears: (client: Client) => void;
  /** It has what it was sent. */
  acknowledged: (client: Client) => void;
}

/** A QoS that was not granted (MQTT 3.1.1, section 3.9.3). */
const NOT_GRANTED = 128;

/** A broker between us and each device, never between devices, that keeps nothing: no last will, no session (ADR 0018). */
export async function createBroker({ enter, publish, mayHear, hears, acknowledged }: Answers): Promise<Aedes> {
  const broker = await Aedes.createBroker({
    connectTimeout: CONNECT_WITHIN_MS,
    drainTimeout: READ_WITHIN_MS,
    preConnect: (_, packet, done) => {
      // nobody would hear a last will: who falls silent is found by its interval
      delete packet.will;
      // and nobody is waited for: what it began to say and did not finish goes with its connection
      packet.clean = true;
      done(null, true);
    },
    authenticate: (client, userName = '', password, done) => {
      enter(client, { userName, password: password?.toString() ?? '' }).then(
        () => {
          done(null, true);
        },
        (error: unknown) => {
          done(connackOf(error), false);
        },
      );
    },
    authorizePublish: (client, packet, done) => {
      publish(client, packet).then(
        () => {
          done();
        },
        (error: unknown) => {
          done(error as Error);
        },
      );
    },
    authorizeSubscribe: (client, wish, done) => {
      done(null, mayHear(client, wish) ? wish : null);
    },
    // what devices publish is emptied when it is taken, and goes to nobody; what we tell them is never empty
    authorizeForward: (_client, packet) => (packet.payload.length > 0 ? packet : null),
  });
  broker.on('subscribe', (wishes, client) => {
    if (wishes.some(({ qos }) => (qos as number) !== NOT_GRANTED)) hears(client);
  });
  broker.on('ack', (_, client) => {
    acknowledged(client);
  });
  broker.on('clientError', (client, error) => {
    log.debug({ device: client.id, err: error }, 'an MQTT connection ended');
  });
  return broker;
}

function connackOf(error: unknown): Error & { returnCode: number } {
  const kind = error instanceof Fault ? error.kind : 'unavailable';
  if (!(error instanceof Fault)) log.warn({ err: error }, 'a device could not be asked who it is');
  const returnCode = kind === 'unauthenticated' ? NOT_BELIEVED : UNAVAILABLE;
  return Object.assign(new Error(kind), { returnCode });
}
