/** Every reader of outside text, with the function it begins with. Each gets the name `SOURCE` for its messages. */

import { scanIndex } from '../../src/cache/index/scan.ts';
import { parseManifest } from '../../src/cache/layouts/manifest.ts';
import { parseImageConfig, parseImageIndex, parseImageManifest } from '../../src/cache/oci/image.ts';
import { parseEntryUrl } from '../../src/cache/reading/entry-url.ts';
import { readPublicKeys } from '../../src/cache/trust/public-key.ts';
import { openTrust } from '../../src/cache/trust/trust.ts';
import { BuildcacheError } from '../../src/core/errors.ts';
import { globMatcher } from '../../src/core/glob.ts';
import { parseJson, stringifyCompact } from '../../src/core/json.ts';
import { redactUrl } from '../../src/core/redact.ts';
import { expandPath, locationUrl } from '../../src/environment/location.ts';
import { withoutMark } from '../../src/environment/merge-sections.ts';
import { evaluateWhen } from '../../src/environment/when.ts';
import { parseYaml } from '../../src/environment/yaml-text.ts';
import { fetchTool } from '../../src/github/fetched-tool.ts';
import { code, escapeMarkdown } from '../../src/github/summary.ts';
import { plain, visible } from '../../src/github/workflow-commands.ts';
import { readMirrors } from '../../src/mirrors/config.ts';
import { editMirrors } from '../../src/mirrors/edit-mirrors.ts';
import { parseMirrorsInput } from '../../src/mirrors/input.ts';
import { readBuildInfo } from '../../src/package/build-info-reader.ts';
import { parseCopyList } from '../../src/plan/copy-list.ts';
import { parseKeepList } from '../../src/plan/keep-list.ts';
import { isGlob } from '../../src/plan/selection.ts';
import { parseSpecArguments, parseSpecs } from '../../src/spec/constraint/parse.ts';
import { readDatabase } from '../../src/spec/database.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { readSpecFile } from '../../src/spec/spec-file.ts';
import { compareVersions, parseVersion, parseVersionSet } from '../../src/spec/version.ts';
import { parseChallenges } from '../../src/storage/registry/challenge.ts';
import { parseImageReference, parseRepositoryUrl } from '../../src/storage/registry/reference.ts';

export const SOURCE = '/hostile/file';

/** @returns what it makes of the text; throws or rejects with a {@link BuildcacheError} where that is nothing */
export type Parser = (text: string) => unknown;

const context = { base: '/base', environment: '/environment', env: { HOME: '/home' } };
const ociText = (text: string, kind: string) => ({
  bytes: Buffer.from(text),
  mediaType: `application/vnd.oci.image.${kind}.v1+json`,
  digest: undefined,
});
const signed = (text: string) =>
  `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${text}\n-----BEGIN PGP SIGNATURE-----\n\n${text}\n-----END PGP SIGNATURE-----\n`;

/** Documents: what a file, a mirror or a registry holds. Their errors name it. */
export const DOCUMENTS: Readonly<Record<string, Parser>> = {
  lockfile: (text) => readLockfile(text, SOURCE),
  'spec file': (text) => readSpecFile(Buffer.from(text), SOURCE),
  database: (text) => readDatabase(text, SOURCE),
  index: (text) => scanIndex([Buffer.from(text)], SOURCE, () => undefined),
  manifest: (text) => parseManifest(Buffer.from(text), SOURCE),
  'image manifest': (text) => parseImageManifest(ociText(text, 'manifest'), SOURCE),
  'image index': (text) => parseImageIndex(ociText(text, 'index'), SOURCE),
  'image configuration': (text) => parseImageConfig(Buffer.from(text), SOURCE),
  'copy-list': (text) => parseCopyList(text, SOURCE),
  'keep-list': (text) => parseKeepList(text, SOURCE),
  YAML: async (text) => await readMirrors(await parseYaml(text, SOURCE), SOURCE, context),
  'mirrors to be changed': (text) => editMirrors(text, SOURCE, false, { kind: 'remove', name: 'a' }),
  'public keys': (text) => readPublicKeys(text, SOURCE),
  'armored public key': (text) =>
    readPublicKeys(
      `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${text}\n-----END PGP PUBLIC KEY BLOCK-----\n`,
      SOURCE,
    ),
  'signed manifest': async (text) => (await trust).verify(text, SOURCE),
  JSON: (text) => stringifyCompact(parseJson(text, SOURCE), SOURCE),
};

/** Words: arguments, values of settings, headers, names. */
export const WORDS: Readonly<Record<string, Parser>> = {
  'signed text': async (text) => (await trust).verify(signed(text), SOURCE),
  'build info': (text) => readBuildInfo(Buffer.from(text)),
  'mirrors input': (text) => parseMirrorsInput(text, context),
  'glob of names': (text) => isGlob(text) && globMatcher(text)('py-numpy'),
  'name for a glob': (text) => globMatcher('*-*-*-*-x')(text),
  spec: parseSpecs,
  'spec arguments': (text) => parseSpecArguments(text.split(' ')),
  version: (text) => compareVersions(parseVersion(text), parseVersion(`${text}1`)),
  'set of versions': parseVersionSet,
  'entry URL': parseEntryUrl,
  'mirror location': (text) => locationUrl(text, context),
  path: (text) => expandPath(text, context),
  when: (text) => evaluateWhen(text, {}),
  'key of a section': withoutMark,
  'repository URL': (text) => parseRepositoryUrl(`oci://${text}`),
  'image reference': parseImageReference,
  challenge: parseChallenges,
  'URL for people': redactUrl,
  'code in a summary': code,
  'text in a summary': escapeMarkdown,
  'line of a log': plain,
  'text in a log': visible,
  'tool with its digest': (text) => fetchTool({}, 'patchelf', text).catch(onlyOurs),
};

const trust = openTrust({ keys: [], fingerprints: [] });

function onlyOurs(error: unknown): void {
  if (!(error instanceof BuildcacheError)) throw error;
}
