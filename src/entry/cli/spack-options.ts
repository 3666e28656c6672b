/** Options of Spack's verbs that have nothing to do here: accepted where that is harmless, else refused with what to use. */
import { type Command, Option } from 'commander';
import { BuildcacheError } from '../../core/errors.ts';

/** For a verb that asks nothing, so that there is nothing to say yes to. */
export function addYesToAll(command: Command): Command {
  return command.option('-y, --yes-to-all', 'as in Spack; nothing is asked here', false);
}

/** Spack's long form of `--yes`, for a verb that has that. */
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
 * @param why that this is not here; `hint` says what is
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
