import { Inject, type BeforeApplicationShutdown } from '@nestjs/common';
import { WebSocketGateway, type OnGatewayConnection, type OnGatewayInit } from '@nestjs/websockets';
import { EVENT_LOG, ServiceReports, type EventLog } from '@siaga/bus';
import { Fault, LIVE_NAMESPACE, parse, TrackArea } from '@siaga/contracts';
import { createLogger, Health, problemOf, RateLimit, type Principal } from '@siaga/service';
import type { Namespace, Socket } from 'socket.io';
import { CityOnAir } from './city-on-air.ts';
import type { LiveCity } from './live-city.ts';
import { queuedPackets } from './live-metrics.ts';
import { wishOf } from './live-requests.ts';
import { SocketScreen } from './socket-screen.ts';
import type { StreamState } from './stream-state.ts';
import { Watchers, type Watcher } from './watchers.ts';

const log = createLogger('live');

/** A screen says little; who says more than this is no screen. */
const MESSAGES = { perSecond: 50, burst: 50 };
/** Our client subscribes once per connection; each time may cost a snapshot. */
const SUBSCRIBES = { perSecond: 5, burst: 5 };

interface SocketData {
  principal: Principal;
}
type LiveSocket = Socket<never, never, never, SocketData>;

/**
 * The door of the live stream: who connects, what they ask, which city's screens they join, and for how long. It knows no
 * domain words; contracts say what is urgent, where and for whom.
 */
@WebSocketGateway({ namespace: LIVE_NAMESPACE })
export class LiveGateway
  implements OnGatewayInit<Namespace>, OnGatewayConnection<LiveSocket>, BeforeApplicationShutdown
{
  readonly #cities = new Map<string, CityOnAir>();
  #countQueued: () => number = () => 0;

  constructor(
    @Inject(EVENT_LOG) private readonly eventLog: EventLog,
    private readonly watchers: Watchers,
    private readonly health: Health,
    private readonly reports: ServiceReports,
  ) {}

  afterInit(namespace: Namespace): void {
    namespace.use((socket: LiveSocket, next) => {
      this.principalOf(socket).then(
        (principal) => {
          socket.data.principal = principal;
          next();
        },
        (error: unknown) => {
          const problem = problemOf(error instanceof Fault ? error : undefined);
          next(Object.assign(new Error(problem.detail), { data: problem }));
        },
      );
    });
    this.#countQueued = () => [...namespace.sockets.values()].reduce((sum, socket) => sum + packetsQueued(socket), 0);
    queuedPackets.add(this.#countQueued);
    for (const city of this.watchers.cities) this.#putOnAir(city, namespace);
  }

  #putOnAir(city: string, namespace: Namespace): void {
    const onAir = new CityOnAir(this.eventLog, city, (room, frame) => namespace.to(room).emit('frame', frame));
    this.#cities.set(city, onAir);
    this.health.add(`live ${city}`, () => onAir.health(), { city });
    this.reports.add((of) => (of === city ? { live: onAir.report() } : {}));
  }

  handleConnection(socket: LiveSocket): void {
    const { principal } = socket.data;
    const city = this.#cities.get(principal.city)?.live;
    if (city === undefined) {
      socket.disconnect(true);
      return;
    }
    const screen = new SocketScreen(socket, (drained) => {
      city.drained(drained);
    });
    const watcher = this.watchers.of(principal, {
      sees: (eyes) => {
        city.see(screen, eyes);
      },
      expired: () => {
        screen.cut();
      },
      ended: (why) => {
        log.info({ principalId: principal.id, reason: why.message }, 'an open screen sees nothing any more');
        screen.end(problemOf(why));
      },
    });
    socket.on('disconnect', () => {
      this.watchers.remove(watcher);
      city.remove(screen);
    });
    answerMessages(socket, { city, screen, watcher });
    this.watchers.add(watcher);
  }

  /** What this gateway holds of a city's log; undefined while it reads it. */
  stateOf(city: string): StreamState | undefined {
    return this.#cities.get(city)?.state;
  }

  async beforeApplicationShutdown(): Promise<void> {
    queuedPackets.delete(this.#countQueued);
    await Promise.all([...this.#cities.values()].map((city) => city.close()));
  }

  private principalOf(socket: LiveSocket): Promise<Principal> {
    const { token } = socket.handshake.auth;
    return this.watchers.principalOf(typeof token === 'string' ? token : undefined);
  }
}

/** What a screen asks is answered, or it is told what is wrong with it. */
function answerMessages(
  socket: LiveSocket,
  { city, screen, watcher }: { city: LiveCity; screen: SocketScreen; watcher: Watcher },
): void {
  const messages = new RateLimit(MESSAGES);
  const subscribes = new RateLimit(SUBSCRIBES);
  const isTooOften = (name: unknown) =>
    messages.take(socket.id) > 0 || (name === 'subscribe' && subscribes.take(socket.id) > 0);
  // socket.io lets names be numbers, too
  socket.onAny((name: unknown, body: unknown, ...rest: unknown[]) => {
    const answer = answerWith([body, ...rest].at(-1));
    if (isTooOften(name)) {
      screen.cut();
      return;
    }
    try {
      if (name === 'subscribe') city.subscribe(screen, wishOf(body, watcher.eyes()), answer);
      else if (name === 'track') {
        if (!city.track(screen, parse(TrackArea, body, 'track').area))
          throw new Fault('conflict', 'subscribe before you track an area');
        answer({});
      } else throw new Fault('invalid', `there is no message ${String(name).slice(0, 40)}: send subscribe or track`);
    } catch (error) {
      if (!(error instanceof Fault)) log.error({ err: error }, 'unexpected error answered on a socket');
      answer(problemOf(error instanceof Fault ? error : undefined));
    }
  });
}

/** The acknowledgement a client asked for; whoever asked for none hears none. */
function answerWith(last: unknown): (answer: object) => void {
  return typeof last === 'function' ? (last as (answer: object) => void) : () => undefined;
}

/** engine.io keeps its buffer private; nothing public tells how much waits. */
function packetsQueued({ conn }: Pick<Socket, 'conn'>): number {
  return (conn as unknown as { writeBuffer: readonly unknown[] }).writeBuffer.length;
}
