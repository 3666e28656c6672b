/** What making an image came to, for people and as JSON. */
import { oneLine } from '../core/errors.ts';
import { type ImageResult, imageExitCode } from '../plan/image-result.ts';
import { shortSpec } from '../spec/format.ts';
import { type SpecNode, shortHash } from '../spec/node.ts';
import { bytesText } from './amounts.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';
import { failedLines } from './push-text.ts';

/** Lines without line ends. */
export function imageText(result: ImageResult, style: Style = PLAIN_STYLE): string[] {
  const { failed, place, digest, platforms, sent, dryRun } = result;
  if (failed.length > 0) {
    const what = `${style.bad(`${failed.length} failed`)}, so ${dryRun ? 'there would be' : 'there is'} no image`;
    return [what, ...imageProblems(result, style).map((text) => `  ${text}`)];
  }
  const sum = platforms.map(({ architecture, layers }) => {
    const specs = layers.reduce((count, each) => count + each.specs.length, 0);
    return `linux/${architecture}: ${specs} packages in ${layers.length} layers`;
  });
  if (dryRun) return [`an image would be made  ${style.dim(sum.join(', '))}`];
  return [
    `${style.good(oneLine(place))}  ${style.dim(`${sum.join(', ')}, ${bytesText(sent)} new`)}`,
    ...(digest === undefined ? [] : [digest]),
  ];
}

/** The specs that could not be had, with the reasons. */
export function imageProblems({ failed }: ImageResult, style: Style = PLAIN_STYLE): string[] {
  return failedLines(
    failed.map(({ spec, reason }) => ({ name: specName(spec), reason })),
    style,
  );
}

/** What `image --json` prints. Within one `version`, fields are only added. */
export function imageJson(result: ImageResult): unknown {
  const { place, digest, root, platforms, sent, notes, dryRun, failed } = result;
  return {
    version: 1,
    exit_code: imageExitCode(result),
    dry_run: dryRun,
    image: place,
    digest: digest ?? null,
    root,
    sent_bytes: sent,
    notes,
    platforms: platforms.map((platform) => ({
      os: 'linux',
      architecture: platform.architecture,
      digest: platform.digest ?? null,
      roots: platform.roots,
      layers: platform.layers.map(({ specs, made }) => ({
        digest: made?.digest ?? null,
        diff_id: made?.diffId ?? null,
        size: made?.size ?? null,
        specs: specs.map(specJson),
      })),
    })),
    failed: failed.map(({ spec, code, reason }) => ({ ...specJson(spec), code, reason })),
  };
}

function specJson(spec: SpecNode) {
  return { name: spec.name, version: spec.version, hash: spec.hash, short_spec: shortSpec(spec) };
}

function specName(spec: SpecNode): string {
  return `${spec.name}@${spec.version}/${shortHash(spec)}`;
}
