import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Fault } from '@siaga/contracts';
import { LogStanding } from '@siaga/identity';
import { RouteSettings, type Principal } from '@siaga/service';
import { eyesOf, type Eyes } from './eyes.ts';

/** A timer of Node counts no further, about 24 days; whoever it wakes too early waits again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What becomes of an open socket when it is no longer true what its watcher could see. */
export interface WatcherPorts {
  /** He sees with other eyes from now on. */
  sees(eyes: Eyes): void;
  /** His token has ended: whoever he is now shows another one. */
  expired(): void;
  /** He may see nothing any more. */
  ended(why: Fault): void;
}

/** Somebody at an open socket: who he is now, whatever his token said when he came. */
export class Watcher {
  readonly #principal: Principal;
  readonly #standing: LogStanding;
  readonly #ports: WatcherPorts;
  #eyes: Eyes | undefined;
  #next: NodeJS.Timeout | undefined;

  constructor(principal: Principal, standing: LogStanding, ports: WatcherPorts) {
    this.#principal = principal;
    this.#standing = standing;
    this.#ports = ports;
  }

  /** Names him among those of all cities. */
  get name(): string {
    return nameOf(this.#principal.id, this.#principal.city);
  }

  /** What he may see at this moment. Throws `unauthenticated` when that is nothing. */
  eyes(): Eyes {
    return eyesOf(this.#standing.now(this.#principal), Date.now());
  }

  /** Looks who he is now, tells when that changes what he may see, and looks again when it next may change by itself. */
  look(): void {
    this.close();
    try {
      const { expiresAtMs = Infinity, reveal } = this.#standing.now(this.#principal);
      const nowMs = Date.now();
      if (expiresAtMs <= nowMs) {
        this.#ports.expired();
        return;
      }
      const eyes = this.eyes();
      if (this.#eyes !== undefined && this.#eyes !== eyes) this.#ports.sees(eyes);
      this.#eyes = eyes;
      const revealEndsMs = reveal !== undefined && reveal.untilMs > nowMs ? reveal.untilMs : Infinity;
      this.#lookAgainAt(Math.min(expiresAtMs, revealEndsMs));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#ports.ended(error);
    }
  }

  /** Looks no more. */
  close(): void {
    clearTimeout(this.#next);
  }

  #lookAgainAt(atMs: number): void {
    if (atMs === Infinity) return;
    this.#next = setTimeout(
      () => {
        this.look();
      },
      Math.min(atMs - Date.now(), LONGEST_TIMER_MS),
    );
  }
}

const nameOf = (principalId: string, city: string): string => `${city} ${principalId}`;

/** Everybody at an open socket, found by who he is: a change of one principal costs nobody else anything. */
@Injectable()
export class Watchers implements OnModuleDestroy {
  readonly #byPrincipal = new Map<string, Set<Watcher>>();
  readonly #end: () => void;

  constructor(
    private readonly settings: RouteSettings,
    private readonly standing: LogStanding,
  ) {
    this.#end = standing.onChange((principalId, city) => {
      for (const watcher of [...(this.#byPrincipal.get(nameOf(principalId, city)) ?? [])]) watcher.look();
    });
  }

  /** The cities that can be watched here. */
  get cities(): readonly string[] {
    return this.settings.cities;
  }

  /** Whoever shows this token, or ticket. Throws `unauthenticated`. */
  principalOf(token: string | undefined): Promise<Principal> {
    return this.settings.principalOf(token, 'socket');
  }

  /** Somebody at a socket; he is told of nothing before {@link add}. */
  of(principal: Principal, ports: WatcherPorts): Watcher {
    return new Watcher(principal, this.standing, ports);
  }

  /** From now on he is told of changes; then looks, because one may have come since his token was checked. */
  add(watcher: Watcher): void {
    const same = this.#byPrincipal.get(watcher.name) ?? new Set();
    this.#byPrincipal.set(watcher.name, same.add(watcher));
    watcher.look();
  }

  remove(watcher: Watcher): void {
    watcher.close();
    const same = this.#byPrincipal.get(watcher.name);
    same?.delete(watcher);
    if (same?.size === 0) this.#byPrincipal.delete(watcher.name);
  }

  onModuleDestroy(): void {
    this.#end();
  }
}
