/** The closing line: what the test runners of all packages counted. Fails on a failed test, and on a skipped one where all is required. */
import { readFileSync } from 'node:fs';
import { say } from './pnpm.mjs';
import { resultFiles } from './results.mjs';

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const file of resultFiles()) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests;
  // A file that fails before its first test counts too.
  counts.failed += result.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  counts.skipped += result.numPendingTests + result.numTodoTests;
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
if (counts.skipped > 0 && process.env.MIXUP_REQUIRE_ALL === '1') {
  say('a test was skipped where all are required');
  process.exitCode = 1;
}
