/** What workflows are tried against: a site that has copied them, and mirrors of each kind. */
import { existsSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { makeKey } from './cache/keys.ts';
import { startDockerRegistry } from './harness/docker-registry.ts';
import { startRegistry } from './harness/registry.ts';
import { ACCESS_KEY, SECRET_KEY, startS3Server } from './harness/s3-server.ts';
import { tempDir } from './harness/temp-dir.ts';
import { type Site, type SiteOptions, type SiteRun, startSite } from './harness/workflow-site.ts';

export type Kind = 'folder' | 's3' | 'registry' | 'docker-registry';
export type MirrorName = (typeof NAMES)[number];
const NAMES = ['builds', 'release', 'quarantine'] as const;

export interface Mirrors extends AsyncDisposable {
  readonly kind: Kind;
  /** A mirror as `spack.yaml` has it. */
  configuration(name: MirrorName): Readonly<Record<string, unknown>>;
  /** From now on no request is answered, or every one again. */
  setDown(down: boolean): Promise<void>;
  isDown(): Promise<boolean>;
  /** Names of the packages a mirror has, sorted. */
  specs(name: MirrorName): Promise<string[]>;
}

/** The environment's own specs, without externals. */
export const ALL = ['gcc-runtime', 'libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy'];

export async function startMirrors(kind: Kind): Promise<Mirrors> {
  switch (kind) {
    case 'folder':
      return await folders();
    case 's3':
      return await buckets();
    case 'registry':
    case 'docker-registry':
      return await repositories(kind);
  }
}

async function folders(): Promise<Mirrors> {
  const dir = await tempDir();
  let isDown = false;
  const at = (name: string) => join(dir.path, name);
  return {
    kind: 'folder',
    configuration: (name) => ({ url: `file://${at(name)}` }),
    isDown: async () => isDown,
    async setDown(down) {
      if (down === isDown) return;
      isDown = down;
      // What is mounted there has gone.
      for (const name of NAMES) {
        if (down) {
          if (existsSync(at(name))) renameSync(at(name), at(`${name}.away`));
          symlinkSync(at(name), at(name)); // which nobody can follow, not even root
        } else {
          rmSync(at(name));
          if (existsSync(at(`${name}.away`))) renameSync(at(`${name}.away`), at(name));
        }
      }
    },
    async specs(name) {
      const folder = join(at(name), 'v3/manifests/spec');
      return existsSync(folder) ? readdirSync(folder).sort() : [];
    },
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

async function buckets(): Promise<Mirrors> {
  let isDown = false;
  const server = await startS3Server({ fault: () => (isDown ? { status: 500 } : undefined) });
  return {
    kind: 's3',
    configuration: (name) => ({ url: `s3://bucket/${name}`, endpoint_url: server.url }),
    isDown: async () => isDown,
    async setDown(down) {
      isDown = down;
    },
    async specs(name) {
      const start = `bucket/${name}/v3/manifests/spec/`;
      const keys = [...server.objects.keys()].filter((key) => key.startsWith(start));
      return [...new Set(keys.map((key) => key.slice(start.length).split('/')[0] ?? ''))].sort();
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

async function repositories(kind: 'registry' | 'docker-registry'): Promise<Mirrors> {
  let isDown = false;
  const server =
    kind === 'docker-registry'
      ? await startDockerRegistry()
      : await startRegistry({ fault: () => (isDown ? { status: 403, body: '{}' } : undefined) });
  return {
    kind,
    configuration: (name) => ({ url: `${server.url}toy/${name}`, signed: false }),
    isDown: async () => isDown,
    async setDown(down) {
      isDown = down;
    },
    async specs(mirror) {
      const answer = await fetch(`${server.url.replace('oci+', '')}v2/toy/${mirror}/tags/list`);
      const { tags } = (await answer.json()) as { tags?: string[] };
      return ALL.filter((name) => tags?.some((tag) => tag.startsWith(`${name}-`)));
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/**
 * A site whose environment has these mirrors, with the secrets that the workflows name.
 * @param names of the mirrors that `spack.yaml` has
 */
export async function siteWith(
  mirrors: Mirrors,
  more: Partial<SiteOptions> = {},
  names: readonly MirrorName[] = ['builds', 'release'],
): Promise<Site> {
  const { privateKey, publicKey } = await makeKey();
  const configured = names.map((name) => [
    name,
    { ...mirrors.configuration(name), ...(name === 'builds' ? { autopush: true } : {}) },
  ]);
  return await startSite({
    spack: { specs: ['toyapp@1.0', 'toymake@4.4'], view: false, mirrors: Object.fromEntries(configured) },
    files: { 'keys/builds.asc': publicKey, 'keys/ours.pub.asc': publicKey },
    secrets: {
      SIGNING_KEY: privateKey,
      RELEASE_KEY: privateKey,
      AWS_ACCESS_KEY_ID: ACCESS_KEY,
      AWS_SECRET_ACCESS_KEY: SECRET_KEY,
    },
    environments: {
      release: { RELEASE_ACCESS_KEY_ID: ACCESS_KEY, RELEASE_SECRET_ACCESS_KEY: SECRET_KEY },
    },
    ...more,
  });
}

export interface Row {
  readonly result: SiteRun['result'];
  readonly builds: readonly string[];
  readonly release: readonly string[];
  readonly built: readonly string[];
  readonly fetched: readonly string[];
  readonly said: readonly string[];
}

/** What became of a run, and what the mirrors have then. */
export async function rowOf(run: SiteRun, mirrors: Mirrors): Promise<Row> {
  const { result, built, fetched, said } = run;
  const down = await mirrors.isDown();
  const [builds, release] = down ? [[], []] : [await mirrors.specs('builds'), await mirrors.specs('release')];
  return { result, built, fetched, said, builds, release };
}

/** Workflow by situation: what was built, what the mirrors have after it, and what was said first. */
export function tableOf(
  rows: readonly (Row & { readonly kind: string; readonly workflow: string; readonly situation: string })[],
): string {
  const lines = rows.map(({ kind, workflow, situation, result, built, builds, release, said }) => {
    const [first = ''] = said;
    const cells = [
      workflow,
      kind,
      situation,
      result,
      `${built.length}`,
      `${builds.length}/${release.length}`,
    ];
    return `| ${[...cells, first.replaceAll('|', '\\|').slice(0, 120)].join(' | ')} |`;
  });
  const head = '| Workflow | Mirrors | Situation | Result | Built | builds/release have | Said first |';
  return [head, '| --- | --- | --- | --- | --- | --- | --- |', ...lines].join('\n');
}
