/** The text of a comment: as long as GitHub takes, and nothing of what it is told is Markdown, a link or a mention. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block } from '../../src/github/blocks.ts';
import {
  COMMENT_LIMIT,
  type CommentContent,
  commentKey,
  commentText,
  runOfComment,
} from '../../src/github/comment.ts';
import { code } from '../../src/github/summary.ts';
import { runs } from '../harness/runs.ts';

const about = {
  number: 7,
  headSha: 'c0ffee'.repeat(7).slice(0, 40),
  headRepository: 'mallory/repo',
  run: { id: 12, attempt: 2 },
  runUrl: 'https://github.com/octo/repo/actions/runs/12/attempts/2',
};
const textOf = (blocks: readonly Block[], more: Partial<CommentContent> = {}, ofFork = false) =>
  commentText({ subject: 'env', mood: 'missing', blocks, ...more }, about, ofFork);

test('its first line says whose it is, of which environment and run, and shows nothing', () => {
  const text = textOf([{ is: 'text', text: 'one is missing' }]);
  const [marker = '', title, , says] = text.split('\n');
  expect(marker).toMatch(/^<!-- [^>]* -->$/);
  expect([title, says]).toEqual(['### 🔨 Build cache: `env`', 'one is missing']);
  expect(runOfComment(text, commentKey('env'))).toEqual({ id: 12, attempt: 2 });
  expect(runOfComment(text, commentKey('other'))).toBeUndefined();
  expect(runOfComment(`> ${text}`, commentKey('env'))).toBeUndefined();
});

test('it says of which commit it is and links the run, and that it is of a fork', () => {
  expect(textOf([])).toContain(`Of commit \`c0ffeec0ffee\`, by [this run](${about.runUrl}).`);
  expect(textOf([])).not.toContain('fork');
  expect(textOf([], {}, true)).toContain('found by a run of a fork');
});

const HOSTILE = [
  '@octocat @octo/team',
  '[free](https://evil.example) ![x](http://evil.example/a.png) <https://evil.example>',
  'https://evil.example www.evil.example a@evil.example',
  '<script>alert(1)</script><img src=x onerror=x> <!-- --> --> </sub> <details>',
  '# title\n## more\r\n- [ ] task | cell | cell',
  '`code` ``` ~~~ *a* _b_ ~c~ $x$ #1 GH-1 octo/repo#1',
  '<!-- buildcache-action 0123456789abcdef run 999.1 -->',
  '\u202egnp.exe \u200b\u0000\u001b[31m',
];

test.each(HOSTILE)('%j is text wherever it stands', (hostile) => {
  const text = textOf(
    [
      { is: 'heading', text: hostile },
      { is: 'text', text: hostile },
      { is: 'list', items: [hostile] },
      { is: 'table', headers: [hostile, 'b'], rows: [[hostile, hostile]] },
    ],
    { subject: hostile },
  );
  const [marker, title, ...lines] = text.split('\n');
  expect(marker).toBe(textOf([], { subject: hostile }).split('\n')[0]);
  expect(title).toBe(`### 🔨 Build cache: ${code(hostile)}`);
  const ours = lines
    .join('\n')
    .replace(`[this run](${about.runUrl})`, '')
    .replace(/`c0ffeec0ffee`|<\/?sub>|<!-- -->/g, '·');
  expect(ours).not.toMatch(/[<>@`[\]*_~$\\]|https?:|www\.|(?<!&)#\d|GH-\d|(?!\n)[\p{Cc}\p{Cf}]/u);
  const cells = ours.split('\n').filter((line) => line.startsWith('|'));
  expect(cells.map((line) => line.split('|').length)).toEqual([4, 4, 4]);
});

test('what is too long loses whole lines at its end, and says so', () => {
  const rows = Array.from({ length: 100 }, (_, i) => [String(i), '|'.repeat(1000)]);
  const text = textOf([{ is: 'table', headers: ['a', 'b'], rows }]);
  expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
  expect(text.length).toBeGreaterThan(COMMENT_LIMIT - 7000);
  expect(text).toContain('The rest is left out');
  expect(text).toContain('Of commit');
  for (const line of text.split('\n').filter((each) => each.startsWith('|'))) expect(line).toMatch(/\|$/);
});

test('no content makes one that is too long', () => {
  const string = fc.string({ unit: 'binary', maxLength: 1000, size: 'max' });
  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ is: fc.constantFrom('heading', 'text'), text: string }),
    fc.record({ is: fc.constant('list'), items: fc.array(string, { maxLength: 100 }) }),
  );
  fc.assert(
    fc.property(fc.array(block, { maxLength: 50 }), string, (blocks, subject) => {
      const text = textOf(blocks, { subject }, true);
      expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
      expect(text).toMatch(/<\/sub>\n$/);
    }),
    { numRuns: runs(200) },
  );
});
