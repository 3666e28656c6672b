/** .ci/tally.mjs lets nothing through that did not run and pass. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'tally-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PASSED = file('passed', 'passed', 'passed');

describe('tally', () => {
  it('adds up and ends with the totals', () => {
    const { lines, status } = tally({ a: [PASSED, PASSED], b: [file('passed', 'passed')] });
    expect(lines).toEqual([
      'a: 4 passed, 0 failed, 0 skipped',
      'b: 1 passed, 0 failed, 0 skipped',
      '5 passed, 0 failed, 0 skipped',
    ]);
    expect(status).toBe(0);
  });

  it.each([
    ['a failed test', [file('failed', 'passed', 'failed')], '1 passed, 1 failed, 0 skipped'],
    ['a file that does not load', [PASSED, file('failed')], '2 passed, 1 failed, 0 skipped'],
    ['a skipped test', [file('passed', 'passed', 'skipped')], '1 passed, 0 failed, 1 skipped'],
    ['a test that is to be written', [file('passed', 'passed', 'todo')], '1 passed, 0 failed, 1 skipped'],
    ['no test at all', [], '0 passed, 0 failed, 0 skipped'],
  ])('fails for %s', (_, files, last) => {
    const { lines, status } = tally({ a: files });
    expect(lines.at(-1)).toBe(last);
    expect(status).toBe(1);
  });

  it('names what did not pass, with its file and why', () => {
    const failed = {
      status: 'failed',
      fullName: 'sync copies',
      failureMessages: ['expected 1 to be 2\n    at here'],
    };
    const skipped = { status: 'skipped', fullName: 'sync waits' };
    const tests = {
      name: join(process.cwd(), 'test/a.test.ts'),
      status: 'failed',
      assertionResults: [failed, skipped],
    };
    const unloaded = {
      name: join(process.cwd(), 'test/b.test.ts'),
      status: 'failed',
      assertionResults: [],
      message: 'no x',
    };
    expect(tally({ a: [tests, unloaded] }).lines).toEqual([
      'a: 0 passed, 2 failed, 1 skipped',
      '  failed: test/a.test.ts: sync copies',
      '    expected 1 to be 2',
      '        at here',
      '  skipped: test/a.test.ts: sync waits',
      '  failed: test/b.test.ts',
      '    no x',
      '0 passed, 2 failed, 1 skipped',
    ]);
  });

  it('fails for a report that is not there, and says which', () => {
    const { lines, status } = tally({ a: [PASSED], b: undefined });
    expect(lines[1]).toMatch(/^b: no report/);
    expect(lines.at(-1)).toBe('2 passed, 0 failed, 0 skipped');
    expect(status).toBe(1);
  });
});

function file(status: string, ...tests: string[]) {
  return { status, assertionResults: tests.map((test) => ({ status: test })) };
}

/** @param reports vitest's results by name; undefined where the report is missing */
function tally(reports: Readonly<Record<string, readonly object[] | undefined>>) {
  const given = Object.entries(reports).map(([name, testResults]) => {
    const path = join(folder, `${testResults === undefined ? 'missing-' : ''}${name}.json`);
    if (testResults !== undefined) writeFileSync(path, JSON.stringify({ testResults }));
    return `${name}=${path}`;
  });
  const script = join(import.meta.dirname, '../.ci/tally.mjs');
  const { stdout, status } = spawnSync(process.execPath, [script, ...given], { encoding: 'utf8' });
  return { lines: stdout.trimEnd().split('\n'), status };
}
