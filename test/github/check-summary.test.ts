import { describe, expect, it } from 'vitest';
import type { SpecState } from '../../src/cache/reading/presence.ts';
import { checkSummary } from '../../src/github/check-summary.ts';
import { SUMMARY_LIMIT } from '../../src/github/summary.ts';
import { type CheckResult, decideRebuilds, type MirrorAnswer } from '../../src/plan/rebuild.ts';
import { checkSentence, checkText } from '../../src/report/check-text.ts';
import { decodeNode } from '../../src/spec/decode-node.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { node } from '../spec/node-fixture.ts';

const MISSING: SpecState = { state: 'missing' };
const PRESENT: SpecState = { state: 'present', by: 'index', layout: 'v3' };
const unknown = (code: 'unreachable' | 'denied' | 'corrupt'): SpecState => ({
  state: 'unknown',
  reason: `https://ours/v3: ${code}`,
  code,
});

const specsOf = (count: number): SpecNode[] =>
  Array.from({ length: count }, (_, i) => decodeNode(node(`pkg-${i}`), 5, 'x', 'x')).map((each, i) => ({
    ...each,
    hash: `${String(i).padStart(7, 'a')}${'b'.repeat(25)}`,
  }));

function resultOf(
  specs: readonly SpecNode[],
  mirrors: Readonly<Record<string, (index: number) => SpecState>>,
  notes: readonly string[] = [],
): CheckResult {
  const answers: MirrorAnswer[] = Object.entries(mirrors).map(([name, stateOf]) => ({
    name,
    url: `https://${name}`,
    states: new Map(specs.map(({ hash }, i) => [hash, stateOf(i)])),
    notes,
    index: undefined,
  }));
  const needs = { kind: 'any' } as const;
  const nodes = new Map(specs.map((spec) => [spec.hash, spec]));
  return { decisions: decideRebuilds(specs, answers, needs), nodes, answers, needs, verify: 'exists' };
}

const open = (summary: string) =>
  summary
    .replace(/<details>.*?<\/details>/gs, '')
    .trim()
    .split('\n');

describe('the summary of a gate', () => {
  it('fits a screen with 1,169 missing specs: one open table, the long forms folded', () => {
    const summary = checkSummary(resultOf(specsOf(1300), { ours: (i) => (i < 1169 ? MISSING : PRESENT) }));
    const lines = open(summary);
    expect(lines[0]).toContain('1169 of 1300 specs are missing and need a rebuild');
    expect(lines.length).toBeLessThan(12);
    expect(lines.filter((line) => line.startsWith('| ---'))).toHaveLength(1);
    expect(lines.join()).toContain('`pkg-0@1.0/aaaaaa0`');
    expect(lines.join()).toContain('and 1161 more');
    expect(summary).toContain('…and 969 more: the output `rebuild-specs-file`');
    expect(Buffer.byteLength(summary)).toBeLessThan(SUMMARY_LIMIT / 4);
  });

  it('says of a mirror that is down so in its headline, and what that counts as', () => {
    const result = resultOf(specsOf(6), { ours: () => unknown('unreachable') });
    expect(checkSentence(result)).toBe('6 of 6 specs are unknown: the mirror did not answer.');
    expect(checkSummary(result)).toContain('6 of 6 specs are unknown');
    expect(checkSummary(result)).not.toContain('built as if');
    expect(checkSummary(result, { onUnknown: 'rebuild' })).toContain('built as if they were missing');
  });

  it('says why a mirror did not answer, also where the others decide', () => {
    const result = resultOf(specsOf(6), { ours: () => unknown('unreachable'), other: () => MISSING });
    expect(checkSentence(result)).toBe('6 of 6 specs are missing and need a rebuild.');
    const summary = checkSummary(result);
    expect(summary).toContain('**Unknown**, and decided by other mirrors:');
    expect(summary).toMatch(/- ours&#58; .*unreachable \(6 specs\)/);
    const text = checkText(result);
    expect(text).toContain('Unknown, decided by other mirrors: pkg-0, pkg-1, pkg-2 and 3 more:');
    expect(text.filter((line) => line.includes('unreachable'))).toHaveLength(1);
  });

  it('says why what is of local source is never there, and nothing of its folder is Markdown or endless', () => {
    const paths = ['/src | <img src=x> `@org', `/${'x'.repeat(100_000)}`];
    const specs = specsOf(3).map((each, i) => {
      const path = paths[i];
      return path === undefined ? each : { ...each, variants: new Map([['dev_path', path]]) };
    });
    const result = resultOf(specs, { ours: () => MISSING, theirs: () => MISSING });
    const summary = checkSummary(result);
    expect(summary.split('\n')[0]).toContain(
      '3 of 3 specs are missing and need a rebuild &#40;2 of local source&#41;',
    );
    const cells = summary
      .split('\n')
      .flatMap((line) => line.split(' | ').filter((cell) => /built from/.test(cell)));
    expect(cells.map((cell) => cell.length < 400)).toEqual([true, true]);
    expect(cells[0]).toBe(
      'built from local source&#58; /src &#124; &#60;img src=x&#62; &#96;&#64;<!-- -->org',
    );
    const [own] = checkText(result).filter((line) => line.startsWith('  - pkg-0'));
    expect(own).toMatch(/ {2}built from local source: \/src \| <img src=x> `@org$/);
  });

  it('stays below what GitHub takes, whatever mirrors say', () => {
    const notes = Array.from({ length: 3000 }, (_, i) => `${'note '.repeat(100)}${i}`);
    const states = (i: number): SpecState => ({
      state: 'unknown',
      reason: 'x '.repeat(2000) + i,
      code: 'io',
    });
    const summary = checkSummary(resultOf(specsOf(3000), { ours: states }, notes));
    expect(Buffer.byteLength(summary)).toBeLessThan(SUMMARY_LIMIT / 4);
  });
});

describe('the answer in one sentence', () => {
  it('names what is missing and unknown, and which mirrors left it so', () => {
    const specs = specsOf(4);
    const ours = (i: number) => (i === 0 ? MISSING : unknown('unreachable'));
    const two = resultOf(specs, { ours, theirs: () => unknown('denied') });
    expect(checkSentence(two)).toBe(
      '1 of 4 specs is missing and needs a rebuild; 3 are unknown: ours did not answer, theirs denied access.',
    );
    const damaged = resultOf(specs, { ours: () => unknown('corrupt') });
    expect(checkSentence(damaged)).toMatch(/4 of 4 .*: the mirror gave no answer that can be used\.$/);
    expect(checkSentence(resultOf(specs, { ours: () => PRESENT }))).toMatch(/^All 4 specs are present/);
  });

  it('has the words of the states in the lines above it', () => {
    const lines = checkText(resultOf(specsOf(2), { ours: (i) => (i === 0 ? MISSING : unknown('denied')) }));
    expect(lines.join('\n')).toMatch(
      /1 missing, 1 unknown.*\n\nMissing, dependencies first:\n.*\n\nUnknown: pkg-1:/s,
    );
  });
});
