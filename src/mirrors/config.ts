/** The `mirrors` section of Spack's configuration -> {@link Mirror}s. Outside data: one schema, then trusted. */
import * as v from 'valibot';
import { BuildcacheError } from '../core/errors.ts';
import { entriesOf, isObject, kindOf, objectOf } from '../core/json.ts';
import { nearest } from '../core/nearest.ts';
import { isRegistryUrl, type LocationContext, locationUrl } from '../environment/location.ts';
import { withoutMark, withoutMarks } from '../environment/merge-sections.ts';
import { checkFilters } from './filter.ts';
import type { CredentialSource, Mirror, MirrorSide } from './mirror.ts';

/** What is configured, and what the user should know about it. */
export interface MirrorConfiguration {
  /** By name, in the order of precedence: the first is asked first. */
  readonly mirrors: readonly Mirror[];
  readonly notes: readonly string[];
  /** `config:verify_ssl`, where it is set. */
  readonly verifyTls?: boolean | undefined;
  /** `config:ssl_certs`, where it is set: a file of certificate authorities. */
  readonly caFile?: string | undefined;
}

const Text = v.pipe(v.string(), v.minLength(1));
const Nullable = <T extends v.GenericSchema>(schema: T) => v.optional(v.nullable(schema));

const Pair = v.object({
  id: v.optional(Text),
  id_variable: v.optional(Text),
  secret_variable: v.optional(Text),
});
const connection = {
  url: Nullable(Text),
  view: Nullable(Text),
  profile: Nullable(Text),
  endpoint_url: Nullable(Text),
  access_token: Nullable(Text),
  access_token_variable: Nullable(Text),
  access_pair: Nullable(v.union([v.tuple([v.nullable(v.string()), v.nullable(v.string())]), Pair])),
  include_binary: Nullable(v.array(v.string())),
  exclude_binary: Nullable(v.array(v.string())),
};
const Connection = v.object(connection);
const whole = {
  fetch: Nullable(v.union([Text, Connection])),
  push: Nullable(v.union([Text, Connection])),
  signed: v.optional(v.boolean()),
  autopush: v.optional(v.boolean()),
  binary: v.optional(v.boolean()),
  source: v.optional(v.boolean()),
};
const MirrorSchema = v.union([Text, v.object({ ...connection, ...whole })]);

const CONNECTION_KEYS = Object.keys(connection);
const MIRROR_KEYS = [...CONNECTION_KEYS, ...Object.keys(whole)];
const PAIR_KEYS = Object.keys(Pair.entries);

type ConnectionConfig = v.InferOutput<typeof Connection>;
type MirrorConfig = Exclude<v.InferOutput<typeof MirrorSchema>, string>;

/**
 * @param section the value of `mirrors:`, from YAML or JSON
 * @param file the file it stands in, for messages
 * @throws `bad-input` naming the mirror and what is wrong with it, its filters too
 */
export async function readMirrors(
  section: unknown,
  file: string,
  context: LocationContext,
): Promise<MirrorConfiguration> {
  const configuration = parseMirrors(section, file, context);
  await checkFilters(configuration.mirrors, file);
  return configuration;
}

/** As {@link readMirrors}, but does not check whether filters are specs. */
export function parseMirrors(section: unknown, file: string, context: LocationContext): MirrorConfiguration {
  const notes: string[] = [];
  const mirrors = mirrorEntries(section, file).map(([name, value]) => {
    const mirror = makeMirror(name, parseMirror(name, value, file), context, notes);
    if (mirror.fetch.url !== '' || mirror.push.url !== '') return mirror;
    throw new BuildcacheError('bad-input', `mirror "${name}" has no URL`, {
      file,
      expected: 'url, fetch or push',
    });
  });
  return { mirrors, notes };
}

/**
 * The section with each path in it turned into a URL: once scopes are merged, it is not known in which file a path
 * stood.
 * @throws as {@link readMirrors}; a mirror may have no URL yet
 */
