/** The Markdown face: short enough for a comment, and nothing that a document says is Markdown in it. */
import { expect, test } from 'vitest';
import { explainMarkdown } from '../../src/github/explain-markdown.ts';
import { explain } from '../../src/plan/explain/explain.ts';
import { makePool } from '../../src/plan/explain/pool.ts';
import type { ExplainResult } from '../../src/plan/explain-result.ts';
import { explainText } from '../../src/report/explain-text.ts';
import { decodeNode } from '../../src/spec/decode-node.ts';
import { type Dict, node } from '../spec/node-fixture.ts';

function resultOf(wanted: readonly Dict[], near: readonly Dict[], holder = 'ours'): ExplainResult {
  const read = (dict: Dict) => decodeNode(dict, 5, 'test', 'node');
  const pool = makePool();
  for (const each of near) pool.add(read(each), holder);
  const specs = wanted.map(read);
  const nodes = new Map(specs.map((each) => [each.hash, each]));
  return {
    explanation: explain(specs, { nodes }, pool),
    total: specs.length,
    nodes,
    gate: undefined,
    sources: [holder],
    incomplete: false,
    notes: [],
  };
}

const HOSTILE = '@somebody | <img src=x> [x](http://x) `code` #1\n\n# title \u001b[31m';

function hostile(): ExplainResult {
  const parameters = { build_system: HOSTILE, cflags: [HOSTILE] };
  return resultOf([node('zlib', { parameters, odd: HOSTILE })], [node('zlib')], HOSTILE);
}

test('text from documents is neither Markdown nor a mention', () => {
  const markdown = explainMarkdown(hostile());
  expect(markdown).not.toMatch(/@somebody|<img|\]\(http|^# title|`code`/m);
  const rows = markdown.split('\n').filter((line) => /^\| \d \|/.test(line));
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
});

test('nor do they reach a terminal', () => {
  const text = explainText(hostile(), true);
  for (const line of text) {
    expect(line).not.toContain('\n');
    expect(line).not.toContain('\u001b');
  }
});

test('with thousands of causes it still fits into a comment', () => {
  const many = (version: string) => Array.from({ length: 3000 }, (_, i) => node(`package-${i}`, { version }));
  const markdown = explainMarkdown(resultOf(many('2'), many('1')));
  expect(markdown.length).toBeLessThan(65_536);
  expect(markdown).toContain('…and 2980 more causes.');
});
