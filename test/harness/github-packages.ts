/**
 * A small server that speaks GitHub's REST API for one container package, over what a registry holds: in this process, or
 * in the folder of Debian's. Versions have ids and times, come in pages, the newest first, and go with all their tags. It
 * answers as GitHub does: 404 to a token without rights, 204 to a delete.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Listening, listen } from './listen.ts';
import type { TestRepository } from './registry-store.ts';

/** What the registry holds: every change is seen at once. */
export interface PackageStore {
  /** Digest -> its tags. */
  manifests(): Map<string, string[]>;
  /** Undefined for no manifest. */
  tagsOf(digest: string): string[] | undefined;
  delete(digest: string, tags: readonly string[]): void;
}

export interface PackagesRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly token: string;
  /** From 1, of the same method. */
  readonly attempt: number;
}

export interface PackagesFault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface PackagesOptions {
  readonly store: PackageStore;
  /** `owner/package`. */
  readonly name: string;
  readonly ownerType?: 'Organization' | 'User';
  /** What is first seen was written just now, and not long ago. */
  readonly live?: boolean;
  readonly tls?: boolean;
  /** What the token may do. */
  readonly rights?: 'admin' | 'read' | 'none';
  /** Instead of the answer. */
  readonly before?: (request: PackagesRequest) => PackagesFault | undefined;
  /** Changes an answer. */
  readonly lie?: (page: unknown[], link: string | undefined, request: PackagesRequest) => Lie | undefined;
}

export interface Lie {
  readonly page?: unknown;
  readonly link?: string | undefined;
}

export interface PackagesServer extends Listening {
  readonly requests: PackagesRequest[];
  readonly deleted: string[];
  /** By digest; what has none was written long ago. */
  readonly times: Map<string, Date>;
}

export const PACKAGES_TOKEN = 'ghp_aTokenThatMayDelete000000000000000000';
const LONG_AGO = new Date('2026-01-01T00:00:00Z');

export async function startGitHubPackages(options: PackagesOptions): Promise<PackagesServer> {
  const { store, name, ownerType = 'Organization', rights = 'admin', live = false, before, lie } = options;
  const [owner = '', ...rest] = name.split('/');
  const place = ownerType === 'Organization' ? 'orgs' : 'users';
  const root = `/${place}/${owner}/packages/container/${encodeURIComponent(rest.join('/'))}/versions`;
  const requests: PackagesRequest[] = [];
  const deleted: string[] = [];
  const times = new Map<string, Date>();
  const ids = new Map<string, number>();
  const version = (digest: string, tags: readonly string[]) => {
    ids.set(digest, ids.get(digest) ?? 1000 + ids.size);
    if (!times.has(digest) && live) times.set(digest, new Date());
    const time = (times.get(digest) ?? LONG_AGO).toISOString();
    return {
      id: ids.get(digest) ?? 0,
      name: digest,
      created_at: LONG_AGO.toISOString(),
      updated_at: time,
      metadata: { package_type: 'container', container: { tags } },
    };
  };

  const answerTo = (request: PackagesRequest, url: URL): PackagesFault => {
    const { method, path, token } = request;
    if (token !== PACKAGES_TOKEN) return { status: 401, body: { message: 'Bad credentials' } };
    if (path === `/users/${owner}`) return { status: 200, body: { login: owner, type: ownerType } };
    const [, id] = new RegExp(`^${root}(?:/(\\d+))?$`).exec(decoded(url.pathname, root)) ?? [];
    if (!decoded(url.pathname, root).startsWith(root) || rights === 'none') return NOT_FOUND;
    if (id === undefined) {
      const all = [...store.manifests()].map(([digest, tags]) => version(digest, tags)).reverse();
      const per = Number(url.searchParams.get('per_page') ?? 30);
      const page = Number(url.searchParams.get('page') ?? 1);
      const found = all.slice((page - 1) * per, page * per);
      const more = page * per < all.length;
      const link = more ? `<${here()}${root}?per_page=${per}&page=${page + 1}>; rel="next"` : undefined;
      const said = lie?.(found, link, request);
      const last = said !== undefined && 'link' in said ? said.link : link;
      return { status: 200, headers: last === undefined ? {} : { link: last }, body: said?.page ?? found };
    }
    const [digest] = [...ids].find(([, each]) => each === Number(id)) ?? [];
    const tags = digest === undefined ? undefined : store.tagsOf(digest);
    if (digest === undefined || tags === undefined) return NOT_FOUND;
    if (method === 'GET') return { status: 200, body: version(digest, tags) };
    if (rights !== 'admin') return NOT_FOUND;
    store.delete(digest, tags);
    deleted.push(digest);
    return { status: 204 };
  };

  const server = await listen(
    (incoming, response) => {
      const method = incoming.method ?? '';
      const path = incoming.url ?? '/';
      const token = (incoming.headers.authorization ?? '').replace('Bearer ', '');
      const attempt = requests.filter((each) => each.method === method).length + 1;
      const request = { method, path, token, attempt };
      requests.push(request);
      const {
        status,
        headers = {},
        body,
      } = before?.(request) ?? answerTo(request, new URL(path, 'http://here'));
      const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
    },
    { tls: options.tls === true },
  );
  const here = () => server.url;
  return { ...server, requests, deleted, times };
}

const NOT_FOUND: PackagesFault = { status: 404, body: { message: 'Package not found.' } };

/** URL parsers keep %2F as it is; its case may differ. */
function decoded(path: string, like: string): string {
  return like.includes('%2F') ? path.replace(/%2f/g, '%2F') : path;
}

export function storeInMemory({ manifests, tags }: TestRepository): PackageStore {
  const tagsOf = (digest: string) =>
    manifests.has(digest) ? [...tags].filter(([, meant]) => meant === digest).map(([tag]) => tag) : undefined;
  return {
    manifests: () => new Map([...manifests.keys()].map((digest) => [digest, tagsOf(digest) ?? []])),
    tagsOf,
    delete(digest, its) {
      manifests.delete(digest);
      for (const tag of its) tags.delete(tag);
    },
  };
}

/** @param folder of Debian's registry */
export function storeInFolder(folder: string, name: string): PackageStore {
  const root = join(folder, 'docker/registry/v2/repositories', name, '_manifests');
  const revision = (digest: string) => join(root, 'revisions/sha256', digest.replace('sha256:', ''));
  const tagged = () =>
    readdirSync(join(root, 'tags')).map(
      (tag) => [tag, readFileSync(join(root, 'tags', tag, 'current/link'), 'utf8').trim()] as const,
    );
  return {
    manifests() {
      const found = new Map<string, string[]>();
      for (const hex of readdirSync(join(root, 'revisions/sha256'))) found.set(`sha256:${hex}`, []);
      for (const [tag, digest] of tagged()) found.get(digest)?.push(tag);
      return found;
    },
    tagsOf(digest) {
      if (!existsSync(revision(digest))) return undefined;
      // A tag remembers what it ever meant, so that few of them are to be read.
      const was = (tag: string) =>
        existsSync(join(root, 'tags', tag, 'index/sha256', digest.replace('sha256:', '')));
      return readdirSync(join(root, 'tags'))
        .filter(was)
        .filter((tag) => readFileSync(join(root, 'tags', tag, 'current/link'), 'utf8').trim() === digest);
    },
    delete(digest, tags) {
      rmSync(revision(digest), { recursive: true });
      for (const tag of tags) rmSync(join(root, 'tags', tag), { recursive: true });
    },
  };
}
