/**
 * The one entry of the bundle. Each launcher beside it calls one of these functions, which loads only its own part.
 */
import { annotation } from '../github/workflow-commands.ts';
import type { CommandName } from './action/manifest/commands.ts';
import { exitOnUncaught } from './uncaught.ts';
import { variables } from './variables.ts';

/** Runs the command line and sets the exit code. */
export async function cli(): Promise<void> {
  const { packageVersion, runCli } = await import('./cli/cli.ts');
  const version = packageVersion(new URL('../package.json', import.meta.url));
  // Sockets that are kept alive must not keep us alive.
  process.exit(await runCli(process.argv.slice(2), version));
}

/** The action's main step. @param command the sub-action's; undefined for the action itself, whose inputs say which */
export async function main(command?: CommandName): Promise<void> {
  const env = variables();
  if (command !== undefined) env['INPUT_COMMAND'] = command;
  await step(async () => (await import('./action/main.ts')).runMain(env));
}

/** The action's post step. */
export async function post(): Promise<void> {
  await step(async () => (await import('./action/post.ts')).runPost(variables()));
}

/** The process that pushes what a job's steps build while they run. The main step starts it. */
export async function watch(args: readonly string[]): Promise<void> {
  // Sockets that are kept alive must not keep us alive.
  process.exit(await (await import('./action/watch-process.ts')).runWatch(variables(), args));
}

async function step(run: () => Promise<number>): Promise<void> {
  const putBack = exitOnUncaught((text) => void process.stdout.write(`${annotation('error', text)}\n`));
  try {
    process.exitCode = await run();
  } finally {
    putBack();
  }
}