export async function locateMirrors(
  section: unknown,
  file: string,
  context: LocationContext,
): Promise<Readonly<Record<string, unknown>>> {
  const entries = mirrorEntries(section, file);
  const parsed = entries.map(([name, value]) =>
    makeMirror(name, parseMirror(name, value, file), context, []),
  );
  await checkFilters(parsed, file);
  const place = (value: unknown): unknown => {
    if (typeof value === 'string') return locationUrl(value, context);
    if (!isObject(value)) return value;
    return objectOf(
      entriesOf(value).map(([key, inner]) => [
        key,
        ['url', 'fetch', 'push'].includes(withoutMark(key)) ? place(inner) : inner,
      ]),
    );
  };
  return objectOf(entriesOf(isObject(section) ? section : {}).map(([name, value]) => [name, place(value)]));
}

/** Names without their override marks, as messages and people write them. */
function mirrorEntries(section: unknown, file: string): [string, unknown][] {
  if (section === undefined || section === null) return [];
  if (!isObject(section)) {
    throw new BuildcacheError('bad-input', 'mirrors is malformed', {
      file,
      expected: 'a map of names to mirrors',
    });
  }
  const seen = new Set<string>();
  const count = Object.keys(section).length;
  if (count > MAX_MIRRORS) {
    throw new BuildcacheError('too-large', 'there are too many mirrors', {
      file,
      expected: `at most ${MAX_MIRRORS}`,
      found: `${count}`,
    });
  }
  return entriesOf(section).map(([key, value]) => {
    const name = withoutMark(key) || UNNAMED;
    if (seen.has(name)) {
      throw new BuildcacheError('bad-input', `two mirrors are named "${name}"`, {
        file,
        hint: 'take one of them out, or rename it',
      });
    }
    seen.add(name);
    return [name, withoutMarks(value)];
  });
}

/** The limit on mirrors: all are asked at once. */
const MAX_MIRRORS = 256;

/** Spack's name for a mirror whose name is empty. */
const UNNAMED = '<unnamed>';

/** Outside data. An unknown key is refused: it could be one that keeps something from being published. */
function parseMirror(name: string, value: unknown, file: string): MirrorConfig {
  if (isObject(value)) requireKnownKeys(name, value, file);
  const parsed = v.safeParse(MirrorSchema, value);
  if (!parsed.success) {
    const issue = deepestIssue(parsed.issues);
    const path = v.getDotPath(issue);
    throw new BuildcacheError('bad-input', `mirror "${name}"${path ? ` (${path})` : ''} is malformed`, {
      file,
      expected:
        path === null
          ? 'a URL, or a map with url, fetch, push, signed, autopush, binary, view, access_pair …'
          : wordsFor(path),
      found: kindOf(issue.input),
    });
  }
  const config = typeof parsed.output === 'string' ? { url: parsed.output } : parsed.output;
  for (const [side, at] of [[config, 'access_pair'], ...directionsOf(config)] as const) {
    const pair = typeof side === 'object' ? side?.access_pair : undefined;
    if (!isObject(pair)) continue;
    const { id, id_variable, secret_variable } = pair as v.InferOutput<typeof Pair>;
    if (secret_variable !== undefined && (id === undefined) !== (id_variable === undefined)) continue;
    throw new BuildcacheError('bad-input', `mirror "${name}" (${at}) is malformed`, {
      file,
      expected: 'secret_variable, and either id or id_variable',
      found: Object.keys(pair).join(', ') || 'none of them',
    });
  }
  return config;
}

function directionsOf({ fetch, push }: MirrorConfig) {
  return [
    [fetch, 'fetch.access_pair'],
    [push, 'push.access_pair'],
  ] as const;
}

function requireKnownKeys(name: string, value: Readonly<Record<string, unknown>>, file: string): void {
  const check = (map: unknown, known: readonly string[], at: string) => {
    if (!isObject(map)) return;
    for (const key of Object.keys(map)) {
      if (known.includes(key)) continue;
      const near = nearest(key, known);
      throw new BuildcacheError(
        'bad-input',
        `mirror "${name}"${at === '' ? '' : ` (${at})`} has an unknown key "${key}"`,
        {
          file,
          ...(near === undefined ? { expected: known.join(', ') } : {}),
          hint:
            near !== undefined
              ? `did you mean "${near}"?`
              : MIRROR_KEYS.includes(key)
                ? `"${key}" belongs to the whole mirror, not to one direction`
                : 'take it out, or update buildcache-action if a newer Spack has it',
        },
      );
    }
    check(map['access_pair'], PAIR_KEYS, at === '' ? 'access_pair' : `${at}.access_pair`);
  };
  check(value, MIRROR_KEYS, '');
  check(value['fetch'], CONNECTION_KEYS, 'fetch');
  check(value['push'], CONNECTION_KEYS, 'push');
}

