/**
 * Options of Spack's verbs that have no use here. An option is accepted where ignoring it is harmless; else it is refused
 * with what to use instead.
 */
import { type Command, Option } from 'commander';
import { BuildcacheError } from '../../core/errors.ts';

/** Accepts `--yes-to-all` for a verb that asks no questions. */
export function addYesToAll(command: Command): Command {
  return command.option('-y, --yes-to-all', 'as in Spack; nothing is asked here', false);
}

/** Adds `--yes`, and Spack's long form of it. */
export function addYes(command: Command, description: string): Command {
  return command
    .option('-y, --yes', description, false)
    .addOption(new Option('--yes-to-all').implies({ yes: true }).hideHelp());
}

/** @param hint what to use instead of a configuration scope */
export function refuseScope(command: Command, hint: string): Command {
  return refuse(command, '--scope <scope>', "Spack's configuration scopes are not read here", hint);
}

/**
 * @param flags as commander wants them
 * @param why the option does not exist here
 * @param hint what to use instead
 */
export function refuse(command: Command, flags: string, why: string, hint: string): Command {
  const option = new Option(flags).hideHelp();
  const usage = () => new BuildcacheError('usage', `${option.long ?? flags}: ${why}`, { hint });
  if (option.required) {
    option.argParser(() => {
      throw usage();
    });
  } else {
    command.hook('preAction', (_, used) => {
      if (used.getOptionValue(option.attributeName()) === true) throw usage();
    });
  }
  return command.addOption(option);
}

/** The help of `--stamp`, which several verbs have. */
export const STAMP = 'leave on the mirrors which specs were needed today, for prune to go by';
