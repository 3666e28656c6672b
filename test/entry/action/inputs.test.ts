import { describe, expect, it } from 'vitest';
import { readActionInputs } from '../../../src/entry/action/inputs.ts';
import { COMMAND, COMMANDS, type CommandName } from '../../../src/entry/action/manifest/commands.ts';
import { ALLOWED, type Input, UNSET } from '../../../src/entry/action/manifest/input-kinds.ts';
import { INPUTS, type InputName } from '../../../src/entry/action/manifest/inputs.ts';
import { unusedInputs } from '../../../src/entry/action/unused-inputs.ts';
import { environmentOf } from '../command-line.ts';

const envOf = (inputs: Record<string, string>) =>
  Object.fromEntries(Object.entries(inputs).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text]));
const read = (inputs: Record<string, string>) => readActionInputs(envOf(inputs), environmentOf('1.2'));

describe.each(Object.entries(COMMANDS))('command: %s, of what the runner gives it', (command, { inputs }) => {
  const own: [string, Input][] = [
    ['command', COMMAND],
    ...inputs.map((name: InputName): [string, Input] => [name, INPUTS[name]]),
  ];
  /** What a step leaves out has its default, and what is empty stays so. */
  const defaults = Object.fromEntries(own.map(([name, input]) => [name, String(input.default)]));
  async function settings(more: Record<string, string>) {
    const all = await read({ ...defaults, command, mirrors: '{both: /b}', ...more });
    const { checkoutEnv: _, environment: __, ...rest } = all;
    return rest;
  }

  it('refuses what is empty and must not be, and says what to write', async () => {
    const usual = await settings({});
    for (const [name, { empty, kind, default: otherwise }] of own) {
      const blanks = name === 'mirrors' ? [] : ['', ' \n'];
      for (const blank of kind === 'list' ? [...blanks, '# repository=org/*\n  # and no other'] : blanks) {
        if (empty === ALLOWED) expect(await settings({ [name]: blank }), name).toEqual(usual);
        else {
          const what = blank.includes('#') ? 'has nothing but comments' : 'is empty, as of a variable or a';
          const error = await settings({ [name]: blank }).catch((reason: unknown) => reason);
          expect(error, name).toMatchObject({
            code: 'usage',
            message: expect.stringContaining(`the input ${name} ${what}`),
            facts: {
              hint: expect.stringContaining(`write ${otherwise} (in an expression: || '${otherwise}')`),
            },
          });
          expect(error).toMatchObject({ message: expect.stringContaining(`would mean ${empty.meaning}`) });
        }
      }
    }
  });

  it('takes what it is told to write as if it were left out', async () => {
    const usual = await settings({});
    for (const [name] of own.filter(([one]) => one !== 'command' && one !== 'mirrors')) {
      const all: Record<string, string> = { ...defaults, command, mirrors: '{both: /b}' };
      const { [name]: _, ...others } = all;
      const { checkoutEnv: __, environment: ___, ...without } = await read(others);
      // Of the actions that write nothing, the input does not exist: no post step may push then.
      expect(without, name).toEqual(name === 'autopush' ? { ...usual, autopush: 'off' } : usual);
    }
  });
});

it('what must not be empty has a default that is not', () => {
  const all: Input[] = [COMMAND, ...Object.values(INPUTS)];
  for (const { empty, text, default: otherwise } of all)
    if (empty !== ALLOWED) expect(String(otherwise), text).not.toBe('');
});

it('nothing else than an input whose default it is means unset', async () => {
  await expect(read({ command: 'prune', grace: UNSET })).rejects.toThrow('the input grace is wrong');
  await expect(read({ verify: UNSET })).rejects.toThrow('the input verify is wrong');
  expect(await read({ specs: `# no more\n${UNSET}` })).toMatchObject({ selection: { specs: [] } });
  expect(await read({ specs: `hdf5\n${UNSET}` })).toMatchObject({ selection: { specs: ['hdf5', UNSET] } });
});

it('comments and empty lines beside an item of a list do no harm', async () => {
  expect(await read({ exclude: '# why\n\n  cuda  \n# no more' })).toMatchObject({
    selection: { exclude: ['cuda'] },
  });
});

it('an empty input stops no command that does not take it', async () => {
  for (const command of ['install', 'sync', 'prune', 'plan', 'explain'])
    await read({ command, mirrors: '{both: /b}', autopush: '' });
  await read({ command: 'check', 'keep-list': '', pin: '# none', 'older-than': '', publish: '' });
});

it.each([',', 'sources', 'sources both'])('autopush: %s names no mirror to push to', async (autopush) => {
  const mirrors = '{sources: {url: /s, binary: false}, both: /b}';
  await expect(read({ mirrors, autopush })).rejects.toThrow('the input autopush is wrong');
  await read({ mirrors, autopush: 'both' });
});

describe('inputs that a command does not take', () => {
  const defaults = Object.fromEntries(
    Object.entries(INPUTS).map(([name, { default: otherwise }]) => [name, String(otherwise)]),
  );
  const unused = (command: CommandName, inputs: Record<string, string>) =>
    unusedInputs(command, envOf({ ...defaults, 'github-token': 'secret', ...inputs }));

  it('are not told of as long as they have their defaults, or turn something off', () => {
    for (const command of Object.keys(COMMANDS) as CommandName[]) {
      expect(unused(command, {})).toEqual([]);
      expect(
        unused(command, { autopush: 'false', 'install-cache': 'False', 'update-index': 'TRUE' }),
      ).toEqual([]);
    }
  });

  it.each([
    ['sync', { include: 'cuda' }],
    ['sync', { exclude: 'cuda' }],
    ['install', { exclude: 'cuda' }],
    ['install', { include: 'hdf5' }],
    ['push', { 'roots-only': 'true' }],
    ['prune', { specs: 'hdf5' }],
    ['autopush', { specs: 'hdf5' }],
    ['sync', { 'require-provenance': 'repository=org/*' }],
    ['sync', { 'min-root-length': '80' }],
  ] as const)('command: %s with %j would do more than is said', (command, inputs) => {
    expect(() => unused(command, inputs)).toThrow(/is not for command: .* would do more/);
    const [name = ''] = Object.keys(inputs);
    const [taker = ''] =
      Object.entries(COMMANDS).find(([, { inputs: own }]) => own.some((one) => one === name)) ?? [];
    expect(unused(taker as CommandName, inputs)).toEqual([]);
  });

  it('are a warning otherwise, which says whose they are', () => {
    expect(unused('sync', { provenance: 'true', tag: 'v1', 'copy-to': './x' })).toEqual([
      'the input tag is for command: push; here it changes nothing',
      'the input provenance is for command: check, push, autopush; here it changes nothing',
    ]);
    // The gate has autopush's post step.
    expect(unused('check', { 'push-while-building': 'true', provenance: 'true', include: 'x' })).toEqual([]);
  });
});
