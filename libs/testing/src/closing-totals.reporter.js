/**
 * Prints the closing line `N passed, N failed, N skipped` (suites that could not load count as failures), and ends a run
 * that a forgotten server or timer would keep alive, naming what was left open.
 */
export default class ClosingTotals {
  constructor({ passWithNoTests }) {
    this.mayBeEmpty = passWithNoTests;
  }

  onRunComplete(_contexts, results) {
    const unloaded = results.testResults.filter((suite) => suite.testExecError && suite.numFailingTests === 0).length;
    const failed = results.numFailedTests + unloaded;
    const skipped = results.numPendingTests + results.numTodoTests;
    const isEmpty = results.numTotalTests === 0 && !this.mayBeEmpty;
    process.once('exit', () => {
      process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
      // at a natural end Node 24 closes what native code holds open, and was seen to wait for that for ever
      process.exit(failed > 0 || !results.success || isEmpty ? 1 : 0);
    });
    setTimeout(() => {
      process.stderr.write(`\nStill open 5 s after the last test: ${process.getActiveResourcesInfo().join(', ')}\n`);
      process.exit(1);
    }, 5000).unref();
  }
}
