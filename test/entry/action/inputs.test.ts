import { describe, expect, it } from 'vitest';
import { readActionInputs } from '../../../src/entry/action/inputs.ts';
import { COMMANDS, type CommandName } from '../../../src/entry/action/manifest/commands.ts';
import { INPUTS } from '../../../src/entry/action/manifest/inputs.ts';
import { unusedInputs } from '../../../src/entry/action/unused-inputs.ts';
import { environmentOf } from '../command-line.ts';

const envOf = (inputs: Record<string, string>) =>
  Object.fromEntries(Object.entries(inputs).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text]));
const read = (inputs: Record<string, string>) => readActionInputs(envOf(inputs), environmentOf('1.2'));

/** Where nothing but comments is left of these lists, nothing is narrowed: that is what was meant. */
const NOT_NARROWING = ['exclude'];
const LISTS = Object.entries(INPUTS).flatMap(([name, { kind }]) => (kind === 'list' ? [name] : []));

it.each(LISTS.filter((name) => !NOT_NARROWING.includes(name)))(
  '%s with comments only is not as if it were not given',
  async (name) => {
    await expect(read({ [name]: '# repository=org/*\n  # and no other' })).rejects.toThrow(
      `the input ${name} is wrong`,
    );
    for (const text of ['', ' \n ']) await read({ [name]: text });
    const item = name === 'fingerprints' ? 'A'.repeat(40) : 'repository=org/*';
    await read({ [name]: `# why\n${item}` });
  },
);

/** Where an empty value, as of a variable that is not set, would do nothing or something else, or protect from nothing. */
const NEVER_EMPTY = ['autopush', 'command', 'require-signatures'];

it.each(Object.entries(COMMANDS))(
  'an empty input of command: %s has its default, or is refused',
  async (command, { inputs }) => {
    /** As the runner gives them: what the step leaves out has its default, and what is empty stays so. */
    const given = Object.fromEntries(inputs.map((name) => [name, String(INPUTS[name].default)]));
    const settings = async (more: Record<string, string>) => {
      const {
        checkoutEnv: _,
        environment: __,
        ...own
      } = await read({ command, ...given, mirrors: '{both: /b}', ...more });
      return own;
    };
    const usual = await settings({});
    for (const name of ['command', ...inputs].filter((one) => one !== 'mirrors')) {
      for (const empty of ['', ' ']) {
        if (NEVER_EMPTY.includes(name))
          await expect(settings({ [name]: empty })).rejects.toThrow(`the input ${name} is wrong`);
        else expect(await settings({ [name]: empty }), name).toEqual(usual);
      }
    }
  },
);

it('an empty autopush does not stop commands that push nothing', async () => {
  for (const command of ['install', 'sync', 'prune', 'plan', 'explain'])
    await read({ command, mirrors: '{both: /b}', autopush: '' });
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