/** Each alternative of a union has issues of its own. One inside a map says more than "no string". */
function deepestIssue(issues: readonly v.BaseIssue<unknown>[]): v.BaseIssue<unknown> {
  let best = issues[0] as v.BaseIssue<unknown>;
  const depth = (issue: v.BaseIssue<unknown>) => issue.path?.length ?? 0;
  const visit = (issue: v.BaseIssue<unknown>) => {
    if (depth(issue) > depth(best)) best = issue;
    for (const inner of issue.issues ?? []) visit(inner);
  };
  for (const issue of issues) visit(issue);
  return best;
}

/** What belongs at a place of the schema, in words. */
function wordsFor(path: string): string {
  if (/_binary(\.\d+)?$/.test(path)) return 'a list of specs';
  if (/^(signed|autopush|binary|source)$/.test(path)) return 'true or false';
  return /access_pair$/.test(path) ? 'a map with id or id_variable, and secret_variable' : 'a text';
}

function makeMirror(name: string, config: MirrorConfig, context: LocationContext, notes: string[]): Mirror {
  const side = (direction: 'fetch' | 'push'): MirrorSide => {
    const own = config[direction];
    const specific: ConnectionConfig = typeof own === 'string' ? { url: own } : (own ?? {});
    const merged: ConnectionConfig = { ...config, ...specific };
    // A mirror may be for one direction only. Using it for the other one is an error then, and not before.
    const url = typeof merged.url === 'string' ? locationUrl(merged.url, context) : '';
    return {
      url,
      view: viewAt(url, merged.view ?? undefined, name, notes),
      endpointUrl: merged.endpoint_url ?? undefined,
      credentials: credentialSource(merged, name, notes),
      filter: filterOf(merged),
    };
  };
  const fetch = side('fetch');
  const push = side('push');
  return {
    name,
    fetch,
    push,
    // Registries cannot hold Spack's signatures, so for a registry signatures have to be asked for.
    signed: config.signed ?? !isRegistryUrl(fetch.url),
    autopush: config.autopush ?? false,
    binary: config.binary ?? true,
    source: config.source,
  };
}

/** Registries have no views. A mirror that says one is used without, as in Spack. */
function viewAt(url: string, view: string | undefined, name: string, notes: string[]): string | undefined {
  if (view === undefined || !isRegistryUrl(url)) return view;
  const note = `mirror "${name}": registries have no views, and its view "${view}" is passed over`;
  if (!notes.includes(note)) notes.push(note);
  return undefined;
}

function filterOf({
  include_binary: include,
  exclude_binary: exclude,
}: ConnectionConfig): MirrorSide['filter'] {
  if (!include?.length && !exclude?.length) return undefined;
  return { include: include ?? [], exclude: exclude ?? [] };
}

function credentialSource(config: ConnectionConfig, name: string, notes: string[]): CredentialSource {
  const { access_pair: pair, access_token_variable: tokenVariable, profile } = config;
  const plain = (key: string) => {
    const note =
      `mirror "${name}": ${key} holds a secret in plain text and is ignored. ` +
      'Name a variable instead (secret_variable, access_token_variable)';
    if (!notes.includes(note)) notes.push(note);
  };
  if (typeof config.access_token === 'string') plain('access_token');
  let id: CredentialSource['id'];
  let secretVariable: string | undefined;
  if (Array.isArray(pair)) {
    if (pair.some((part) => part !== null && part !== '')) plain('access_pair');
  } else if (isObject(pair)) {
    const { id: value, id_variable: variable, secret_variable: secret } = pair;
    id = variable !== undefined ? { variable } : value !== undefined ? { value } : undefined;
    secretVariable = secret;
  }
  return { id, secretVariable, tokenVariable: tokenVariable ?? undefined, profile: profile ?? undefined };
}
