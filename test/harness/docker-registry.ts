/**
 * Debian's `docker-registry` on loopback over a folder that is its own and goes with it; with a user it asks
 * for a password (bcrypt by `htpasswd`, of Debian's apache2-utils).
 */
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TestUser } from './registry-tokens.ts';

const START_MS = 20_000;

export interface DockerRegistry extends AsyncDisposable {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  /** `oci+http://host/`: append a name. */
  readonly url: string;
  /** What it stores its repositories in. */
  readonly folder: string;
  stop(): Promise<void>;
}

export interface DockerRegistryOptions {
  readonly user?: TestUser;
  /** A folder of a registry to start with; it is copied. */
  readonly content?: string;
  /** Off: deletes are refused. */
  readonly deletes?: boolean;
}

export async function startDockerRegistry(options: DockerRegistryOptions = {}): Promise<DockerRegistry> {
  const home = await mkdtemp(join(tmpdir(), 'docker-registry-'));
  const folder = join(home, 'data');
  if (options.content === undefined) await mkdir(folder);
  else await cp(options.content, folder, { recursive: true });
  const host = `127.0.0.1:${await freePort()}`;
  const config = join(home, 'config.yml');
  const { user } = options;
  if (user !== undefined) await writeFile(join(home, 'htpasswd'), await htpasswd(user));
  const auth =
    user === undefined ? '' : `auth: {htpasswd: {realm: test, path: "${join(home, 'htpasswd')}"}}\n`;
  await writeFile(
    config,
    `version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage:
  filesystem: {rootdirectory: "${folder}"}
  delete: {enabled: ${options.deletes !== false}}
http: {addr: "${host}"}
${auth}`,
  );
  const log = join(home, 'log');
  const child = spawn('sh', ['-c', 'exec docker-registry serve "$1" >"$2" 2>&1', 'sh', config, log], {
    stdio: 'ignore',
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await exited;
      clearTimeout(patience);
    }
    await rm(home, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_MS;
  while (!(await answers(`http://${host}/v2/`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      const said = (await readFile(log, 'utf8').catch(() => '')).slice(-2_000);
      await stop();
      throw new Error(`docker-registry did not start (apt-get install docker-registry):\n${said}`);
    }
    await sleep(20);
  }
  return { host, url: `oci+http://${host}/`, folder, stop, [Symbol.asyncDispose]: stop };
}

async function htpasswd({ username, password }: TestUser): Promise<string> {
  const { stdout } = await promisify(execFile)('htpasswd', ['-nbB', '-C', '4', username, password]).catch(
    (error: unknown) => {
      throw new Error('htpasswd is missing: apt-get install apache2-utils', { cause: error });
    },
  );
  return `${stdout.trim()}\n`;
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    () => true,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
