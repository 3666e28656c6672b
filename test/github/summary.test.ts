import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  appendSummary,
  code,
  escapeMarkdown,
  markdownTable,
  messageMarkdown,
  SUMMARY_LIMIT,
} from '../../src/github/summary.ts';
import { runs } from '../harness/runs.ts';
import { tempDir } from '../harness/temp-dir.ts';

async function inJob() {
  const dir = await tempDir();
  const file = join(dir.path, 'summary');
  writeFileSync(file, '');
  return {
    env: { GITHUB_STEP_SUMMARY: file },
    read: () => readFileSync(file, 'utf8'),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

describe('appendSummary', () => {
  it('appends, each with the end of its line', async () => {
    await using job = await inJob();
    expect([appendSummary(job.env, '# a'), appendSummary(job.env, 'b\n')]).toEqual([true, true]);
    expect(job.read()).toBe('# a\nb\n');
    expect(() => appendSummary({}, 'x')).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('takes exactly as much as GitHub does', async () => {
    await using job = await inJob();
    expect(appendSummary(job.env, 'é'.repeat((SUMMARY_LIMIT - 2) / 2))).toBe(true);
    expect(appendSummary(job.env, '')).toBe(true);
    expect(Buffer.byteLength(job.read())).toBe(SUMMARY_LIMIT);
    expect(appendSummary(job.env, 'x')).toBe(false);
    expect(Buffer.byteLength(job.read())).toBe(SUMMARY_LIMIT);
  });

  it('cuts at the end of a line, closes what is open, and says so', async () => {
    await using job = await inJob();
    const rows = '| é row of a table | `zlib` |\n'.repeat(40_000);
    expect(appendSummary(job.env, `<details><summary>x</summary>\n\n\`\`\`\n${rows}`)).toBe(false);
    const text = job.read();
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(SUMMARY_LIMIT);
    expect(Buffer.byteLength(text)).toBeGreaterThan(SUMMARY_LIMIT - 300);
    expect(text).not.toContain('\ufffd');
    expect(text).toMatch(/\| `zlib` \|\n```\n\n<\/details>\n\n\*The rest is left out: .*\*\n$/);
  });

  it('cuts one endless line to the sentence', async () => {
    await using job = await inJob();
    expect(appendSummary(job.env, 'x'.repeat(SUMMARY_LIMIT + 1))).toBe(false);
    expect(job.read().trim()).toMatch(/^\*The rest is left out.*\*$/);
  });
});

/** What a reader sees of an escaped text: comments gone, entities resolved. */
function seen(markdown: string): string {
  return markdown
    .replaceAll('<!-- -->', '')
    .replace(/&#(\d+);/g, (_, digits: string) => String.fromCharCode(Number(digits)));
}

const hostile = fc
  .array(
    fc.constantFrom(
      ...[
        '|',
        '`',
        '``',
        '\\',
        '<script>',
        '<!--',
        '-->',
        '&lt;',
        '&#124;',
        '[x](javascript:y)',
        '![i](u)',
        '@octocat',
      ],
      ...[
        '#1',
        'GH-1',
        'https://evil.example',
        'www.evil.example',
        'a@b.example',
        '*',
        '_',
        '~~',
        '\n',
        '\r',
        '\u202e',
      ],
      ...['- ', '1. ', '# ', '> ', '=== ', '    ', 'zlib', ' ', 'é', '$x$', ':tada:', '|---|'],
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

describe('text from outside', () => {
  it.each([
    ['zlib@1.3.1+optimize~pic', '`zlib@1.3.1+optimize~pic`'],
    ['a\\', '`a\\`'],
    ['<b>&amp;', '`<b>&amp;`'],
    ['a|b', '<code>a&#124;b</code>'],
    ['``', '<code>&#96;&#96;</code>'],
    ['a\nb', '`a\\nb`'],
    ['', '<code></code>'],
    ['@', '`@`'],
    [' zlib@1.3', '<code>&#32;zlib&#64;<!-- -->1.3</code>'],
  ])('as code: %j is %j', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it.each([
    ['zlib@1.3', 'zlib&#64;<!-- -->1.3'],
    ['@octocat see #12, GH-3', '&#64;<!-- -->octocat see &#35;<!-- -->12, GH<!-- -->-3'],
    ['www.evil.example', 'www<!-- -->.evil.example'],
    ['https://x', 'https&#58;//x'],
    ['1. a', '&#49;. a'],
    ['- a', '&#45; a'],
    ['a | b\\|', 'a &#124; b&#92;&#124;'],
    ['<img src=x onerror=y>', '&#60;img src=x onerror=y&#62;'],
    ['a\n# b', 'a&#92;n&#35; b'],
  ])('as prose: %j is %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  it('leaves nothing to a parser, and is seen as it is', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeMarkdown(text);
        const shown = text
          .replace(/\r\n/g, '\n')
          .replaceAll('\n', '\\n')
          .replaceAll('\r', '\\x0d')
          .replaceAll('\u202e', '\\u{202e}');
        expect(seen(escaped)).toBe(shown);
        const rest = escaped.replaceAll('<!-- -->', '').replace(/&#\d+;/g, '');
        expect(rest).not.toMatch(/[<>&|`*_[\]\\@#:~$!\n\r]/);
        expect(escaped).not.toMatch(/^[\s\d+=-]|www\./i);
        const quoted = code(text);
        expect(quoted).toMatch(/^(`[^`|\n]+`|<code>[^<>|\n]*(?:<!-- -->[^<>|\n]*)*<\/code>)$/);
        expect(seen(quoted.replace(/^(`|<code>)|(`|<\/code>)$/g, ''))).toBe(
          quoted.startsWith('`') ? seen(shown) : shown,
        );
      }),
      { numRuns: runs(1000) },
    );
  });

  it('never changes the shape of a table', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile), { maxLength: 4 }), (texts) => {
        const rows = texts.map(([a, b]) => [code(a), escapeMarkdown(b), `${a}\n${b}`]);
        const lines = markdownTable(['a', 'b|', 'c', 'd'], rows).split('\n');
        expect(lines).toHaveLength(texts.length + 3);
        for (const line of lines.slice(0, -1)) expect(line.match(/\|/g)).toHaveLength(5);
      }),
    );
  });
});

it('markdownTable', () => {
  expect(markdownTable(['Spec', 'State'], [['`a`', 'present'], ['`b`']])).toBe(
    '| Spec | State |\n| --- | --- |\n| `a` | present |\n| `b` |  |\n',
  );
});

describe('a message', () => {
  it('has its commands as code, and nothing else of it is Markdown', () => {
    expect(messageMarkdown('Check it: `curl -sI http://a`, then @you')).toBe(
      'Check it&#58; `curl -sI http://a`, then &#64;<!-- -->you',
    );
    expect(messageMarkdown('`a`')).toBe('`a`');
    expect(messageMarkdown('``')).toBe('');
  });

  it('whatever stands between backticks, it stays in there', () => {
    expect(messageMarkdown('`<img src=x>|` and `a\nb`')).toBe(
      '<code>&#60;img src=x&#62;&#124;</code> and `a\\nb`',
    );
  });

  it('a backtick without another is a character', () => {
    expect(messageMarkdown('a`b')).toBe(escapeMarkdown('a`b'));
    expect(messageMarkdown('`a` b`')).not.toContain('`');
  });
});
