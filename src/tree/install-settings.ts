/** Where and how Spack's configuration says to install: the tree's root, its projections, permissions. */
import { existsSync } from 'node:fs';
import * as v from 'valibot';
import { BuildcacheError } from '../core/errors.ts';
import { isObject, kindOf } from '../core/json.ts';
import { withoutEnd } from '../core/without-end.ts';
import { countSpecs, isTooMuch, SPECS_MOST_TEXT } from '../spec/constraint/asked-of-all.ts';
import { addPadding, PATH_MAX } from './padding.ts';
import { type PackagePermissions, type PermissionSettings, WHO } from './permissions.ts';
import { DEFAULT_PROJECTION } from './projection.ts';
import { databaseFile, isSameFolder, type UpstreamPlace, withoutPadding } from './tree-root.ts';

export interface InstallSettings {
  /** Of the install tree, absolute, its padding included. */
  readonly root: string;
  /** Without the padding: `bin/sbang` is below it. */
  readonly unpaddedRoot: string;
  /** Where a spec goes, in the order in which they are tried; the last one is for all specs. */
  readonly projections: readonly Projection[];
  readonly permissions: PermissionSettings;
  /** Other trees whose specs count as installed, nearest first. */
  readonly upstreams: readonly UpstreamPlace[];
  /** Folders in which somebody works, absolute: nothing that they are in is a prefix. */
  readonly inUse?: readonly string[];
  /** What a person may want to know, one sentence each. */
  readonly notes: readonly string[];
}

export interface Projection {
  /** Undefined for `all`. */
  readonly when: string | undefined;
  /** A path below the root in Spack's format language. */
  readonly path: string;
}

/** Sections of Spack's configuration, merged, as parsed YAML; undefined where there is none. */
export interface InstallConfiguration {
  readonly config: unknown;
  readonly packages: unknown;
  /** With absolute paths. */
  readonly upstreams?: unknown;
  /** Where they stand, for messages. */
  readonly file: string;
}

export interface SettingsContext {
  /** The root that the user named. It wins over the configured root, and is padded only if it is the same root. */
  readonly root?: string | undefined;
  /** The root where none is configured; padding and projections apply to it. */
  readonly otherwise?: string | undefined;
  /** Replaces Spack's variables, environment variables and `~`. Relative paths stay relative. */
  readonly expand: (text: string) => string;
}

/**
 * @throws BuildcacheError `bad-input` naming what is malformed, `usage` where neither the user nor the
 *   configuration says where to install
 */
export function readInstallSettings(
  configuration: InstallConfiguration,
  context: SettingsContext,
): InstallSettings {
  const { file } = configuration;
  const config = parse(ConfigSchema, configuration.config ?? {}, 'config', file);
  const packages = parse(PackagesSchema, configuration.packages ?? {}, 'packages', file);
  const notes: string[] = [];
  const tree = config.install_tree ?? {};
  const written = typeof tree === 'string' ? { root: tree } : tree;
  const projections =
    typeof tree === 'string' ? schemeOf(config.install_path_scheme) : (written.projections ?? {});
  return {
    ...rootsOf(written, context, file, notes),
    projections: projectionsOf(projections, config.install_hash_length ?? undefined, context, file),
    permissions: {
      byPackage: permissionsOf(packages, file),
      allowSetgid: config.allow_sgid ?? true,
    },
    upstreams: upstreamsIn(configuration.upstreams, context, file),
    notes,
  };
}

const Text = v.pipe(v.string(), v.minLength(1));
const Length = v.union([v.boolean(), v.pipe(v.number(), v.integer(), v.minValue(0))]);
const TreeSchema = v.looseObject({
  root: v.nullish(Text),
  padded_length: v.nullish(Length),
  projections: v.nullish(v.record(v.string(), Text)),
});
const ConfigSchema = v.looseObject({
  // Not a union, since its error would not say which part of the tree is wrong.
  install_tree: v.nullish(v.lazy((tree) => (typeof tree === 'string' ? Text : TreeSchema))),
  install_path_scheme: v.nullish(Text),
  install_hash_length: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1))),
  allow_sgid: v.nullish(v.boolean()),
});
const UpstreamsSchema = v.record(
  v.string(),
  v.strictObject({ install_tree: Text, modules: v.optional(v.unknown()) }),
);
const PackagesSchema = v.record(
  v.string(),
  v.nullish(
    v.looseObject({
      permissions: v.nullish(
        v.looseObject({
          read: v.nullish(v.picklist(WHO)),
          write: v.nullish(v.picklist(WHO)),
          group: v.nullish(v.union([v.string(), v.number()])),
        }),
      ),
    }),
  ),
);

function schemeOf(scheme: string | null | undefined): Record<string, string> {
  return scheme === undefined || scheme === null ? {} : { all: scheme };
}

interface WrittenTree {
  readonly root?: string | null | undefined;
  readonly padded_length?: boolean | number | null | undefined;
}

type Roots = Pick<InstallSettings, 'root' | 'unpaddedRoot'>;

