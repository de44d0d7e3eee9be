import { Injectable } from '@nestjs/common';
import { withinMs } from './within-ms.ts';

/** One look at one dependency. `detail` says what is wrong and since when, for the person who can mend it. */
export interface HealthReport {
  ok: boolean;
  detail?: string;
}

interface Check {
  look: () => HealthReport | Promise<HealthReport>;
  live: boolean;
}

/** Whoever asks has no patience: what does not answer by then is told as not ok, and the other checks are heard. */
const LOOK_WITHIN_MS = 3000;

/**
 * Named checks of a process. `ready`: it can do its work now. `live`: only a restart would help (a watchdog's verdict).
 */
@Injectable()
export class Health {
  readonly #checks = new Map<string, Check>();

  add(name: string, look: Check['look'], options: { live?: boolean } = {}): void {
    this.#checks.set(name, { look, live: options.live ?? false });
  }

  /** Every check's report; one that throws is not ok. */
  async report(which: 'live' | 'ready'): Promise<{ ok: boolean; checks: Record<string, HealthReport> }> {
    const chosen = [...this.#checks].filter(([, check]) => which === 'ready' || check.live);
    const reports = await Promise.all(chosen.map(async ([name, check]) => [name, await lookSafely(check)] as const));
    return { ok: reports.every(([, report]) => report.ok), checks: Object.fromEntries(reports) };
  }
}

async function lookSafely(check: Check): Promise<HealthReport> {
  try {
    return await withinMs(LOOK_WITHIN_MS, () => check.look());
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
