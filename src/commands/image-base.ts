/** What an image stands on, for each of its platforms. It is looked at before anything is made. */
import { type Base, type BaseImage, noBase, pinBase, readBase } from '../cache/oci/base.ts';
import type { ImageTarget } from '../cache/oci/image-target.ts';
import { BuildcacheError } from '../core/errors.ts';
import { DOCKER_LAYERS } from '../plan/image-layers.ts';
import type { OciDescriptor } from '../storage/registry/registry.ts';

/** As much of a plan for a platform as matters here. */
interface Standing {
  readonly platform: { readonly architecture: string };
  readonly layers: readonly unknown[];
}

export interface PlatformBase {
  readonly base: Base;
  /** Brings its layers to where the image is made. */
  readonly bring: (target: ImageTarget) => Promise<void>;
}

/**
 * @param image undefined: the images stand on nothing
 * @throws BuildcacheError as `readBase`; `usage` where an image would have more layers than Docker takes
 */
export async function basesFor<Plan extends Standing>(
  plans: readonly Plan[],
  image: BaseImage | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<Plan, PlatformBase>> {
  const pinned = image && (await pinBase(image, signal));
  const bases = new Map<Plan, PlatformBase>();
  for (const plan of plans) bases.set(plan, await baseFor(plan, pinned, signal));
  return bases;
}

async function baseFor(
  { platform: { architecture }, layers }: Standing,
  image: BaseImage | undefined,
  signal: AbortSignal,
): Promise<PlatformBase> {
  if (image === undefined) return { base: noBase(architecture), bring: async () => undefined };
  const found: (readonly [layer: OciDescriptor, url: string])[] = [];
  const base = await readBase(image, architecture, async (...layer) => void found.push(layer), signal);
  // One layer is the store's own.
  requireFew(found.length, layers.length + 1);
  return {
    base,
    async bring(target) {
      for (const [layer, url] of found) await target.takeLayer(image.registry, layer, url, signal);
    },
  };
}

function requireFew(below: number, own: number): void {
  if (below + own <= DOCKER_LAYERS) return;
  const most = DOCKER_LAYERS - below;
  throw new BuildcacheError('usage', 'the image would have more layers than Docker takes', {
    expected: `at most ${DOCKER_LAYERS}`,
    found: `${below + own}, ${below} of them of the base image`,
    hint: most < 2 ? 'take another base image' : `make fewer layers with --max-layers ${most}`,
  });
}
