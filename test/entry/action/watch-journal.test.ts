import { execFileSync } from 'node:child_process';
import { appendFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endWatch } from '../../../src/entry/action/end-watch.ts';
import { noteSent, noteTurn, readJournal } from '../../../src/entry/action/watch-journal.ts';
import { jobReporter } from '../../../src/github/job-reporter.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const SHA256 = 'a'.repeat(64);
const BLOBS = { sent: 5, size: 7, sha256: SHA256 };
const PUSHED = { kind: 'pushed', sent: 5, size: 7, sha256: SHA256, when: 'building' } as const;

describe('the journal of a watcher', () => {
  it('is read as it was written', async () => {
    await using dir = await tempDir();
    noteTurn(dir.path, 'begun');
    noteSent(dir.path, 'one', 'abc', { kind: 'blobs', blobs: BLOBS });
    noteSent(dir.path, 'two', 'abc', { kind: 'entry', outcome: PUSHED });
    expect(await readJournal(dir.path)).toEqual({
      watched: new Map([
        ['one', { pushed: new Map(), sent: new Map([['abc', BLOBS]]) }],
        ['two', { pushed: new Map([['abc', { ...PUSHED, image: undefined }]]), sent: new Map() }],
      ]),
      hasBegun: true,
      hasEnded: false,
    });
    noteTurn(dir.path, 'ended');
    expect(await readJournal(dir.path)).toMatchObject({ hasEnded: true });
  });

  it('that is not there says nothing', async () => {
    await using dir = await tempDir();
    expect(await readJournal(dir.path)).toEqual({ watched: new Map(), hasBegun: false, hasEnded: false });
  });

  it.each([
    ['half a line, as a kill leaves it', '{"is":"blobs","mirror":"one","ha'],
    ['what is none of its lines', '{"is":"other"}\nnull\n[]\n'],
    [
      'a digest that is none',
      JSON.stringify({ ...BLOBS, is: 'blobs', mirror: 'one', hash: 'x', sha256: '../..' }),
    ],
    ['a size that is none', JSON.stringify({ ...BLOBS, is: 'blobs', mirror: 'one', hash: 'x', size: -1 })],
  ])('leaves out %s, and nothing else', async (_, text) => {
    await using dir = await tempDir();
    noteSent(dir.path, 'one', 'abc', { kind: 'blobs', blobs: BLOBS });
    appendFileSync(join(dir.path, 'journal.jsonl'), text);
    const { watched } = await readJournal(dir.path);
    expect([...(watched.get('one')?.sent ?? [])]).toEqual([['abc', BLOBS]]);
  });
});

// What a job builds runs as the same user as the watcher.
describe('what a build may have put where a watcher leaves its files', () => {
  const end = async (folder: string) => {
    const reporter = jobReporter({ annotations: false, debug: false, write: () => {} });
    return await endWatch({ 'STATE_autopush-watch': folder }, new AbortController().signal, reporter);
  };

  it.each(['pid', 'log', 'journal.jsonl'])('a pipe called %s is not waited for', async (name) => {
    await using dir = await tempDir();
    execFileSync('mkfifo', [join(dir.path, name)]);
    expect(await end(dir.path)).toMatchObject({ watched: new Map(), said: [] });
  });

  it('a link called log shows no file of the machine', async () => {
    await using dir = await tempDir();
    const secret = join(dir.path, 'environ');
    writeFileSync(secret, 'INPUT_SIGNING-KEY=x\n');
    symlinkSync(secret, join(dir.path, 'log'));
    expect(await end(dir.path)).toMatchObject({ said: [] });
  });

  it.each(['', 'x', '{"is":"', '{"is":"other"}'])(
    'nine megabytes of lines of %j cost next to nothing',
    async (line) => {
      await using dir = await tempDir();
      noteSent(dir.path, 'one', 'abc', { kind: 'blobs', blobs: BLOBS });
      appendFileSync(join(dir.path, 'journal.jsonl'), Buffer.alloc(9_000_000, `${line}\n`));
      const before = process.cpuUsage();
      const { watched } = await readJournal(dir.path);
      expect([...(watched.get('one')?.sent ?? [])]).toEqual([['abc', BLOBS]]);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1e6).toBeLessThan(1);
    },
  );

  it('of a log and a journal without an end the end is read', async () => {
    await using dir = await tempDir();
    for (const name of ['log', 'journal.jsonl']) {
      writeFileSync(join(dir.path, name), '');
      truncateSync(join(dir.path, name), 8 * 1024 ** 3);
    }
    appendFileSync(join(dir.path, 'log'), '\nthe last line\n');
    appendFileSync(join(dir.path, 'journal.jsonl'), '\n{"is":"ended"}\n');
    const ended = await end(dir.path);
    expect(ended?.said.at(-1)).toBe('the last line');
    expect(ended?.said.join('\n').length).toBeLessThan(300_000);
    expect(ended?.problem).toBeUndefined();
  });
});
