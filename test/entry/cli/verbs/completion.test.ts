/** Completion as a shell runs it: bash, which is on every machine that the tests run on, and what the others are told. */
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildProgram } from '../../../../src/entry/cli/cli.ts';
import { defineProgram, type VerbDefinition } from '../../../../src/entry/cli/definition.ts';
import { VERBS } from '../../../../src/entry/cli/verbs.ts';
import { buildcache } from '../../command-line.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

let scripts: Record<(typeof SHELLS)[number], string>;
let verbs: readonly VerbDefinition[];

beforeAll(async () => {
  const script = async (shell: string) => (await buildcache(['completion', shell])).stdout;
  scripts = { bash: await script('bash'), zsh: await script('zsh'), fish: await script('fish') };
  const silent = { write: () => undefined, isTTY: false };
  const signal = new AbortController().signal;
  const context = { env: {}, cwd: '/', stdout: silent, stderr: silent, signal, exit: () => undefined };
  verbs = defineProgram(await buildProgram([], context, ''));
});

describe('bash completes', () => {
  test.each([
    ['the verbs', 'pre', ['preview']],
    ['an alias, as a verb', 'rebuild-', ['rebuild-index']],
    ['no hidden verb', 'mirror crea', []],
    ['the options of that verb', 'check --roots', ['--roots-only']],
    ['the same for its alias', 'create --unsi', ['--unsigned']],
    ['no option of another verb', 'list --update-in', []],
    ['what an option may be', 'check --verify ', ['exists', 'manifests', 'blobs']],
    ['no options where a word may stand', 'mirror ', expect.not.arrayContaining(['--help'])],
    ['the same after =', 'check --verify=m', ['manifests']],
    ['the same straight after =', 'check --color=', ['auto', 'always', 'never']],
    ['an option of one letter', 'check -', expect.arrayContaining(['-e', '-m', '-h'])],
    ['verbs of a verb', 'mirror s', ['scope', 'set', 'set-url']],
    ['options of a verb of a verb', 'mirror add --autop', ['--autopush']],
    ['verbs after help', 'help che', ['check', 'check-index']],
    ['what an argument may be', 'completion ', ['bash', 'zsh', 'fish']],
    ['nothing where a path may stand: bash then offers files', 'check -e ', []],
    ['nothing of ours after --', 'autopush --watch -- --he', []],
  ])('%s', (_, typed, expected) => {
    expect(complete(typed)).toEqual(expected);
  });

  test('files by its own means where a path may stand, and none where a number does', () => {
    expect(bash(`complete -p buildcache`)).toContain('-o default');
    expect(usesFiles('check --jobs ')).toBe(false);
    expect(usesFiles('check --environment ')).toBe(true);
  });

  test('in a shell that stops at unset variables and at failures', () => {
    expect(complete('check --roots', 'set -eu')).toEqual(['--roots-only']);
  });
});

test.each(SHELLS)('the script for %s has every verb and option that help shows', (shell) => {
  const all = verbs.flatMap((verb) => [verb, ...verb.verbs]);
  expect(verbs.map(({ name }) => name)).toEqual(VERBS.map(({ name }) => name));
  for (const { names, options } of all) {
    for (const name of names) expect(scripts[shell]).toMatch(new RegExp(`\\b${name}\\b`));
    for (const option of options.flatMap((one) => one.names)) {
      const shown = shell === 'fish' ? option.replace(/^--/, '-l ').replace(/^-(?=\w$)/, '-s ') : option;
      expect(scripts[shell]).toContain(shown);
    }
  }
});

test('a shell that it does not know is bad usage, and the answer names those it knows', async () => {
  const { code, stdout, stderr } = await buildcache(['completion', 'tcsh']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('bash, zsh, fish');
});

function complete(typed: string, before = ''): string[] {
  return bash(`${before}\n${called(typed)}\nprintf '%s\\n' \${COMPREPLY[@]+"\${COMPREPLY[@]}"}`)
    .split('\n')
    .filter((line) => line !== '');
}

/** Outside of a completion bash refuses `compopt`: what it is called with says what would be offered. */
function usesFiles(typed: string): boolean {
  const spy = 'compopt() { echo compopt "$@"; }';
  return !bash(`${spy}\n${called(typed)}`).includes('compopt +o default');
}

/** Words as readline makes them: it breaks at = too. */
function called(typed: string): string {
  const words = `buildcache ${typed}`.replaceAll('=', ' = ').split(/ +/);
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const at = words.length - 1;
  // A word that has only just begun after = is the = itself.
  if (typed.endsWith('='))
    return `COMP_WORDS=(${quoted.replace(/ ''$/, '')}); COMP_CWORD=${at - 1}; _buildcache`;
  return `COMP_WORDS=(${quoted}); COMP_CWORD=${at}; _buildcache`;
}

function bash(lines: string): string {
  const args = ['--norc', '--noprofile', '-c', `${scripts.bash}\n${lines}`];
  return execFileSync('bash', args, { encoding: 'utf8' });
}
