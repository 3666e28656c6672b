/**
 * Options and arguments without a value, as `--environment "$ENVIRONMENT"` where nobody has set the variable. A path would
 * be the working directory, specs would be none or all, and a command would do nothing and succeed.
 */
import type { Command } from 'commander';
import { BuildcacheError } from '../../core/errors.ts';
import { endsInDashes, splitAtDashes } from './split-at-dashes.ts';

/** Verbs that run what stands behind `--`: an argument of that may be empty. */
const RUN_COMMANDS = ['autopush', 'plan'];

/** @throws BuildcacheError `usage` that names the option, or the argument by its place; also for `--` without a command */
export function refuseBlanks(command: Command): void {
  const option = command.options.find((each) =>
    [command.getOptionValue(each.attributeName())].flat().some(isBlank),
  );
  if (option !== undefined) throw blank(option.long ?? option.flags);
  const isRunning = RUN_COMMANDS.includes(command.name());
  const operands = isRunning ? splitAtDashes(command, command.args)[0] : command.args;
  const at = operands.findIndex(isBlank);
  if (at >= 0) throw blank(`argument ${at + 1}`);
  if (isRunning && endsInDashes(command)) throw blank('the command behind --');
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

function blank(what: string): BuildcacheError {
  return new BuildcacheError('usage', `${what} is empty`, {
    hint: 'give it a value, or leave it out; most likely a variable is not set',
  });
}
