/**
 * Prints a line `not green: <path> <passed> <failed> <skipped>` for each spec that failed, and the closing line
 * `N passed, N failed, N skipped` (suites that could not load count as failures); ends a run that a forgotten server or
 * timer would keep alive, naming what was left open.
 */
export default class ClosingTotals {
  constructor({ passWithNoTests }) {
    this.mayBeEmpty = passWithNoTests;
  }

  onRunComplete(_contexts, results) {
    const failedIn = (suite) => suite.numFailingTests || (suite.testExecError ? 1 : 0);
    const skippedIn = (suite) => suite.numPendingTests + suite.numTodoTests;
    const failed = results.testResults.reduce((sum, suite) => sum + failedIn(suite), 0);
    const notGreen = results.testResults.filter((suite) => failedIn(suite) > 0);
    const skipped = results.numPendingTests + results.numTodoTests;
    const isEmpty = results.numTotalTests === 0 && !this.mayBeEmpty;
    process.once('exit', () => {
      for (const suite of notGreen)
        process.stdout.write(
          `\nnot green: ${suite.testFilePath} ${suite.numPassingTests} ${failedIn(suite)} ${skippedIn(suite)}`,
        );
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
