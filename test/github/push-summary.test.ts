import { expect, it } from 'vitest';
import { pushSummary } from '../../src/github/push-summary.ts';
import type { PushRow } from '../../src/report/autopush-rows.ts';

const row = (name: string, kind: PushRow['kind'], reason: string): PushRow => ({
  ...{
    kind,
    name,
    version: '1',
    hash: 'h',
    short_spec: `${name}@1`,
    mirror: 'ours',
    reason,
    sha256: undefined,
  },
});

it('has failures first, a reason that many share once, and says where the rest is', () => {
  const failed = Array.from({ length: 1000 }, (_, i) => row(`p${i}`, 'failed', `s3://b/${i}: denied`));
  const summary = pushSummary([row('good', 'pushed', '1 kB'), ...failed], ['the index is stale']);
  const lines = summary.split('\n');
  expect(lines[0]).toBe('## ❌ Build cache: 1 pushed, 0 skipped, 1000 failed');
  expect(lines.filter((line) => line.includes('denied'))).toHaveLength(1);
  expect(lines.filter((line) => line.endsWith('| failed | as above |'))).toHaveLength(199);
  expect(summary).toContain('…and 801 more');
  expect(summary).toContain('- the index is stale');
});

it('calls what a sync does by its name', () => {
  const summary = pushSummary([row('a', 'pushed', '1 kB')], [], 'copied');
  expect(summary).toMatch(/1 copied, 0 skipped, 0 failed.+\| copied \|/s);
});
