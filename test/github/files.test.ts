import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addPath,
  exportVariable,
  OUTPUT_LIMIT,
  saveState,
  setJsonOutput,
  setOutput,
} from '../../src/github/files.ts';
import { readInput, readState } from '../../src/github/inputs.ts';
import { writeAction } from '../harness/fake-action.ts';
import { startJob } from '../harness/runner.ts';
import { parseFileCommands } from '../harness/runner-files.ts';
import { runs } from '../harness/runs.ts';
import { tempDir } from '../harness/temp-dir.ts';

async function inJob() {
  const dir = await tempDir();
  const file = (name: string) => join(dir.path, name);
  const names = ['OUTPUT', 'STATE', 'ENV', 'PATH'] as const;
  for (const name of names) writeFileSync(file(name), '');
  return {
    file,
    env: Object.fromEntries(names.map((name) => [`GITHUB_${name}`, file(name)])),
    text: (name: (typeof names)[number]) => readFileSync(file(name), 'utf8'),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

/** Any but the surrogates, which no file in UTF-8 can hold. */
const codePoint = fc.oneof(fc.integer({ max: 0xd7ff, min: 0 }), fc.integer({ min: 0xe000, max: 0x10ffff }));

describe('outputs', () => {
  it('round-trip whatever they hold', async () => {
    await using job = await inJob();
    const value = fc.oneof(
      fc.array(codePoint).map((points) => String.fromCodePoint(...points)),
      fc
        .array(fc.constantFrom('\n', '\r', '=', '<<', 'EOF', 'a=b', 'x<<EOF', '\0', '\ufeff'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), (values) => {
        writeFileSync(job.file('OUTPUT'), '');
        for (const [i, each] of values.entries()) setOutput(job.env, `out-${i}`, each);
        const expected = values.map((each, i) => [`out-${i}`, each]);
        expect([...parseFileCommands(job.text('OUTPUT'))]).toEqual(expected);
      }),
      { numRuns: runs(200) },
    );
  });

  it('cannot smuggle another output in, whatever was in the file', async () => {
    await using job = await inJob();
    setOutput(job.env, 'first', 'x\nghadelimiter_\nneeds-rebuild=false\nEOF');
    const delimiter = /<<(\S+)/.exec(job.text('OUTPUT'))?.[1] ?? '';
    setOutput(job.env, 'second', `x\n${delimiter}\nneeds-rebuild=false`);
    appendFileSync(job.file('OUTPUT'), 'third=3\n');
    expect([...parseFileCommands(job.text('OUTPUT')).keys()]).toEqual(['first', 'second', 'third']);
  });

  it('have a limit of their own', async () => {
    await using job = await inJob();
    setOutput(job.env, 'a', 'x'.repeat(OUTPUT_LIMIT));
    expect(() => setOutput(job.env, 'b', 'x'.repeat(OUTPUT_LIMIT + 1))).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
    expect([...parseFileCommands(job.text('OUTPUT')).keys()]).toEqual(['a']);
  });

  it.each(['', 'a b', 'a=b', 'a\nb', '1a', 'é'])('must have a name: %j', async (name) => {
    await using job = await inJob();
    expect(() => setOutput(job.env, name, 'x')).toThrow(expect.objectContaining({ code: 'internal' }));
  });

  it('need a job, and say which file is not writable', () => {
    expect(() => setOutput({}, 'a', 'x')).toThrow(expect.objectContaining({ code: 'usage' }));
    const GITHUB_OUTPUT = '/nonexistent/folder/file';
    expect(() => setOutput({ GITHUB_OUTPUT }, 'a', 'x')).toThrow(
      expect.objectContaining({ code: 'not-found', facts: expect.objectContaining({ file: GITHUB_OUTPUT }) }),
    );
  });
});

describe('setJsonOutput', () => {
  it('writes the whole to a file, and to the output if it fits', async () => {
    await using job = await inJob();
    const file = job.file('below/specs.json');
    setJsonOutput(job.env, 'specs', [{ name: 'é\n' }], file);
    expect(Object.fromEntries(parseFileCommands(job.text('OUTPUT')))).toEqual({
      specs: '[{"name":"é\\n"}]',
      'specs-file': file,
      'specs-truncated': 'false',
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([{ name: 'é\n' }]);

    const large = { include: [{ x: 'x'.repeat(OUTPUT_LIMIT) }] };
    setJsonOutput(job.env, 'matrix', large, file, '{"include":[]}');
    expect(Object.fromEntries(parseFileCommands(job.text('OUTPUT')))).toMatchObject({
      matrix: '{"include":[]}',
      'matrix-truncated': 'true',
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(large);
  });
});

describe('state, variables and PATH', () => {
  it('refuse what would keep every following process from starting', async () => {
    await using job = await inJob();
    const largest = 'x'.repeat(128 * 1024 - 1 - 'STATE_s='.length);
    saveState(job.env, 's', largest);
    expect(() => saveState(job.env, 's', `${largest}x`)).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
    expect(() => exportVariable(job.env, 'V', 'a\0b')).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
    for (const name of ['NODE_OPTIONS', 'GITHUB_SHA', 'runner_temp']) {
      expect(() => exportVariable(job.env, name, 'x'), name).toThrow(
        expect.objectContaining({ code: 'usage' }),
      );
    }
    expect(() => addPath(job.env, '/a\n/evil')).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect([job.text('ENV'), job.text('PATH')]).toEqual(['', '']);

    await using dir = await tempDir();
    const action = await writeAction(dir.path, {
      'action.yml': 'runs: {using: node24, main: main.mjs, post: post.mjs}',
      'main.mjs': `import fs from 'node:fs'; fs.copyFileSync(process.env.FROM, process.env.GITHUB_STATE)`,
      'post.mjs': 'console.log(process.env.STATE_s.length)',
    });
    await using run = await startJob({ env: { FROM: job.file('STATE') } });
    await run.uses(action);
    expect((await run.finish())[0]?.stdout).toBe(`${largest.length}\n`);
  });

  it('are written as the runner reads them', async () => {
    await using job = await inJob();
    saveState(job.env, 'Some-State', 'a\nb');
    exportVariable(job.env, 'SPACK_MIRRORS', 'a=b');
    addPath(job.env, '/opt/a b');
    addPath(job.env, '/opt/c');
    expect(Object.fromEntries(parseFileCommands(job.text('STATE')))).toEqual({ 'Some-State': 'a\nb' });
    expect(Object.fromEntries(parseFileCommands(job.text('ENV')))).toEqual({ SPACK_MIRRORS: 'a=b' });
    expect(job.text('PATH')).toBe('/opt/a b\n/opt/c\n');
  });
});

it('readInput and readState', () => {
  const env = { 'INPUT_TRUSTED-KEYS': ' a \n', INPUT_A_B: '', INPUT_BLANK: ' \n', 'STATE_Some-State': ' x ' };
  expect(readInput(env, 'trusted-keys')).toBe('a');
  for (const name of ['a b', 'blank', 'none']) expect(readInput(env, name)).toBeUndefined();
  expect(readState(env, 'Some-State')).toBe(' x ');
  expect(readState(env, 'some-state')).toBeUndefined();
});
