import { Injectable } from '@nestjs/common';
import { withinMs } from './within-ms.ts';

/** One look at one dependency. `detail` says what is wrong and since when, for the person who can mend it. */
export interface HealthReport {
  ok: boolean;
  detail?: string;
}

/** One look. For the people of one city it speaks of no other. */
type Look = (city?: string) => HealthReport | Promise<HealthReport>;

interface Check {
  look: Look;
  live: boolean;
  city: string | undefined;
}

/** Whoever asks has no patience: what does not answer by then is told as not ok, and the other checks are heard. */
const LOOK_WITHIN_MS = 3000;

/**
 * Named checks of a process. `ready`: it can do its work now. `live`: only a restart would help (a watchdog's verdict).
 */
@Injectable()
export class Health {
  readonly #checks = new Map<string, Check>();

  /** `city`: the check is of that city alone. */
  add(name: string, look: Look, options: { live?: boolean; city?: string } = {}): void {
    this.#checks.set(name, { look, live: options.live ?? false, city: options.city });
  }

  /** Every check's report, or those that the people of one city are told of; one that throws is not ok. */
  async report(
    which: 'live' | 'ready',
    forCity?: string,
  ): Promise<{ ok: boolean; checks: Record<string, HealthReport> }> {
    const chosen = [...this.#checks].filter(
      ([, { live, city = forCity }]) => (which === 'ready' || live) && (forCity === undefined || city === forCity),
    );
    const reports = await Promise.all(
      chosen.map(async ([name, check]) => [name, await lookSafely(check, forCity)] as const),
    );
    return { ok: reports.every(([, report]) => report.ok), checks: Object.fromEntries(reports) };
  }
}

async function lookSafely(check: Check, forCity: string | undefined): Promise<HealthReport> {
  try {
    return await withinMs(LOOK_WITHIN_MS, () => check.look(forCity));
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
