/** The `mirrors` section of Spack's configuration -> {@link Mirror}s. Outside data: one schema, then trusted. */
import * as v from 'valibot';
import { BuildcacheError } from '../core/errors.ts';
import { entriesOf, isObject } from '../core/json.ts';
import { isRegistryUrl, type LocationContext, locationUrl } from './location.ts';
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

const connection = {
  url: Nullable(Text),
  view: Nullable(Text),
  profile: Nullable(Text),
  endpoint_url: Nullable(Text),
  access_token: Nullable(Text),
  access_token_variable: Nullable(Text),
  access_pair: Nullable(
    v.union([
      v.tuple([v.nullable(v.string()), v.nullable(v.string())]),
      v.object({ id: v.optional(Text), id_variable: v.optional(Text), secret_variable: v.optional(Text) }),
    ]),
  ),
};
const Connection = v.looseObject(connection);
const MirrorSchema = v.union([
  Text,
  v.looseObject({
    ...connection,
    fetch: Nullable(v.union([Text, Connection])),
    push: Nullable(v.union([Text, Connection])),
    signed: v.optional(v.boolean()),
    autopush: v.optional(v.boolean()),
    binary: v.optional(v.boolean()),
  }),
]);

type ConnectionConfig = v.InferOutput<typeof Connection>;

/**
 * @param section the value of `mirrors:`, from YAML or JSON
 * @param file the file it stands in, for messages
 * @throws `bad-input` naming the mirror and what is wrong with it
 */
export function parseMirrors(section: unknown, file: string, context: LocationContext): MirrorConfiguration {
  if (section === undefined || section === null) return { mirrors: [], notes: [] };
  if (!isObject(section)) {
    throw new BuildcacheError('bad-input', 'mirrors is malformed', {
      file,
      expected: 'a map of names to mirrors',
    });
  }
  const notes: string[] = [];
  const mirrors = entriesOf(section).map(([name, value]) => {
    // YAML keys may carry Spack's override mark: `name::`.
    return parseMirror(name.replace(/:+$/, ''), value, file, context, notes);
  });
  return { mirrors, notes };
}

function parseMirror(
  name: string,
  value: unknown,
  file: string,
  context: LocationContext,
  notes: string[],
): Mirror {
  const parsed = v.safeParse(MirrorSchema, value);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const path = v.getDotPath(issue);
    throw new BuildcacheError('bad-input', `mirror "${name}"${path ? ` (${path})` : ''} is malformed`, {
      file,
      expected: 'a URL, or a map with url, fetch, push, signed, autopush, binary, view, access_pair …',
      found: issue.received.slice(0, 60),
    });
  }
  const config = typeof parsed.output === 'string' ? { url: parsed.output } : parsed.output;
  const side = (direction: 'fetch' | 'push'): MirrorSide => {
    const own = 'fetch' in config || 'push' in config ? config[direction] : undefined;
    const specific: ConnectionConfig = typeof own === 'string' ? { url: own } : (own ?? {});
    const merged: ConnectionConfig = { ...withoutNull(config), ...withoutNull(specific) };
    return {
      // A mirror may be for one direction only; using it for the other is an error then and not before.
      url: typeof merged.url === 'string' ? locationUrl(merged.url, context) : '',
      view: merged.view ?? undefined,
      endpointUrl: merged.endpoint_url ?? undefined,
      credentials: credentialSource(merged, name, notes),
    };
  };
  const fetch = side('fetch');
  const push = side('push');
  if (fetch.url === '' && push.url === '') {
    throw new BuildcacheError('bad-input', `mirror "${name}" has no URL`, {
      file,
      expected: 'url, fetch or push',
    });
  }
  return {
    name,
    fetch,
    push,
    // Registries cannot hold Spack's signatures, so there it has to be asked for.
    signed: ('signed' in config ? config.signed : undefined) ?? !isRegistryUrl(fetch.url),
    autopush: ('autopush' in config ? config.autopush : undefined) ?? false,
    binary: ('binary' in config ? config.binary : undefined) ?? true,
  };
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

function withoutNull<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== null && item !== undefined),
  ) as Partial<T>;
}
