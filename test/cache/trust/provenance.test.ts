import { expect, test } from 'vitest';
import { type BuildJob, provenanceStatement, readProvenance } from '../../../src/cache/trust/provenance.ts';
import { parseProvenancePolicy, requireProvenance } from '../../../src/cache/trust/provenance-policy.ts';

const JOB: BuildJob = {
  builder: 'https://github.com/org/stack/.github/workflows/build.yml@refs/heads/main',
  repository: 'https://github.com/org/stack',
  ref: 'refs/heads/main',
  commit: '0123456789012345678901234567890123456789',
  workflow: '.github/workflows/build.yml',
  invocation: 'https://github.com/org/stack/actions/runs/7/attempts/1',
  started: undefined,
  details: { event: 'push' },
};
const SPEC = { name: 'zlib', version: '1.3', hash: 'ho3jsm3l5abkyjol5qpa6tojdouuj33m' };
const TARBALL = { sha256: 'ab'.repeat(32) };
const STATEMENT = provenanceStatement(JOB, SPEC, TARBALL, new Date('2026-11-29T16:00:00.5Z'));
const ENTRY = { url: 'https://cache/zlib', tarball: TARBALL, statement: STATEMENT };

/** Whether an entry is accepted, or why not. */
function judged(conditions: readonly string[], entry: object = {}, asked = SPEC, isVerified = true): string {
  const policy = parseProvenancePolicy(conditions);
  if (policy === undefined) throw new Error('no policy');
  try {
    requireProvenance(policy, { ...ENTRY, ...entry }, asked, isVerified);
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

test('a statement is in-toto v1 with SLSA provenance v1, as its specification has it', () => {
  expect(STATEMENT).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: `zlib-1.3-${SPEC.hash}`, digest: TARBALL }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: expect.stringMatching(/^https:\/\//),
        externalParameters: {
          workflow: { repository: JOB.repository, ref: JOB.ref, path: JOB.workflow },
          spec: SPEC,
        },
        internalParameters: { event: 'push' },
        resolvedDependencies: [
          { uri: 'git+https://github.com/org/stack@refs/heads/main', digest: { gitCommit: JOB.commit } },
        ],
      },
      runDetails: {
        builder: { id: JOB.builder },
        metadata: { invocationId: JOB.invocation, finishedOn: '2026-11-29T16:00:00Z' },
      },
    },
  });
  const started = provenanceStatement({ ...JOB, started: '2026-11-29T15:00:00Z' }, SPEC, TARBALL, new Date());
  expect(JSON.stringify(started)).toContain('"startedOn":"2026-11-29T15:00:00Z"');
  expect(readProvenance(STATEMENT, '')).toMatchObject({ hash: SPEC.hash, subjects: [TARBALL.sha256] });
});

test.each([
  [['repository=org/*'], 'accepted'],
  [['repository=org/stack', 'ref=refs/heads/main'], 'accepted'],
  [['repository=other/*', 'repository=org/*'], 'accepted'],
  [['repository=https://github.com/org/*'], 'accepted'],
  [['workflow=.github/workflows/*.yml', 'builder=https://github.com/org/**'], 'accepted'],
  [['workflow=**', 'workflow=x'], 'accepted'],
  [['repository=other/*'], 'its provenance is of another repository'],
  // An owner, or a server, whose name only begins or ends like the one that is meant.
  [['repository=or/*'], 'its provenance is of another repository'],
  [['repository=*'], 'its provenance is of another repository'],
  [['repository=https://gitlab.com/org/*'], 'its provenance is of another repository'],
  [['repository=org/*', 'ref=refs/heads/release'], 'its provenance is of another ref'],
  [['ref=refs/heads/m'], 'its provenance is of another ref'],
  [['workflow=build.yml'], 'its provenance is of another workflow'],
  [['builder=https://gitlab.com/**'], 'its provenance is of another builder'],
])('%j: %s', (conditions, verdict) => {
  expect(judged(conditions)).toBe(verdict);
});

const changed = (change: (text: string) => string) => ({
  statement: JSON.parse(change(JSON.stringify(STATEMENT))) as unknown,
});

test.each<[string, object, string]>([
  ['that is not there', { statement: undefined }, 'it has no provenance'],
  ['of another tarball', { tarball: { sha256: 'cd'.repeat(32) } }, 'its provenance is about another build'],
  [
    'of an entry without a digest',
    { tarball: { sha256: undefined } },
    'its provenance is about another build',
  ],
  [
    'of no tarball',
    changed((text) => text.replace('"subject":[', '"subjects":[')),
    'its provenance is about another build',
  ],
  [
    'of a later version',
    changed((text) => text.replaceAll('provenance/v1', 'provenance/v2')),
    'its provenance is of a kind that is not known',
  ],
  ['that is a list', { statement: [STATEMENT] }, 'its provenance is of a kind that is not known'],
  [
    'without a repository',
    changed((text) => text.replace('"repository":"', '"repositories":"')),
    'its provenance is incomplete',
  ],
  [
    'with a number for a ref',
    changed((text) => text.replace('"ref":"refs/heads/main"', '"ref":1')),
    'its provenance is incomplete',
  ],
  [
    'without a builder',
    changed((text) => text.replace('"builder"', '"__proto__"')),
    'its provenance is incomplete',
  ],
  ...['x/org', 'evil@org', 'evil/x\\n::error::https://github.com/org', '..'].map(
    (owner): [string, object, string] => [
      `of the repository of ${owner}`,
      changed((text) => text.replaceAll('github.com/org/', `github.com/${owner}/`)),
      'its provenance is of another repository',
    ],
  ),
  [
    'of a repository without its server',
    changed((text) => text.replaceAll('https://github.com/org/stack"', 'org/stack"')),
    'its provenance is of another repository',
  ],
  [
    'of a tarball in capital letters',
    changed((text) => text.replaceAll(TARBALL.sha256, TARBALL.sha256.toUpperCase())),
    'its provenance is about another build',
  ],
  [
    'of a list of digests',
    changed((text) => text.replaceAll(`"${TARBALL.sha256}"`, `["${TARBALL.sha256}"]`)),
    'its provenance is about another build',
  ],
  [
    'of the beginning of a hash',
    changed((text) => text.replaceAll(SPEC.hash, SPEC.hash.slice(0, 7))),
    'its provenance is about another build',
  ],
])('provenance %s is refused', (_, entry, verdict) => {
  expect(judged(['repository=org/*'], entry)).toBe(verdict);
});

test('provenance of another spec is refused, and so is one that nobody has verified', () => {
  const other = { ...SPEC, hash: 'e5gsqvjcrlpv6547ytc3lxqxsuxp6wmg' };
  expect(judged(['repository=org/*'], {}, other)).toBe('its provenance is about another build');
  expect(judged(['repository=org/*'], {}, SPEC, false)).toMatch('proves nothing');
});

test.each(['org/*', 'repository', 'repository=', '=org/*', 'commit=abc', 'Repository=org/*', ''])(
  '%j is no condition',
  (text) => {
    expect(() => parseProvenancePolicy([text])).toThrow('this is no condition on provenance');
  },
);

test('a long name is refused, and one that is just not too long is compared in no time', () => {
  const named = (length: number) =>
    changed((text) => text.replace('refs/heads/main', `refs/heads/${'-'.repeat(length)}`));
  const pattern = `ref=refs/heads/${'*-'.repeat(50)}x`;
  expect(judged([pattern], named(4_000))).toMatch('another ref');
  expect(judged([pattern], named(5_000))).toMatch('incomplete');
});
