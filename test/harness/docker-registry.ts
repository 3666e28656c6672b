/**
 * Debian's `docker-registry` on loopback over a folder that is its own and goes with it; with or without a
 * password.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 20_000;

/** Whom it knows when it asks for a password. */
export const DOCKER_REGISTRY_USER = { username: 'toy', password: 'secret' } as const;
/** Of passwords it takes bcrypt's digests only, which `htpasswd -nbB` makes. */
const HTPASSWD = 'toy:$2y$04$ejVyhFRjGL7sqMLM290BR.4n1I7C.yWxLr9aA/Xj/tMIrxlO9bzg.';

export interface DockerRegistry extends AsyncDisposable {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  /** `oci+http://host/`: append a name. */
  readonly url: string;
  /** What it stores its repositories in. */
  readonly folder: string;
  /** Of its process; undefined where it has ended at once. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

export interface DockerRegistryOptions {
  /** Asks everybody for the password of {@link DOCKER_REGISTRY_USER}. */
  readonly password?: boolean;
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
  const file = join(home, 'htpasswd');
  const auth = options.password === true ? `auth: {htpasswd: {realm: test, path: "${file}"}}\n` : '';
  await writeFile(file, `${HTPASSWD}\n`);
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
  return { host, url: `oci+http://${host}/`, folder, pid: child.pid, stop, [Symbol.asyncDispose]: stop };
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
