import { afterEach, describe, expect, it } from 'vitest';
import { openOciWriter } from '../../src/cache/oci/writer.ts';
import { type PruneOptions, prune } from '../../src/commands/prune.ts';
import { NO_OPTIONS } from '../cache/registry-place.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateRegistry } from '../harness/generate-registry.ts';
import {
  PACKAGES_TOKEN,
  type PackagesOptions,
  type PackagesRequest,
  startGitHubPackages,
  storeInMemory,
} from '../harness/github-packages.ts';
import { startRegistry } from '../harness/registry.ts';
import { openTestRegistry } from '../harness/registry-client.ts';

const NAME = 'org/cache';
const DAY = 24 * 3_600_000;
const environment = generateEnvironment({ specs: 30, seed: 4 });
/** Nothing needs them. */
const roots = environment.roots.map(({ hash }) => hash);

const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A registry that answers DELETE with 405, and GitHub's API for it. */
async function onGhcr(options: Partial<PackagesOptions> = {}) {
  const server = await startRegistry({ deletes: 'none', referrers: false });
  const repository = server.repository(NAME);
  await generateRegistry(repository, environment);
  const github = await startGitHubPackages({ store: storeInMemory(repository), name: NAME, ...options });
  const registry = await openTestRegistry(`${server.url}${NAME}`, {
    packagesApi: { url: new URL(github.url), pauseMs: 0 },
    credentials: async () => ({
      credentials: { kind: 'pair', id: 'token', secret: PACKAGES_TOKEN },
      source: 'test',
      remarks: [],
    }),
  });
  closing.push(server.close, github.close, () => registry.close());
  const run = (without: readonly string[], more: Partial<PruneOptions> = {}) =>
    prune({
      cache: openOciWriter(registry, NO_OPTIONS),
      lists: [
        {
          by: 'list',
          hashes: new Set([...environment.nodes.keys()].filter((hash) => !without.includes(hash))),
        },
      ],
      roots: [],
      pins: [],
      olderThanMs: undefined,
      maxBytes: undefined,
      graceMs: 3_600_000,
      mayRemoveAll: false,
      dryRun: false,
      jobs: 4,
      signal: AbortSignal.timeout(20_000),
      ...more,
    });
  const digestOf = (hash: string) =>
    [...repository.tags].find(([tag]) => tag.endsWith(`-${hash}.spack`))?.[1] ?? '';
  return { repository, github, run, digestOf };
}

