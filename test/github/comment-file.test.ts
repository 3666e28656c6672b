/** The file that the run of a fork leaves: for whoever posts it, it is hostile. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeError } from '../../src/core/errors.ts';
import type { CommentContent } from '../../src/github/comment.ts';
import {
  COMMENT_FILE,
  findCommentFiles,
  readCommentFile,
  shortened,
  writeCommentFile,
} from '../../src/github/comment-file.ts';
import { tempDir } from '../harness/temp-dir.ts';

const content: CommentContent = {
  subject: 'env',
  mood: 'missing',
  blocks: [
    { is: 'heading', text: 'Why' },
    { is: 'list', items: ['a', 'b'] },
    { is: 'table', headers: ['Specs'], rows: [['1']] },
  ],
};

test('what is written is read', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, COMMENT_FILE);
  await writeCommentFile(file, { pullRequest: 7, content });
  expect(await readCommentFile(file)).toMatchObject({ pullRequest: 7, content });
});

test('what is too much is shortened when it is written, so that it is read', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, COMMENT_FILE);
  const long = 'ä'.repeat(5000);
  const rows = Array.from({ length: 300 }, () => Array(20).fill('x'));
  const huge: CommentContent = {
    subject: long,
    mood: 'fine',
    blocks: [
      { is: 'text', text: long },
      { is: 'list', items: Array(300).fill('x') },
      { is: 'table', headers: [], rows },
      ...Array.from({ length: 100 }, () => ({ is: 'text', text: 'x' }) as const),
    ],
  };
  await writeCommentFile(file, { pullRequest: 7, content: huge });
  const read = await readCommentFile(file);
  expect(read.content).toEqual(shortened(huge));
  expect(read.content.subject).toMatch(/^ä{999}…$/);
  expect(read.content.blocks).toHaveLength(50);
});

const good = { version: 1, pullRequest: 7, content };
const text = (length: number) => ({ ...content, blocks: [{ is: 'text', text: 'x'.repeat(length) }] });

test.each<[string, unknown]>([
  ['no JSON', '{"version": 1'],
  ['another version', { ...good, version: 2 }],
  ['no number', { ...good, pullRequest: '7' }],
  ['a number below one', { ...good, pullRequest: 0 }],
  ['a number that is none', { ...good, pullRequest: 7.5 }],
  ['a number beyond all', '{"version":1,"pullRequest":1e400,"content":{}}'],
  ['a path for a number', { ...good, pullRequest: '7/../../issues/1' }],
  ['a key too many', { ...good, extra: 1 }],
  ['a list', [good]],
  ['no content', { ...good, content: undefined }],
  ['another mood', { ...good, content: { ...content, mood: 'great' } }],
  ['no subject', { ...good, content: { ...content, subject: '' } }],
  ['Markdown of its own', { ...good, content: { ...content, blocks: ['# title'] } }],
  ['another shape', { ...good, content: { ...content, blocks: [{ is: 'html', text: '<b>' }] } }],
  [
    'a shape with more to it',
    { ...good, content: { ...content, blocks: [{ is: 'text', text: 'x', raw: 1 }] } },
  ],
  ['a text that is too long', { ...good, content: text(1001) }],
  ['too many blocks', { ...good, content: { ...content, blocks: Array(51).fill({ is: 'text', text: '' }) } }],
  [
    'too many items',
    { ...good, content: { ...content, blocks: [{ is: 'list', items: Array(101).fill('') }] } },
  ],
  ['a prototype', '{"version":1,"pullRequest":7,"content":{},"__proto__":{"content":{}}}'],
  ['deep nesting', `${'['.repeat(100_000)}`],
  ['names to forge a line with', { ...good, content: { ...content, mood: '\n::error::forged\u001b[31m' } }],
])('%s is refused in one line that names the file', async (_, document) => {
  await using dir = await tempDir();
  const file = join(dir.path, COMMENT_FILE);
  writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document));
  const error = await readCommentFile(file).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'bad-input' });
  const line = describeError(error);
  expect(line).toContain(COMMENT_FILE);
  expect(line.length).toBeLessThan(dir.path.length + 400);
  expect(line).not.toMatch(/\p{Cc}/u);
});

test('what is too large is not read', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, COMMENT_FILE);
  writeFileSync(file, `${JSON.stringify(good)}${' '.repeat(600_000)}`);
  await expect(readCommentFile(file)).rejects.toMatchObject({ code: 'too-large' });
});

test('a link is not followed', async () => {
  await using dir = await tempDir();
  writeFileSync(join(dir.path, 'secret.json'), JSON.stringify(good));
  symlinkSync('secret.json', join(dir.path, COMMENT_FILE));
  await expect(readCommentFile(join(dir.path, COMMENT_FILE))).rejects.toMatchObject({ code: 'bad-input' });
});

test('a download is a file, a folder with it, or a folder for each artifact', async () => {
  await using dir = await tempDir();
  const at = (...names: string[]) => join(dir.path, ...names);
  expect(await findCommentFiles(dir.path)).toEqual([]);
  for (const name of ['b', 'a', 'empty']) mkdirSync(at(name));
  for (const name of ['b', 'a']) writeFileSync(at(name, COMMENT_FILE), '{}');
  writeFileSync(at('a', 'other.json'), '{}');
  mkdirSync(at('outside', 'deep'), { recursive: true });
  writeFileSync(at('outside', 'deep', COMMENT_FILE), '{}');
  symlinkSync(at('outside', 'deep'), at('link'));
  const both = [at('a', COMMENT_FILE), at('b', COMMENT_FILE)];
  expect(await findCommentFiles(dir.path)).toEqual(both);
  expect(await findCommentFiles(at('a'))).toEqual(both.slice(0, 1));
  expect(await findCommentFiles(at('a', COMMENT_FILE))).toEqual(both.slice(0, 1));
  await expect(findCommentFiles(at('nowhere'))).rejects.toMatchObject({ code: 'not-found' });
});

test('more files than a pull request has environments are refused', async () => {
  await using dir = await tempDir();
  for (let i = 0; i < 40; i++) {
    mkdirSync(join(dir.path, String(i)));
    writeFileSync(join(dir.path, String(i), COMMENT_FILE), '{}');
  }
  await expect(findCommentFiles(dir.path)).rejects.toMatchObject({ code: 'too-large' });
});