function rootsOf(written: WrittenTree, context: SettingsContext, file: string, notes: string[]): Roots {
  const { root: named } = context;
  if (named === undefined) return configuredRoots(written, context, file, notes);
  const own = { root: named, unpaddedRoot: withoutPadding(named) };
  const ofConfiguration: string[] = [];
  let configured: Roots;
  try {
    configured = configuredRoots(written, context, file, ofConfiguration);
  } catch {
    return own; // the user named the root, so errors of the configured one do not matter
  }
  const isConfigured = [configured.root, configured.unpaddedRoot].some((root) => isSameFolder(root, named));
  // The named tree was made before padding was configured, so the user means the tree without padding.
  const isOlder = existsSync(databaseFile(named)) && !existsSync(databaseFile(configured.root));
  if (!isConfigured || isOlder) return own;
  notes.push(...ofConfiguration);
  return configured;
}

function configuredRoots(
  written: WrittenTree,
  { otherwise, expand }: SettingsContext,
  file: string,
  notes: string[],
): Roots {
  const writtenRoot = written.root ?? otherwise;
  if (writtenRoot === undefined) {
    throw new BuildcacheError('usage', 'which install tree is meant is not known', {
      file,
      expected:
        'config:install_tree:root in the configuration, --store (in the action: install-tree) or SPACK_ROOT',
    });
  }
  // This comes before variables are replaced: `$padding` is not a variable but an older way to ask for padding.
  const old = /\$padding(?::(\d+))?|\$\{padding(?::(\d+))?\}/.exec(writtenRoot);
  const text = expand(old === null ? writtenRoot : writtenRoot.replace(old[0], ''));
  const unpaddedRoot = withoutEnd(text, '/');
  if (!unpaddedRoot.startsWith('/') || unpaddedRoot.includes('\0')) {
    throw new BuildcacheError('bad-input', 'config:install_tree:root is no place to install into', {
      file,
      expected: 'an absolute path that is not /',
      found: text,
    });
  }
  const oldLength = old?.[1] ?? old?.[2];
  const length =
    written.padded_length || (old === null ? false : oldLength === undefined || Number(oldLength));
  if (length === false) return { root: unpaddedRoot, unpaddedRoot };
  if (typeof length === 'number' && length >= PATH_MAX) {
    throw new BuildcacheError('bad-input', 'config:install_tree:padded_length is longer than a path can be', {
      file,
      expected: `less than ${PATH_MAX}; \`true\` is as long as is useful`,
      found: String(length),
    });
  }
  const { root, note } = addPadding(unpaddedRoot, length === true ? undefined : length);
  if (note !== undefined) notes.push(note);
  return { root, unpaddedRoot };
}

function upstreamsIn(section: unknown, { expand }: SettingsContext, file: string): UpstreamPlace[] {
  const upstreams = parse(UpstreamsSchema, section ?? {}, 'upstreams', file);
  return Object.entries(upstreams).map(([name, { install_tree: written }]) => {
    const root = expand(written);
    if (root.startsWith('/') && !root.includes('\0')) return { name, root };
    throw new BuildcacheError('bad-input', `upstreams:${name}:install_tree is not a path`, {
      file,
      expected: 'an absolute path, or one relative to the file',
      found: root,
    });
  });
}

/** The projections in the order in which they are written, with the one for all specs last. Spack lower-cases them. */
function projectionsOf(
  written: Readonly<Record<string, string>>,
  hashLength: number | undefined,
  { expand }: SettingsContext,
  file: string,
): Projection[] {
  const all = Object.entries({ all: DEFAULT_PROJECTION, ...written });
  if (isTooMuch(countSpecs(all.map(([when]) => when)))) {
    throw new BuildcacheError('too-large', 'config:install_tree has too many projections', {
      file,
      expected: SPECS_MOST_TEXT,
    });
  }
  const projections = all.map(([when, text]) => {
    const path = expand(text.toLowerCase());
    return {
      when: when === 'all' ? undefined : when,
      path: hashLength === undefined ? path : shortened(path, hashLength, file),
    };
  });
  return projections.sort((a, b) => Number(a.when === undefined) - Number(b.when === undefined));
}

function shortened(path: string, hashLength: number, file: string): string {
  if (path.includes('{hash}')) return path.replaceAll('{hash}', `{hash:${hashLength}}`);
  throw new BuildcacheError('bad-input', 'config:install_hash_length fits no projection without {hash}', {
    file,
    expected: '{hash} in all projections',
    found: path,
  });
}

function permissionsOf(
  packages: v.InferOutput<typeof PackagesSchema>,
  file: string,
): ReadonlyMap<string, PackagePermissions> {
  const byPackage = new Map<string, PackagePermissions>();
  for (const [name, entry] of Object.entries(packages)) {
    const written = entry?.permissions;
    if (written === undefined || written === null) continue;
    const { read, write, group } = written;
    if (typeof group === 'string' && !/^[\w.@-]*$/.test(group)) {
      throw new BuildcacheError('bad-input', `packages:${name}:permissions:group is malformed`, {
        file,
        expected: 'the name or number of a group',
      });
    }
    byPackage.set(name, {
      read: read ?? undefined,
      write: write ?? undefined,
      group: group === undefined || group === null || group === '' ? undefined : String(group),
    });
  }
  return byPackage;
}

function parse<T extends v.GenericSchema>(
  schema: T,
  value: unknown,
  section: string,
  file: string,
): v.InferOutput<T> {
  const result = v.safeParse(schema, isObject(value) ? value : null);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const at = v.getDotPath(issue)?.replaceAll('.', ':');
  throw new BuildcacheError('bad-input', `${section}${at === undefined ? '' : `:${at}`} is malformed`, {
    file,
    expected: issue.expected ?? 'what Spack has there',
    found: kindOf(issue.input),
  });
}
