/**
 * The one entry of the bundle. Launchers beside it call what they are for; each loads only its own part.
 */
import { annotation } from '../github/workflow-commands.ts';
import { exitOnUncaught } from './shared/uncaught.ts';
import { variables } from './shared/variables.ts';

/** Runs the command line and sets the exit code. */
export async function cli(): Promise<void> {
  const { packageVersion, runCli } = await import('./cli/cli.ts');
  const version = packageVersion(new URL('../package.json', import.meta.url));
  // Sockets that are kept alive must not keep us alive.
  process.exit(await runCli(process.argv.slice(2), version));
}

/** The action's main step. */
export async function main(): Promise<void> {
  await step(async () => (await import('./action/main.ts')).runMain(variables()));
}

/** The main step of the sub-actions that have one command only. */
export const plan = () => mainOf('plan');
export const push = () => mainOf('push');
export const autopush = () => mainOf('autopush');
export const updateIndex = () => mainOf('update-index');
export const install = () => mainOf('install');
export const sync = () => mainOf('sync');
export const explain = () => mainOf('explain');
export const comment = () => mainOf('comment');

/** The action's post step. */
export async function post(): Promise<void> {
  await step(async () => (await import('./action/post.ts')).runPost(variables()));
}

async function mainOf(command: string): Promise<void> {
  await step(async () =>
    (await import('./action/main.ts')).runMain(Object.assign(variables(), { INPUT_COMMAND: command })),
  );
}

async function step(run: () => Promise<number>): Promise<void> {
  const putBack = exitOnUncaught((text) => void process.stdout.write(`${annotation('error', text)}\n`));
  try {
    process.exitCode = await run();
  } finally {
    putBack();
  }
}