describe('a prune on ghcr.io', () => {
  it('goes by the times that GitHub tells', async () => {
    const { repository, github, run, digestOf } = await onGhcr();
    const [old = '', other = ''] = roots;
    for (const digest of repository.manifests.keys())
      github.times.set(digest, new Date(Date.now() - 2 * DAY));
    github.times.set(digestOf(old), new Date(Date.now() - 40 * DAY));
    const { removed, plan } = await run([old, other], { olderThanMs: 30 * DAY });
    expect(removed.map(({ hash }) => hash)).toEqual([old]);
    expect(plan.entries.find(({ entry }) => entry.hash === other)?.reason).toEqual({ kind: 'recent' });
  });

  it('keeps what is younger than the grace, and what GitHub says is from tomorrow', async () => {
    const { github, run, digestOf } = await onGhcr();
    const [young = '', tomorrow = '', old = ''] = roots;
    github.times.set(digestOf(young), new Date(Date.now() - 60_000));
    github.times.set(digestOf(tomorrow), new Date(Date.now() + DAY));
    const { removed } = await run([young, tomorrow, old]);
    expect(removed.map(({ hash }) => hash)).toEqual([old]);
  });

  it('comes under a bound, what was pushed longest ago first', async () => {
    const { repository, github, run, digestOf } = await onGhcr();
    for (const digest of repository.manifests.keys())
      github.times.set(digest, new Date(Date.now() - 2 * DAY));
    const [old = ''] = roots;
    github.times.set(digestOf(old), new Date(Date.now() - 40 * DAY));
    const { plan } = await run([], { lists: [], maxBytes: 1_000_000_000, dryRun: true });
    const { removed } = await run([], { lists: [], maxBytes: (plan.size?.before ?? 0) - 1 });
    expect(removed.map(({ hash }) => hash)).toEqual([old]);
  });

  it('stops at a limit in the middle, says so once, and leaves an index of what is there', async () => {
    let left = 2;
    const before = ({ method }: PackagesRequest) =>
      method === 'DELETE' && left-- <= 0
        ? { status: 403, headers: { 'retry-after': '3000' }, body: { message: 'API rate limit exceeded' } }
        : undefined;
    const { repository, run, github } = await onGhcr({ before });
    const { removed, problems } = await run(roots.slice(0, 5));
    expect(removed).toHaveLength(2);
    expect(problems).toEqual([
      expect.stringMatching(/and 2 more could not be removed: .*run it again after/i),
    ]);
    expect(github.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(3);
    const index = repository.manifests.get(repository.tags.get('index.spack') ?? '')?.bytes.toString() ?? '';
    const listed = repository.blobs.get(JSON.parse(index).layers[0].digest)?.toString() ?? '';
    const specs = [...repository.tags.keys()].filter((tag) => /-[a-z2-7]{32}\.spack$/.test(tag));
    expect(
      Object.values(JSON.parse(listed).database.installs).filter(
        (each) => (each as { in_buildcache?: boolean }).in_buildcache,
      ),
    ).toHaveLength(specs.length);
  });

  it('waits for a short limit', async () => {
    let isBusy = true;
    const before = ({ method }: PackagesRequest) => {
      if (method !== 'DELETE' || !isBusy) return undefined;
      isBusy = false;
      return { status: 429, headers: { 'retry-after': '0' } };
    };
    const { run } = await onGhcr({ before });
    const { removed, problems } = await run(roots.slice(0, 3));
    expect({ removed: removed.length, problems }).toEqual({ removed: 3, problems: [] });
  });

  it('says how to link a package, and removes nothing', async () => {
    for (const rights of ['none', 'read'] as const) {
      const { repository, run, github } = await onGhcr({ rights });
      const how = await run(roots.slice(0, 3)).then(
        ({ problems }) => problems.join('\n'),
        (error: unknown) => (error as { facts: { hint: string } }).facts.hint,
      );
      expect(how).toContain('Manage Actions access -> add this repository with role Admin');
      expect(github.deleted).toEqual([]);
      for (const { hash } of environment.roots)
        expect([...repository.tags.keys()].some((tag) => tag.includes(hash))).toBe(true);
    }
  });

  it('removes nothing on the word of an API that lists pages for ever', async () => {
    const lie = (page: unknown[], _: unknown, { attempt }: PackagesRequest) => ({
      page,
      link: `</orgs/org/packages/container/cache/versions?n=${attempt}>; rel="next"`,
    });
    const { run, github } = await onGhcr({ lie });
    await expect(run(roots.slice(0, 3))).rejects.toMatchObject({ code: 'protocol' });
    expect(github.deleted).toEqual([]);
  });

  it('removes nothing that is tagged while it is pruned', async () => {
    const [first = '', second = ''] = roots;
    const { repository, run, digestOf, github } = await onGhcr({
      before({ method, path }) {
        // Right before it goes: the plan was made, and the list of images was read twice.
        if (method === 'GET' && /versions\/\d+$/.test(path)) repository.tags.set('latest', digestOf(first));
        return undefined;
      },
    });
    const { removed, problems } = await run([first, second]);
    const [image] = problems;
    expect(repository.manifests.has(digestOf(first))).toBe(true);
    expect(image).toMatch(/has other tags, too; found latest/);
    expect(removed.map(({ hash }) => hash)).toEqual([second]);
    expect(github.deleted).toHaveLength(1);
  });
});
