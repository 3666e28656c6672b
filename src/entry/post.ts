/** The action's post step: keeps the indices for the next job. */
import { plain } from '../github/workflow-commands.ts';
import { saveIndexCache } from './index-cache.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Nothing in here may fail a job: what it does is a convenience. */
export async function runPost(env: Env): Promise<number> {
  await saveIndexCache(env, (text) => process.stdout.write(`${plain(`warning: ${text}`)}\n`));
  return 0;
}
