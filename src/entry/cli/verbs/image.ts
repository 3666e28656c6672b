/** `buildcache image`: options in, an image of an environment in a registry, a file or a folder, and exit code out. */
import { posix, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { openDownloadCache } from '../../../cache/reading/download-cache.ts';
import { parseProvenancePolicy } from '../../../cache/trust/provenance-policy.ts';
import { type ImageEnvironment, makeImage } from '../../../commands/image.ts';
import { withSources } from '../../../commands/sources.ts';
import type { Env } from '../../../core/env.ts';
import { findEnvironment, readEnvironment } from '../../../environment/environment.ts';
import { isSystemFolder } from '../../../package/scan-tarball.ts';
import { DEFAULT_LAYERS, DOCKER_LAYERS } from '../../../plan/image-layers.ts';
import { imagePlatforms } from '../../../plan/image-platforms.ts';
import { type ImageResult, imageExitCode } from '../../../plan/image-result.ts';
import { imageJson, imageProblems, imageText } from '../../../report/image-text.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import type { SpecNode } from '../../../spec/node.ts';
import { withIndexStore } from '../../shared/index-folder.ts';
import { readInspections, readTreeConfiguration } from '../../shared/install-tree-settings.ts';
import { SBOM_OPTION, type SbomWriter, sbomWriter } from '../../shared/sbom.ts';
import { sourceDate } from '../../shared/source-date.ts';
import { readTrust, type TrustRequest } from '../../shared/trust-request.ts';
import {
  type ImagePlaceOptions,
  imagePlace,
  placeText,
  titleOf,
  withBase,
  withImageTarget,
} from '../image-place.ts';
import {
  addSharedOptions,
  collect,
  readSurroundings,
  type SharedOptions,
  wholeNumber,
} from '../shared-options.ts';
import {
  addProvenancePolicy,
  addTrustOptions,
  downloadFolder,
  type PolicyOptions,
} from '../trust-options.ts';
import type { VerbContext } from '../verb.ts';

interface ImageCommandOptions extends SharedOptions, TrustRequest, PolicyOptions, ImagePlaceOptions {
  readonly also: readonly string[];
  readonly root: string;
  readonly maxLayers: number;
  readonly baseImage?: string;
  readonly label: Readonly<Record<string, string>>;
  readonly sbom?: string;
  readonly dryRun: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addProvenancePolicy(addTrustOptions(addSharedOptions(command)))
    .option('--tag <oci://registry/name:tag>', 'put the image into a registry, under this name')
    .option('-o, --output <file>', 'write the image to a file that docker, podman and skopeo load')
    .option('--layout <dir>', 'put the image into an OCI layout folder, beside those that are there')
    .option('--name <name:tag>', 'what the image in a file or folder is called')
    .option('--base-image <image>', 'what the image stands on (default: nothing)')
    .option(
      '--also <dir|spack.lock>',
      'a further environment, for another architecture: one image for all of them (repeatable)',
      collect,
      [],
    )
    .option('--root <dir>', 'where the packages are in the image', absolute, '/opt/spack')
    .option(
      '--max-layers <n>',
      'the most layers on top of the base image; packages that few others need share them',
      wholeNumber({ least: 2, most: DOCKER_LAYERS }),
      DEFAULT_LAYERS,
    )
    .option('--label <name=value>', 'a label of the image (repeatable)', label, {})
    .option('--sbom <file>', SBOM_OPTION)
    .option('--dry-run', 'say what would be in the image', false)
    .action((options: ImageCommandOptions) => run(options, context));
}

async function run(options: ImageCommandOptions, context: VerbContext): Promise<void> {
  const around = await readSurroundings(options, context);
  const { env, cwd, signal, stdout } = context;
  const { reporter } = around;
  const place = options.dryRun && !isPlaced(options) ? undefined : await imagePlace(options, cwd);
  const created = sourceDate(env);
  const provenance = parseProvenancePolicy(options.requireProvenance);
  const writeSbom = sbomWriter(options.sbom, context);
  const platforms = imagePlatforms(await readEnvironments(options, around.environment, context));
  const trust = await readTrust(options, context, reporter);
  const nodes = new Map<string, SpecNode>();
  for (const { source } of platforms) for (const [hash, node] of source.graph.nodes) nodes.set(hash, node);
  const registries = { ...around, signal };
  const title = place && titleOf(place);
  const result = await withSources({ ...around, trust, nodes, signal }, reporter, (sources) =>
    withIndexStore(around, (store) =>
      withBase(options.baseImage, registries, async (base) => {
        const making = {
          platforms,
          root: options.root,
          maxLayers: options.maxLayers,
          base,
          labels: { ...sourceLabels(env), ...(title && { [`${OCI}.title`]: title }), ...options.label },
          created,
          place: place === undefined ? '' : placeText(place),
          cache: openDownloadCache(downloadFolder(env)),
          provenance,
          jobs: options.jobs,
          sources,
          index: { ...around.index, store },
          signal,
        };
        if (place === undefined || options.dryRun)
          return await makeImage({ ...making, target: undefined }, reporter);
        return await withImageTarget(place, registries, (target) =>
          makeImage({ ...making, target }, reporter),
        );
      }),
    ),
  );
  tell(result, options, around.color, reporter, stdout);
  if (result.digest !== undefined) await writeSbom?.(contentOf(result));
  context.exit(imageExitCode(result));
}

function tell(
  result: ImageResult,
  options: ImageCommandOptions,
  color: boolean,
  reporter: Awaited<ReturnType<typeof readSurroundings>>['reporter'],
  stdout: VerbContext['stdout'],
): void {
  for (const note of result.notes) reporter.warn(note);
  if (options.json) stdout.write(`${JSON.stringify(imageJson(result), null, 2)}\n`);
  if (options.quiet) for (const text of imageProblems(result)) reporter.error(text);
  else if (!options.json) stdout.write(`${imageText(result, terminalStyle(color)).join('\n')}\n`);
}

/** The packages of all platforms, for the SBOM. */
function contentOf({ platforms }: ImageResult): Parameters<SbomWriter>[0] {
  const specs = platforms.flatMap(({ layers }) => layers.flatMap((layer) => layer.specs));
  return {
    specs: [...new Map(specs.map((spec) => [spec.hash, spec])).values()],
    roots: new Set(platforms.flatMap(({ roots }) => roots)),
    digests: new Map(platforms.flatMap(({ tarballs }) => [...tarballs])),
  };
}

function isPlaced({ tag, output, layout }: ImageCommandOptions): boolean {
  return [tag, output, layout].some((each) => each !== undefined);
}

/** The environment, and the further ones. Each has the projections and prefix inspections of its own configuration. */
async function readEnvironments(
  { also, root }: ImageCommandOptions,
  first: Awaited<ReturnType<typeof findEnvironment>>,
  { env, cwd }: VerbContext,
): Promise<ImageEnvironment[]> {
  const others = await Promise.all(also.map((each) => findEnvironment(resolve(cwd, each), env)));
  return await Promise.all(
    [first, ...others].map(async (files) => {
      const graph = await readEnvironment(files);
      const { settings } = await readTreeConfiguration(files.folder, undefined, {
        env,
        cwd,
        otherwise: root,
      });
      const inspections = (await readInspections(files.folder, env))('linux');
      return { graph, name: files.lockfile, projections: settings.projections, inspections };
    }),
  );
}

const OCI = 'org.opencontainers.image';

/** Where the environment comes from, in jobs of GitHub and GitLab. */
function sourceLabels(env: Env): Record<string, string> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  const source = server && repository ? `${server}/${repository}` : env['CI_PROJECT_URL'];
  const revision = env['GITHUB_SHA'] || env['CI_COMMIT_SHA'];
  return {
    ...(source && { [`${OCI}.source`]: source }),
    ...(revision && { [`${OCI}.revision`]: revision }),
  };
}

/** Folders whose modes a layer would change for all: each layer says the modes of the folders above its packages. */
const NOT_PLAIN = /^\/(?:root|tmp|var\/tmp)(?:\/|$)/;

/** For commander. */
function absolute(text: string): string {
  const path = posix.normalize(text).replace(/(?<=.)\/$/, '');
  const isOwn = path !== '/' && !NOT_PLAIN.test(path) && !isSystemFolder(`${path}/package`);
  if (!text.startsWith('/') || !isOwn) {
    throw new InvalidArgumentError(
      'Expected an absolute path that is no folder of the system, such as /opt/spack.',
    );
  }
  return path;
}

/** For commander. */
function label(text: string, labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, name, value] = /^([^=\s]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Expected NAME=VALUE.');
  return { ...labels, [name]: value };
}
