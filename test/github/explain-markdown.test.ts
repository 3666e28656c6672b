/** The Markdown face: short enough for a comment, and nothing that a document says is Markdown in it. */
import { expect, test } from 'vitest';
import { explainBelowGate, explainMarkdown } from '../../src/github/explain-markdown.ts';
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

test('below the gate nothing is said twice and no second table stands open', () => {
  const many = (version: string) => Array.from({ length: 20 }, (_, i) => node(`package-${i}`, { version }));
  const markdown = explainBelowGate(resultOf(many('2'), many('1')));
  expect(markdown).not.toContain('are missing');
  expect(markdown).toContain('- 1 spec: ');
  expect(markdown.match(/^- 1 spec: /gm)).toHaveLength(6);
  expect(markdown).toContain('…and 14 more');
  const open = markdown.replace(/<details>.*?<\/details>/gs, '');
  expect(open).not.toMatch(/^\|/m);
  expect(markdown).toMatch(/<details><summary>All 20, as a table<\/summary>\n\n\| Specs/);
});

test('below the gate what explains most comes first', () => {
  const names = Array.from({ length: 9 }, (_, i) => `package-${i}`);
  const near = names.map((name) => node(name, { version: '1' }));
  const fresh = Array.from({ length: 30 }, (_, i) => node(`new-${i}`));
  const wanted = [...names.map((name) => node(name, { version: '2' })), ...fresh];
  const list = explainBelowGate(resultOf(wanted, near))
    .split('\n')
    .filter((line) => line.startsWith('- '));
  expect(list[0]).toMatch(/^- 30 specs: new/);
  expect(list[6]).toBe('- …and 4 more');
});

test('below the gate a few causes are a list, and nothing is folded away', () => {
  const markdown = explainBelowGate(resultOf([node('zlib', { version: '2' })], [node('zlib')]));
  expect(markdown).toMatch(/^### Why\n\n- 1 spec: zlib.*version/);
  expect(markdown).not.toMatch(/<details>|^\|/m);
});

test('below the gate text from documents is neither Markdown nor a mention', () => {
  expect(explainBelowGate(hostile())).not.toMatch(/@somebody|<img|\]\(http|^# title|`code`/m);
});
