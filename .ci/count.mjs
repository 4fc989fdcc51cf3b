/**
 * Sums up reports of vitest, tells each failed test with its reason, and ends with `N passed, N failed`: who reads a
 * log from its end sees what failed.
 *
 * Arguments: how many of the runs ended with an error, then the reports, one for each run. A run that left no report
 * (lint failed before it, or a package was missing) and a file that could not be loaded count as one failure each.
 */
import { existsSync, readFileSync } from 'node:fs';

const [, , endedBadly, ...files] = process.argv;
let passed = 0;
let failed = 0;
for (const file of files) {
  if (!existsSync(file)) {
    console.log(`${file}: no report; the run ended before its tests`);
    failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  for (const { name, message } of broken) console.log(`${name} could not run: ${message}`);
  failed += broken.length;
  for (const { name, assertionResults } of report.testResults) {
    for (const test of assertionResults.filter(({ status }) => status === 'failed')) {
      console.log(`FAILED ${name} > ${test.fullName}\n${test.failureMessages.join('\n')}`);
    }
  }
}
// An error outside of any test, such as a rejection that nobody awaited, must not look like success either.
if (Number(endedBadly) > 0 && failed === 0) failed = Number(endedBadly);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
