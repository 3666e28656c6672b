/**
 * Where a user keeps things. A variable that is empty or a relative path counts as not set, as the XDG base directory
 * specification says: what a checked-out repository has in its `.local` or `.docker` is not the user's.
 */
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Env } from './env.ts';

/** @throws where neither the environment nor the system knows one */
export function homeFolder({ HOME }: Env): string {
  if (HOME !== undefined && isAbsolute(HOME)) return HOME;
  const home = homedir();
  return isAbsolute(home) ? home : userInfo().homedir;
}

/** @param below the home folder, where the variable does not say a place */
export function userFolder(env: Env, variable: `XDG_${string}_HOME`, below: string): string {
  const folder = env[variable];
  return folder !== undefined && isAbsolute(folder) ? folder : join(homeFolder(env), below);
}
