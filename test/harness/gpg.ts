/** GnuPG with a home of its own. Wants gpg (Debian: gnupg). */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Gpg extends AsyncDisposable {
  /** @returns what it writes to stdout */
  run(args: readonly string[], input?: string): string;
  /** What `--verify` says of a file, in gpg's words for machines. Throws when it does not accept it. */
  verify(file: string): string;
}

/** @param folder where its home is made */
export function startGpg(folder: string, passphrase = ''): Gpg {
  const home = join(folder, 'gnupg');
  mkdirSync(home, { mode: 0o700 });
  const env = { ...process.env, GNUPGHOME: home };
  const common = ['--batch', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', passphrase];
  const run: Gpg['run'] = (args, input = '') =>
    execFileSync('gpg', [...common, ...args], {
      env,
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  return {
    run,
    verify: (file) => run(['--status-fd', '1', '--verify', file]),
    [Symbol.asyncDispose]: async () => void execFileSync('gpgconf', ['--kill', 'all'], { env }),
  };
}
