import { describe, expect, it } from 'vitest';
import { pushSummary } from '../../src/github/push-summary.ts';
import { SUMMARY_LIMIT } from '../../src/github/summary.ts';
import type { PushRow } from '../../src/report/autopush-rows.ts';

const row = (name: string, kind: PushRow['kind'], reason: string, mirror = 'ours'): PushRow => ({
  kind,
  name,
  version: '1',
  hash: 'abcdefghijklmnopqrstuvwxyz234567',
  short_spec: `${name}@1 +a platform=linux`,
  mirror,
  reason,
  sha256: undefined,
});
const many = (count: number, ...how: [PushRow['kind'], string, string?]) =>
  Array.from({ length: count }, (_, i) => row(`p${i}`, ...how));

/** What is seen without unfolding anything. */
const open = (summary: string) =>
  summary
    .replace(/<details>.*?<\/details>/gs, '')
    .trim()
    .split('\n');

describe('the summary of a push', () => {
  it('has failures first, a reason that many share once, and the rest folded', () => {
    const failed = Array.from({ length: 1000 }, (_, i) => row(`p${i}`, 'failed', `s3://b/${i}: denied`));
    const summary = pushSummary([row('good', 'pushed', '1 kB'), ...failed], ['the index is stale']);
    const lines = open(summary);
    expect(lines[0]).toBe('## ❌ Build cache: 1 pushed, 0 skipped, 1000 failed');
    expect(lines.filter((line) => line.includes('denied'))).toHaveLength(1);
    expect(lines).toContain('- the index is stale');
    expect(lines).toContain(
      '- 1000 failed on `ours`: s3&#58;//b/0&#58; denied (`p0@1/abcdefg`, `p1@1/abcdefg`, `p2@1/abcdefg` and 997 more)',
    );
    expect(lines.length).toBeLessThan(12);
    expect(summary).toContain('<summary>All 1001 in full</summary>');
    expect(summary).toContain('…and 801 more');
  });

  it('has no more than one open table, of names, versions and short hashes', () => {
    const summary = pushSummary(many(40, 'pushed', '1 kB'), []);
    const lines = open(summary);
    expect(lines.filter((line) => line.startsWith('| ---'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('/abcdefg` |'))).toHaveLength(10);
    expect(lines.join()).not.toContain('platform=');
    expect(summary).toContain('| `p39@1 +a platform=linux` |');
  });

  it('is one line where all came from a cache', () => {
    const summary = pushSummary(many(300, 'skipped', 'unpacked from a build cache, not built here', ''), []);
    expect(summary.trim().split('\n')).toEqual([
      '**✅ Build cache: nothing pushed**, 300 skipped: unpacked from a build cache, not built here ' +
        '(`p0@1/abcdefg`, `p1@1/abcdefg`, `p2@1/abcdefg` and 297 more)',
    ]);
  });

  it('says each reason for leaving out once for each mirror', () => {
    const rows = [
      ...many(3, 'skipped', 'the mirror has it already', 'a'),
      ...many(2, 'skipped', 'the mirror has it already', 'b'),
      row('x', 'pushed', '1 kB'),
    ];
    expect(pushSummary(rows, []).match(/skipped on `[ab]`/g)).toEqual(['skipped on `a`', 'skipped on `b`']);
  });

  it('says below its title what is worth saying of the whole', () => {
    const note = '1 pushed while building, 0 at the end';
    expect(open(pushSummary([row('good', 'pushed', '1 kB')], [], 'pushed', note)).slice(0, 3)).toEqual([
      '## ✅ Build cache: 1 pushed, 0 skipped, 0 failed',
      '',
      note,
    ]);
  });

  it('calls what a sync does by its name', () => {
    const summary = pushSummary([row('a', 'pushed', '1 kB')], [], 'copied');
    expect(summary).toMatch(/1 copied, 0 skipped, 0 failed.+\| copied \|/s);
  });

  it('stays far below what GitHub takes, whatever there is to say', () => {
    const reasons = Array.from({ length: 5000 }, (_, i) =>
      row(`p${i}`, i % 2 ? 'failed' : 'skipped', `${'why '.repeat(100)}${i}`),
    );
    const problems = reasons.map(({ reason }) => reason ?? '');
    expect(Buffer.byteLength(pushSummary(reasons, problems))).toBeLessThan(SUMMARY_LIMIT / 4);
  });
});
