/** The part of a push that is about images: their contents, their names, and one image of all roots. */
import type { EntryImage } from '../cache/image-content.ts';
import { describeError } from '../core/errors.ts';
import { DOCKER_LAYERS } from '../plan/image-layers.ts';
import type { MirrorPush, PushOutcome } from '../plan/push-result.ts';
import type { SpecNode } from '../spec/node.ts';
import { defaultInspections } from '../tree/run-environment.ts';
import type { LayerTurns } from './layer-turns.ts';
import type { PushOptions, PushTarget } from './push.ts';
import { type ImageContents, imageContents } from './tree-images.ts';

export function contentsOf({ tree, graph, inspections = defaultInspections }: PushOptions): ImageContents {
  return imageContents(tree, graph, inspections);
}

/**
 * The image of a spec. It lacks the layers of specs that the mirror is configured not to take.
 * @param turns of the mirror that is pushed to
 */
export function imageOf(
  { hash }: SpecNode,
  tarSha256: string,
  { refuses }: Pick<PushTarget, 'refuses'>,
  turns: LayerTurns | undefined,
  { images, allowMissing }: Pick<PushOptions, 'allowMissing'> & { readonly images: ImageContents },
): EntryImage {
  const whole = images([hash]);
  const specs = whole.specs.filter((spec) => spec.hash === hash || refuses?.(spec) === undefined);
  const content = { ...whole, specs };
  const others = content.specs.filter((spec) => spec.hash !== hash).map((spec) => spec.hash);
  return {
    ...content,
    tarSha256,
    layerSent: () => turns?.settle(hash),
    othersSent: async () => (await turns?.settled(others, hash)) ?? new Set(),
    allowMissing,
  };
}

/**
 * The names of the images of those specs that were asked for and can be run.
 * @param there hashes of what the mirror has
 */
export function imageNames(
  { cache: { images } }: PushTarget,
  there: ReadonlySet<string>,
  { specs, roots }: PushOptions,
): string[] {
  if (images === undefined) return [];
  return specs.filter(({ hash }) => roots.has(hash) && there.has(hash)).map(images.nameOf);
}

/**
 * Tags one image of all roots.
 * @param outcomes of the specs that were pushed
 * @returns undefined where no such image was asked for
 */
export async function tagRoots(
  { cache: { images }, refuses }: PushTarget,
  outcomes: ReadonlyMap<string, PushOutcome>,
  options: PushOptions,
): Promise<MirrorPush['tagged']> {
  const { specs, roots, imageTag, imageRoots, signal } = options;
  if (images === undefined || imageTag === undefined) return undefined;
  try {
    const wanted = specs.filter((spec) => refuses?.(spec) === undefined);
    const selected = new Set(wanted.map(({ hash }) => hash));
    const hashes = [...(imageRoots ?? [...roots].filter((hash) => selected.has(hash)))];
    if (hashes.length === 0 && wanted.length < specs.length) return undefined;
    // If the registry has an old image of one of these, it was to be replaced, and must not be used.
    const failed = [...outcomes].filter(([, { kind }]) => kind === 'failed' || kind === 'not-tried');
    const whole = contentsOf(options)(hashes);
    const content = { ...whole, specs: whole.specs.filter((spec) => refuses?.(spec) === undefined) };
    const without = new Set(failed.map(([hash]) => hash));
    const { name, layers } = await images.tag(imageTag, content, without, signal);
    return layers <= DOCKER_LAYERS ? { name } : { name, note: tooHigh(layers) };
  } catch (error) {
    return { failed: describeError(error) };
  }
}

function tooHigh(layers: number): string {
  return `which Docker cannot run: it has ${layers} layers, and ${DOCKER_LAYERS} are the most (\`buildcache image\` makes one with fewer)`;
}
