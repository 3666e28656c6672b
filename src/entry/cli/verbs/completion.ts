/** `buildcache completion`: a script that completes verbs, options and what they take, for a shell. */
import { Argument, type Command } from 'commander';
import { buildProgram } from '../cli.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { defineProgram } from '../definition.ts';
import type { VerbContext } from '../verb.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

export function define(command: Command, context: VerbContext): void {
  command
    .addArgument(new Argument('<shell>', 'whose script').choices(Object.keys(SHELLS)))
    .action(async (shell: keyof typeof SHELLS) => {
      const program = await buildProgram([], context, '');
      context.stdout.write(SHELLS[shell](defineProgram(program)));
    });
}
