/**
 * Inputs that are given and that the command does not take. The root action has the inputs of all commands, so no runner
 * warns of them, and without a word a workflow would be taken to do what it does not.
 */
import type { Env } from '../../core/env.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { readInput } from '../../github/inputs.ts';
import { COMMANDS, type Command, type CommandName } from './manifest/commands.ts';
import type { Input } from './manifest/input-kinds.ts';
import { INPUTS, type InputName } from './manifest/inputs.ts';

/** Read for every command, or of no effect where nothing is done that they could change. */
const FOR_ALL: ReadonlySet<InputName> = new Set([
  'environment',
  'mirrors',
  'only-mirrors',
  'require-signatures',
  'install-tree',
  'spack-prefix',
  'spack-scope',
  'allow-unsafe-pull-request-target',
  'github-token',
  'jobs',
  'timeout',
  'retries',
  'summary',
  'annotations',
  'trusted-keys',
  'signing-key',
  'signing-passphrase',
  'dry-run',
]);

/** They narrow what is done: a command that passes them over would do more than the workflow says. */
const NARROWING: readonly InputName[] = [
  'specs',
  'include',
  'exclude',
  'roots-only',
  'require-provenance',
  'min-root-length',
];

/**
 * @returns what to warn of: a sentence for each input that changes nothing
 * @throws BuildcacheError `usage` for one that would have narrowed what is done
 */
export function unusedInputs(command: CommandName, env: Env): string[] {
  const unused = (Object.keys(INPUTS) as InputName[]).filter(
    (name) => !FOR_ALL.has(name) && isGiven(name, env) && !isTaken(name, command),
  );
  const wrong = unused.find((name) => NARROWING.includes(name));
  if (wrong !== undefined) {
    throw new BuildcacheError(
      'usage',
      `the input ${wrong} is not for command: ${command}, which would do more than it says`,
      {
        expected: `command: ${takers(wrong).join(', ')}`,
        hint: 'leave it out, or say it where specs are selected',
      },
    );
  }
  return unused.map(
    (name) => `the input ${name} is for command: ${takers(name).join(', ')}; here it changes nothing`,
  );
}

/** Whether it says something else than its default, and more than that something is not to be done. */
function isGiven(name: InputName, env: Env): boolean {
  const text = readInput(env, name);
  const input: Input = INPUTS[name];
  if (text === undefined || text === String(input.default)) return false;
  return !/^false$/i.test(text) && !(input.kind === 'flag' && input.default);
}

function takers(name: InputName): CommandName[] {
  return (Object.keys(COMMANDS) as CommandName[]).filter((command) => isTaken(name, command));
}

/** Whether the command does anything with it. */
export function isTaken(name: InputName, command: CommandName): boolean {
  const { inputs }: Command = COMMANDS[command];
  // The gate has the post step of autopush, though its sub-action does not show it.
  return (
    inputs.includes(name) || (command === 'check' && COMMANDS.autopush.inputs.some((each) => each === name))
  );
}
