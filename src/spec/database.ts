/**
 * Reads the install database `<store>/.spack-db/index.json`, versions 5 to 9. Version 5 carries spec format 1,
 * where a node is keyed by its name and so are its dependencies.
 */
import { BuildcacheError } from '../core/errors.ts';
import { isObject, kindOf, NumberToken, parseJson, shown } from '../core/json.ts';
import { decodeNode, isDagHash } from './decode-node.ts';
import type { SpecFormat, SpecNode } from './node.ts';

export interface InstallRecord {
  readonly node: SpecNode;
  /** Absolute prefix; undefined for externals known by module only. */
  readonly path: string | undefined;
  /** False for a record kept because others depend on it, though its prefix is gone. */
  readonly installed: boolean;
  readonly explicit: boolean;
  /** Seconds since the epoch. */
  readonly installationTime: number | undefined;
  readonly deprecatedFor: string | undefined;
  /** Where it came from: `external-db` and the like; undefined for what Spack built or unpacked itself. */
  readonly origin: string | undefined;
}

export interface InstallDatabase {
  readonly version: number;
  readonly records: ReadonlyMap<string, InstallRecord>;
}

/** The spec format that a database or index of this version carries; undefined for versions we do not read. */
export function specFormatOf(version: number): SpecFormat | undefined {
  return FORMAT_OF[version];
}

const FORMAT_OF: Readonly<Record<number, SpecFormat>> = { 5: 3, 6: 3, 7: 4, 8: 5, 9: 6 };

/** Bytes: about as long as a string can be. A database of a hundred thousand specs has half of that. */
export const MAX_DATABASE = 500 * 1024 * 1024;

/** @throws `bad-input`; `unsupported` for other versions, with the way out */
export function readDatabase(text: string, file: string): InstallDatabase {
  // Without a limit: the file is the user's own, and may have any size.
  const document = parseJson(text, file, Number.POSITIVE_INFINITY);
  const database = isObject(document) ? document['database'] : undefined;
  if (!isObject(database) || !isObject(database['installs'])) {
    throw new BuildcacheError('bad-input', 'not an install database', {
      file,
      expected: 'an object "database" with "installs"',
      found: kindOf(database ?? document),
      hint: 'run `spack reindex` to rebuild it',
    });
  }
  const version = Number(shown(database['version']));
  const format = FORMAT_OF[version];
  if (format === undefined) {
    throw new BuildcacheError(
      'unsupported',
      `database version ${shown(database['version'])} is not supported`,
      {
        file,
        expected: 'version 5 to 9',
        hint: version < 5 ? 'run `spack reindex` with Spack 0.23 or 1.x' : 'update buildcache-action',
      },
    );
  }
  const records = new Map<string, InstallRecord>();
  for (const [hash, value] of Object.entries(database['installs'])) {
    records.set(hash, decodeRecord(value, hash, format, version, file));
  }
  return { version, records };
}

function decodeRecord(
  value: unknown,
  hash: string,
  format: SpecFormat,
  version: number,
  file: string,
): InstallRecord {
  const at = `database.installs.${hash}`;
  if (!isObject(value) || !isDagHash(hash)) {
    throw new BuildcacheError('bad-input', `${at} is malformed`, {
      file,
      expected: 'an install record under a DAG hash',
      found: kindOf(value),
    });
  }
  const dict = version === 5 ? fromNameKeyed(value['spec'], hash) : value['spec'];
  const node = decodeNode(dict, format, file, `${at}.spec`);
  if (node.hash !== hash) {
    throw new BuildcacheError('bad-input', `${at} is another spec`, {
      file,
      expected: hash,
      found: node.hash,
    });
  }
  const { path, installation_time: time, deprecated_for: deprecated, origin } = value;
  return {
    node,
    path: typeof path === 'string' && path !== 'None' ? path : undefined,
    installed: value['installed'] === true,
    explicit: value['explicit'] === true,
    installationTime:
      time instanceof NumberToken ? Number(time.token) : typeof time === 'number' ? time : undefined,
    deprecatedFor: typeof deprecated === 'string' ? deprecated : undefined,
    origin: typeof origin === 'string' ? origin : undefined,
  };
}

/** Spec format 1's `{name: {…, dependencies: {name: {hash, type}}}}` in format 3's shape. */
function fromNameKeyed(value: unknown, hash: string): unknown {
  if (!isObject(value)) return value;
  const [name] = Object.keys(value);
  const inner = name === undefined ? undefined : value[name];
  if (!isObject(inner)) return value;
  const edges = isObject(inner['dependencies']) ? Object.entries(inner['dependencies']) : [];
  const dependencies = edges.map(([dependency, edge]) => ({
    name: dependency,
    ...(isObject(edge) ? edge : {}),
  }));
  return { name, hash, ...inner, dependencies };
}
