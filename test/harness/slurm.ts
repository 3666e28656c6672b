/**
 * A Slurm of one machine, real and with its own munge: Debian's slurmctld, slurmd, slurm-client and munge, as root. All
 * of it is in one folder, which others must be able to reach, and on ports of its own.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Slurm extends AsyncDisposable {
  /** For whoever calls sbatch, squeue and the like. */
  readonly env: Readonly<Record<string, string>>;
  /** Waits until no job is in the queue. @throws with the queue and the logs, when that takes longer than `IDLE_WITHIN` */
  untilIdle(): Promise<void>;
}

/** Runs jobs beside each other, as many as that. */
const CPUS = Math.max(4, availableParallelism());

/** Seconds: long enough for a job that Slurm queued a second time, which waits for 120 s. */
export const IDLE_WITHIN = 300;

/** @throws where a program is missing, by name, or Slurm is not up within half a minute */
export async function startSlurm(folder: string): Promise<Slurm> {
  for (let at = folder; at !== '/'; at = join(at, '..')) if (at.startsWith('/tmp/')) chmodSync(at, 0o755);
  const place = (name: string) => join(folder, name);
  const munge = place('munge');
  mkdirSync(munge);
  const key = join(munge, 'key');
  writeFileSync(key, Buffer.alloc(1024, 7), { mode: 0o400 });
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, 'munge'], { encoding: 'utf8' })),
  );
  for (const each of [munge, key]) chownSync(each, uid ?? 0, gid ?? 0);
  for (const name of ['state', 'spool']) mkdirSync(place(name));
  const host = hostname().split('.')[0] ?? 'localhost';
  const [controller, daemon] = [await freePort(), await freePort()];
  const conf = place('slurm.conf');
  writeFileSync(
    conf,
    [
      'ClusterName=test',
      `SlurmctldHost=${host}(127.0.0.1)`,
      'SlurmUser=root',
      'AuthType=auth/munge',
      `AuthInfo=socket=${munge}/socket`,
      `SlurmctldPort=${controller}`,
      `SlurmdPort=${daemon}`,
      `StateSaveLocation=${place('state')}`,
      `SlurmdSpoolDir=${place('spool')}`,
      `SlurmctldPidFile=${place('slurmctld.pid')}`,
      `SlurmdPidFile=${place('slurmd.pid')}`,
      'ProctrackType=proctrack/linuxproc',
      'TaskPlugin=task/none',
      'JobAcctGatherType=jobacct_gather/none',
      'SchedulerType=sched/backfill',
      'SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0',
      'SelectType=select/cons_tres',
      'SelectTypeParameters=CR_CPU',
      'ReturnToService=2',
      'MinJobAge=30',
      // A script that a busy machine starts late is not lost: Slurm would queue its job again, for two minutes later.
      'BatchStartTimeout=100',
      'MessageTimeout=100',
      'SlurmdParameters=config_overrides',
      `NodeName=${host} NodeAddr=127.0.0.1 CPUs=${CPUS} State=UNKNOWN`,
      `PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP`,
      '',
    ].join('\n'),
  );
  const env = { SLURM_CONF: conf };
  const children: ChildProcess[] = [];
  const start = (program: string, args: readonly string[], as: { uid?: number; gid?: number } = {}) => {
    const child = spawn(program, args, { ...as, env: { ...process.env, ...env }, stdio: 'ignore' });
    child.on('error', () => undefined); // whoever waits for it will see
    children.push(child);
  };
  const own = uid === undefined || gid === undefined ? {} : { uid, gid };
  start(
    'munged',
    [
      '--foreground',
      '--force',
      `--socket=${munge}/socket`,
      `--key-file=${key}`,
      `--pid-file=${munge}/pid`,
      `--log-file=${munge}/log`,
      `--seed-file=${munge}/seed`,
    ],
    own,
  );
  await sleep(500);
  start('slurmctld', ['-D', '-i', '-f', conf, '-L', place('slurmctld.log')]);
  start('slurmd', ['-D', '-f', conf, '-L', place('slurmd.log'), '-N', host]);
  const ask = (program: string, ...args: string[]) =>
    execFileSync(program, args, {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const stop = async () => {
    for (const child of children.reverse()) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode !== null || child.pid === undefined) continue;
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(5000).then(() => child.kill('SIGKILL'))]);
    }
  };
  try {
    await until(30, 'slurm is up', () => ask('sinfo', '--noheader', '--format=%t').trim() === 'idle');
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    env,
    async untilIdle() {
      try {
        await until(IDLE_WITHIN, 'the queue is empty', () => ask('squeue', '--noheader').trim() === '');
      } catch (error) {
        const logs = ['slurmctld.log', 'slurmd.log'].map((name) =>
          readFileSync(place(name), 'utf8').slice(-4000),
        );
        throw new Error([String(error), ask('squeue'), ask('sinfo', '--list-reasons'), ...logs].join('\n'));
      }
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function until(seconds: number, what: string, isSo: () => boolean): Promise<void> {
  let last: unknown;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(200)) {
    try {
      if (isSo()) return;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`${seconds} s were over before ${what}`, { cause: last });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
