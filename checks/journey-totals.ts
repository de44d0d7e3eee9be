import type { Reporter, Suite } from '@playwright/test/reporter';

/** Prints the journeys' closing totals in the form `checks/test.ts` adds up. */
export default class JourneyTotals implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(): void {
    const outcomes = (this.suite?.allTests() ?? []).map((test) =>
      test.outcome() === 'skipped' ? 'skipped' : test.ok() ? 'passed' : 'failed',
    );
    const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
    for (const test of this.suite?.allTests() ?? [])
      if (test.outcome() === 'flaky') console.log(`unsteady, passed only when played again: ${test.title}`);
    console.log(`journeys: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
