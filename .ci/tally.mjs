/**
 * Adds up vitest's JSON reports, each given as NAME=FILE, and ends with one line: `N passed, N failed, N skipped`.
 * Names each test that failed or was skipped, with why: of a long log often only the end is kept.
 * Exits 1 when a test failed or was skipped, a file did not load, or a report is missing or holds no test.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const total = { passed: 0, failed: 0, skipped: 0 };
let sound = true;
for (const argument of process.argv.slice(2)) {
  const at = argument.indexOf('=');
  const name = argument.slice(0, at);
  const count = tally(argument.slice(at + 1));
  if (typeof count === 'string') {
    sound = false;
    console.log(`${name}: ${count}`);
    continue;
  }
  console.log(`${name}: ${line(count)}`);
  for (const text of count.told) console.log(`  ${text}`);
  for (const key of Object.keys(total)) total[key] += count[key];
  if (count.passed === 0) sound = false;
}
console.log(line(total));
process.exitCode = sound && total.failed === 0 && total.skipped === 0 ? 0 : 1;

/** @returns the counts, or why there are none */
function tally(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return `no report (${error.message})`;
  }
  const count = { passed: 0, failed: 0, skipped: 0, told: [] };
  for (const { name, assertionResults, status, message } of report.testResults) {
    const path = relative(process.cwd(), name ?? '');
    for (const test of assertionResults) {
      // Whatever is neither passed nor failed (skipped, pending, todo) did not run.
      const kind = test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped';
      count[kind]++;
      if (kind !== 'passed')
        count.told.push(`${kind}: ${path}: ${test.fullName}${because(test.failureMessages?.[0])}`);
    }
    // A file that fails to load has no tests to fail.
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) {
      count.failed++;
      count.told.push(`failed: ${path}${because(message)}`);
    }
  }
  return count;
}

/** The first lines of a failure, indented; nothing where there is none. */
function because(message) {
  if (!message) return '';
  const lines = message.split('\n').slice(0, 12);
  return ['', ...lines].join('\n    ').slice(0, 2000);
}

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
