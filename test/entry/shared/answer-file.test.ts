import { execFileSync } from 'node:child_process';
import { closeSync, constants, lstatSync, openSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { errorCode } from '../../../src/core/errors.ts';
import { removeAnswer, writeAnswer } from '../../../src/entry/shared/answer-file.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { runVerb } from '../run-verb.ts';

/** What was written to each stream. */
function streams() {
  const said = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof said) => ({
    write(text: string) {
      said[name] += text;
    },
  });
  return { said, stdout: stream('stdout'), stderr: stream('stderr'), signal: new AbortController().signal };
}

test.each(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'])('%s is our own stream', async (file) => {
  const own = streams();
  await writeAnswer(file, 'answer', own);
  expect(own.said).toEqual({ stdout: 'answer', stderr: '' });
});

test.each(['/dev/stderr', '/dev/fd/2', '/proc/self/fd/2'])('%s is our other one', async (file) => {
  const own = streams();
  await writeAnswer(file, 'answer', own);
  expect(own.said).toEqual({ stdout: '', stderr: 'answer' });
});

describe.runIf(process.platform === 'linux')('what a shell has open for us', () => {
  test.each(['/dev/fd', '/proc/self/fd'])('%s/N is written to, and stays what it is', async (folder) => {
    await using dir = await tempDir();
    const descriptor = openSync(join(dir.path, 'open'), 'w');
    const file = `${folder}/${descriptor}`;
    try {
      await writeAnswer(file, 'one ', streams());
      await writeAnswer(file, 'two', streams());
      await removeAnswer(file);
      expect(lstatSync(file).isSymbolicLink()).toBe(true);
    } finally {
      closeSync(descriptor);
    }
    expect(readFileSync(join(dir.path, 'open'), 'utf8')).toBe('one two');
    expect(readdirSync(dir.path)).toEqual(['open']);
  });

  test('nothing is made', async () => {
    const file = '/dev/fd/no-such';
    await expect(writeAnswer(file, 'answer', streams())).rejects.toMatchObject({ facts: { file } });
  });
});

test.runIf(process.platform === 'linux')('a pipe with a name is written to, and stays', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'pipe');
  execFileSync('mkfifo', [file]);
  await removeAnswer(file);
  const written = writeAnswer(file, 'answer', streams());
  await sleep(20); // nobody reads yet
  const [read] = await Promise.all([readFile(file, 'utf8'), written]);
  expect(read).toBe('answer');
  expect(lstatSync(file).isFIFO()).toBe(true);
});

test.runIf(process.platform === 'linux')('a signal ends the wait for the reader of a pipe', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'pipe');
  execFileSync('mkfifo', [file]);
  const stop = new AbortController();
  const written = writeAnswer(file, 'answer', { ...streams(), signal: stop.signal });
  await sleep(20);
  stop.abort();
  await expect(written).rejects.toMatchObject({ code: 'cancelled' });
  // Also where it came before.
  await expect(writeAnswer(file, 'answer', { ...streams(), signal: stop.signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
});

test.runIf(process.platform === 'linux')('a pipe whose reader is slow gets all of it', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'pipe');
  execFileSync('mkfifo', [file]);
  const text = 'answer '.repeat(50_000);
  const [read] = await Promise.all([readFile(file, 'utf8'), writeAnswer(file, text, streams())]);
  expect(read === text).toBe(true);
});

test.runIf(process.platform === 'linux')(
  'a signal ends the wait for a reader who does not read',
  async () => {
    await using dir = await tempDir();
    const file = join(dir.path, 'pipe');
    execFileSync('mkfifo', [file]);
    const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stop = new AbortController();
      const written = writeAnswer(file, 'answer '.repeat(50_000), { ...streams(), signal: stop.signal });
      const ended = written.then(() => 'written', errorCode);
      await sleep(20);
      stop.abort();
      expect(await Promise.race([ended, sleep(1000, 'waits')])).toBe('cancelled');
    } finally {
      closeSync(reader);
    }
  },
);

test('a link is replaced, whatever it leads to', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'answer');
  symlinkSync('/dev/null', file);
  await writeAnswer(file, 'answer', streams());
  expect(readFileSync(file, 'utf8')).toBe('answer');
});

test('any other file is replaced, and removed', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'answer');
  await writeAnswer(file, 'one', streams());
  await writeAnswer(file, 'two', streams());
  expect(readFileSync(file, 'utf8')).toBe('two');
  await removeAnswer(file);
  expect(readdirSync(dir.path)).toEqual([]);
});

// Where we are root, each of these put a file in the place of the device.
test.each([
  ['autopush', '--record', '/dev/fd/9'],
  ['autopush', '--times', '/dev/fd/9', '/no/mirror'],
  ['prune', '--history', '/dev/fd/9', '/no/mirror'],
  ['image', '--output', '/dev/fd/9'],
  ['image', '--layout', '/dev/fd/9'],
  ['bundle', 'create', '--all', '-m', '/no/mirror', '-o', '/dev/fd/9'],
  ['mirror', 'add', '--mirrors', '/dev/fd/9', 'name', 's3://bucket'],
])('%s refuses a device for what is replaced as a whole: %s %s', async (...args) => {
  await using dir = await tempDir();
  const { code, err } = await runVerb(args, dir.path);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^error: \/dev\/fd\/9: .*device/m) });
});
