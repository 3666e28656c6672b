/**
 * The one entry of the bundle. Launchers beside it call what they are for; each loads only its own part.
 */

/** Runs the command line and sets the exit code. */
export async function cli(): Promise<void> {
  const { packageVersion, runCli } = await import('./cli.ts');
  const version = packageVersion(new URL('../package.json', import.meta.url));
  process.exitCode = await runCli(process.argv.slice(2), version);
  // Sockets that are kept alive must not keep us alive.
  if (process.stdout.writableLength === 0) process.exit();
  process.stdout.once('drain', () => process.exit());
}

/** The action's main step. */
export async function main(): Promise<void> {
  const { runMain } = await import('./main.ts');
  process.exitCode = await runMain(process.env);
}

/** The main step of the sub-actions that have one command only. */
export const push = () => mainOf('push');
export const autopush = () => mainOf('autopush');
export const updateIndex = () => mainOf('update-index');
export const install = () => mainOf('install');
export const sync = () => mainOf('sync');

/** The action's post step. */
export async function post(): Promise<void> {
  const { runPost } = await import('./post.ts');
  process.exitCode = await runPost(process.env);
}

async function mainOf(command: string): Promise<void> {
  const { runMain } = await import('./main.ts');
  process.exitCode = await runMain({ ...process.env, INPUT_COMMAND: command });
}
