/**
 * Where an entry was built: an in-toto statement with SLSA provenance, and what is read from one. The statement is a member
 * of the signed manifest, so it has the manifest's signature, and no Spack and no prune can separate the two. Spack
 * passes over members that it does not know. The statement is written by the job itself: it is as trustworthy as the
 * holder of the key (docs/security.md).
 */
import { BuildcacheError } from '../../core/errors.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { politeFilename } from '../../spec/format.ts';
import type { EntryName } from '../entries.ts';

const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const PREDICATE_TYPE = 'https://slsa.dev/provenance/v1';

/** Says what `externalParameters` and `internalParameters` mean. */
const BUILD_TYPE = 'https://github.com/org/buildcache-action/blob/v0/docs/provenance.md#the-statement';

/** The job that builds and pushes, as its environment says. */
export interface BuildJob {
  /** The workflow's file at its revision, on its server. */
  readonly builder: string;
  /** The repository's URL. */
  readonly repository: string;
  /** `refs/heads/main` */
  readonly ref: string;
  readonly commit: string;
  /** The file of the workflow or pipeline. */
  readonly workflow: string;
  /** The page of this run and attempt. */
  readonly invocation: string;
  /** Undefined where the server does not say. */
  readonly started: string | undefined;
  /** What else may be of interest to a person. */
  readonly details: Readonly<Record<string, string>>;
}

/** Makes the statement about a spec's tarball. */
export type MakeStatement = (spec: EntryName, tarball: { readonly sha256: string }) => JsonObject;

/** @param now when the tarball was pushed */
export function provenanceStatement(
  job: BuildJob,
  { name, version, hash }: EntryName,
  { sha256 }: { readonly sha256: string },
  now: Date,
): JsonObject {
  const { repository, ref, commit, workflow, started, details } = job;
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: politeFilename(`${name}-${version}-${hash}`), digest: { sha256 } }],
    predicateType: PREDICATE_TYPE,
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: { workflow: { repository, ref, path: workflow }, spec: { name, version, hash } },
        internalParameters: details,
        resolvedDependencies: [{ uri: `git+${repository}@${ref}`, digest: { gitCommit: commit } }],
      },
      runDetails: {
        builder: { id: job.builder },
        metadata: {
          invocationId: job.invocation,
          ...(started === undefined ? {} : { startedOn: started }),
          finishedOn: `${now.toISOString().slice(0, 19)}Z`,
        },
      },
    },
  };
}

/** Characters of one text. Each is compared with patterns. */
const LONGEST = 4096;

/** What a statement says, as far as somebody may ask for it. */
export interface Provenance {
  readonly repository: string;
  readonly ref: string;
  readonly workflow: string;
  readonly builder: string;
  /** Of the spec. */
  readonly hash: string;
  /** The SHA-256 of each subject. */
  readonly subjects: readonly string[];
}

/**
 * @param statement of a signed manifest, whose signature was verified
 * @param url of the entry, for messages
 * @throws BuildcacheError `unsupported` for another kind of statement, `bad-input` for one that lacks something
 */
export function readProvenance(statement: unknown, url: string): Provenance {
  const type = at(statement, '_type');
  const predicate = at(statement, 'predicateType');
  if (type !== STATEMENT_TYPE || predicate !== PREDICATE_TYPE) {
    throw new BuildcacheError('unsupported', 'its provenance is of a kind that is not known', {
      url,
      expected: `${STATEMENT_TYPE} with ${PREDICATE_TYPE}`,
      found: `${brief(type)} with ${brief(predicate)}`,
      hint: 'update buildcache-action',
    });
  }
  const text = (...path: string[]): string => {
    const value = at(statement, 'predicate', ...path);
    if (typeof value === 'string' && value.length <= LONGEST) return value;
    throw lacks(path.join('.'), url);
  };
  const parameters = ['buildDefinition', 'externalParameters'];
  const subject = at(statement, 'subject');
  return {
    repository: text(...parameters, 'workflow', 'repository'),
    ref: text(...parameters, 'workflow', 'ref'),
    workflow: text(...parameters, 'workflow', 'path'),
    builder: text('runDetails', 'builder', 'id'),
    hash: text(...parameters, 'spec', 'hash'),
    subjects: (Array.isArray(subject) ? subject : []).flatMap((each) => {
      const digest = at(each, 'digest', 'sha256');
      return typeof digest === 'string' ? [digest] : [];
    }),
  };
}

/**
 * Checks that a statement is about this tarball of this spec.
 * @throws BuildcacheError `untrusted` for a statement about another one
 */
export function requireSubject(
  { hash, subjects }: Provenance,
  asked: { readonly hash: string },
  sha256: string | undefined,
  url: string,
): void {
  const isSpec = hash === asked.hash;
  if (isSpec && sha256 !== undefined && subjects.includes(sha256)) return;
  throw new BuildcacheError('untrusted', 'its provenance is about another build', {
    url,
    expected: isSpec ? `the tarball ${sha256 ?? 'without a digest'}` : `/${asked.hash}`,
    found: isSpec ? (subjects[0] ?? 'no tarball').slice(0, 64) : `/${hash.slice(0, 64)}`,
    hint: 'find out who has signed it, and push the spec again: `buildcache push --force --provenance MIRROR SPEC`',
  });
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
    value,
  );
}

function brief(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 80) : 'nothing';
}

function lacks(what: string, url: string): BuildcacheError {
  return new BuildcacheError('bad-input', 'its provenance is incomplete', {
    url,
    expected: `a text ${what} of at most ${LONGEST} characters`,
    hint: 'push the spec again: `buildcache push --force --provenance MIRROR SPEC`',
  });
}
