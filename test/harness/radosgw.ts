/**
 * A real S3 server: Ceph's gateway over one monitor and one storage daemon in memory, all on loopback and in a
 * temporary folder. Needs Debian's `radosgw`, `ceph-mon` and `ceph-osd`.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './listen.ts';

const START_MS = 60_000;

export interface Radosgw {
  /** Without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts it with one user who may do everything in buckets of their own. */
export async function startRadosgw(accessKey: string, secretKey: string): Promise<Radosgw> {
  for (const program of ['radosgw', 'ceph-mon', 'ceph-osd']) {
    await run(program, ['--version']).catch(() => {
      throw new Error(
        `${program} is missing: apt-get install --no-install-recommends radosgw ceph-mon ceph-osd`,
      );
    });
  }
  const folder = await mkdtemp(join(tmpdir(), 'radosgw-'));
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const child of children.reverse()) await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { url: await startIn(folder, children, accessKey, secretKey), stop };
  } catch (error) {
    const logs = await Promise.all(['mon', 'osd', 'client'].map((name) => tail(join(folder, `${name}.log`))));
    await stop();
    throw new Error(`radosgw did not start:\n${logs.join('\n')}`, { cause: error });
  }
}

async function startIn(
  folder: string,
  children: ChildProcess[],
  accessKey: string,
  secretKey: string,
): Promise<string> {
  const [monitorPort, gatewayPort] = [await freePort(), await freePort()];
  const config = join(folder, 'ceph.conf');
  const cluster = randomUUID();
  await writeFile(config, configuration(folder, cluster, monitorPort, gatewayPort));
  for (const name of ['mon.a', 'osd.0', 'rgw', 'crash']) await mkdir(join(folder, name));
  const map = join(folder, 'monmap');
  const daemon = (program: string, ...args: string[]) => {
    children.push(spawn(program, ['-c', config, '-f', ...args], { stdio: 'ignore' }));
  };

  const address = `[v2:127.0.0.1:${monitorPort}]`;
  await run('monmaptool', ['--create', '--fsid', cluster, '--addv', 'a', address, map]);
  await run('ceph-mon', ['-c', config, '--mkfs', '-i', 'a', '--monmap', map]);
  daemon('ceph-mon', '-i', 'a');
  const store = randomUUID();
  await run('ceph', ['-c', config, 'osd', 'new', store]);
  await run('ceph-osd', ['-c', config, '-i', '0', '--mkfs', '--osd-uuid', store]);
  daemon('ceph-osd', '-i', '0');
  daemon('radosgw', '-n', 'client.rgw');
  await run('radosgw-admin', [
    ...['-c', config, 'user', 'create', '--uid=test', '--display-name=test'],
    ...[`--access-key=${accessKey}`, `--secret=${secretKey}`],
  ]);
  const url = `http://127.0.0.1:${gatewayPort}`;
  const deadline = Date.now() + START_MS;
  while (!(await answers(url))) {
    if (Date.now() > deadline) throw new Error(`nobody answers at ${url}`);
    await sleep(100);
  }
  return url;
}

/** No authentication inside (it wants a plain connection mode with it), and room for a single copy of all. */
function configuration(folder: string, cluster: string, monitorPort: number, gatewayPort: number): string {
  return `
[global]
fsid = ${cluster}
mon_host = [v2:127.0.0.1:${monitorPort}/0]
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
ms_cluster_mode = crc
ms_service_mode = crc
ms_client_mode = crc
ms_mon_cluster_mode = crc
ms_mon_service_mode = crc
ms_mon_client_mode = crc
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
run_dir = ${folder}
crash_dir = ${folder}/crash
log_file = ${folder}/$type.log
pid_file = ${folder}/$type.pid
admin_socket = ${folder}/$type.$pid.asok
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
[mon.a]
mon_data = ${folder}/mon.a
mon_data_avail_crit = 1
mon_data_avail_warn = 1
[osd.0]
osd_data = ${folder}/osd.0
osd_objectstore = memstore
osd_memory_target = 939524096
[client.rgw]
rgw_data = ${folder}/rgw
rgw_frontends = beast endpoint=127.0.0.1:${gatewayPort}
rgw_run_sync_thread = false
`;
}

async function run(program: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)(program, args, { timeout: START_MS });
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    () => true,
    () => false,
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exited;
  clearTimeout(patience);
}

async function tail(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).slice(-2_000);
}
