/** Whatever is empty on the command line is refused before anything is read, asked or written. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { buildProgram } from '../../../src/entry/cli/cli.ts';
import { defineProgram, type VerbDefinition } from '../../../src/entry/cli/definition.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { mirrorOf } from '../command-line.ts';
import { runVerb } from '../run-verb.ts';

const context = {
  env: {},
  cwd: '/',
  stdout: { write: () => undefined, isTTY: false },
  stderr: { write: () => undefined, isTTY: false },
  signal: new AbortController().signal,
  exit: () => undefined,
};
const program: Command = await buildProgram([], context, '');
const flat = (verbs: readonly VerbDefinition[]): VerbDefinition[] =>
  verbs.flatMap((verb) => (verb.verbs.length > 0 ? flat(verb.verbs) : [verb]));
const verbs = flat(defineProgram(program)).filter(({ name }) => name !== 'completion');

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'bundle create': ['-o', 'x'],
  download: ['-p', 'x'],
  'save-specfile': ['-s', 'x', '--specfile-dir', 'x'],
};

it('every option with a value, and the arguments of every verb', async () => {
  await using dir = await tempDir();
  const tried = new Set<string>();
  for (const { name, options, arguments: operands, usage } of verbs) {
    const given = usage.split(' ').flatMap((word) => (word.startsWith('<') ? ['x'] : []));
    const required = REQUIRED[name] ?? [];
    for (const { names, value } of options.filter((each) => each.value.kind !== 'nothing')) {
      const flag = names.at(-1) ?? '';
      if (tried.has(flag)) continue; // shared, and refused in one place
      tried.add(flag);
      const ran = await runVerb([...name.split(' '), ...required, ...given, flag, ''], dir.path);
      expect(ran, `${name} ${flag} (${value.kind})`).toMatchObject({ code: 2, out: '' });
      expect(ran.err).toContain(flag);
    }
    if (operands.length === 0) continue;
    const ran = await runVerb([...name.split(' '), ...required, ...given.slice(1), ' '], dir.path);
    expect(ran, name).toMatchObject({ code: 2, out: '', err: expect.stringContaining('is empty') });
  }
  expect(tried.size).toBeGreaterThan(60);
  expect(readdirSync(dir.path)).toEqual([]);
});

it('installs, copies and builds nothing, and overwrites no file, because a variable is not set', async () => {
  await using dir = await tempDir();
  const mirror = mirrorOf('1.2', 'unsigned');
  const source = mirror.startsWith('file:') ? mirror : `file://${mirror}`;
  writeFileSync(join(dir.path, 'mirrors.yaml'), 'mine');
  for (const args of [
    ['install', '-m', source, '-u', '--store', 'store', ''],
    ['sync', '-u', source, './copy', ''],
    ['plan', '-m', source, '--format', 'slurm', '--command', ''],
    ['plan', '-m', source, '--chunk', 'n7wlr2ifbpzbcgmgafo37sp4ert7bbp7', '--'],
    ['autopush', '--watch', source, '--'],
    ['mirror', 'scope', ''],
  ]) {
    const ran = await runVerb(args, dir.path);
    expect(ran, args.join(' ')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('is empty') });
  }
  expect(readdirSync(dir.path)).toEqual(['mirrors.yaml']);
  expect(readFileSync(join(dir.path, 'mirrors.yaml'), 'utf8')).toBe('mine');
});
