/** Servers and folders that syncs go between, and routes whose source is full. */
import { join } from 'node:path';
import { folderDocuments } from '../cache/mirror-state.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateMirror } from '../harness/generate-mirror.ts';
import { generateRegistry } from '../harness/generate-registry.ts';
import { startRegistry } from '../harness/registry.ts';
import { startS3Server } from '../harness/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { failNowAndThen } from './failing-registry.ts';
import { bucketEnd, type End, folderEnd, registryEnd, USER } from './sync-ends.ts';
import { openRoute, type Route } from './sync-routes.ts';

export type Kind = 'bucket' | 'folder' | 'registry' | 'other registry' | 'failing registry';

export interface Places extends AsyncDisposable {
  /** Told of each request, but not of those to the failing registry. */
  readonly trap: { onRequest: () => void };
  /** Of the failing registry. */
  readonly failures: { isFailing: boolean; faults: number };
  /** A route from a source that has so many specs to an empty target. */
  open(kind: Kind, kindOfTarget: Kind, specs: number): Promise<Route>;
}

export async function openPlaces(): Promise<Places> {
  const trap = { onRequest: () => {} };
  const failures = { isFailing: false, faults: 0 };
  const fault = () => {
    trap.onRequest();
    return undefined;
  };
  const dir = await tempDir();
  const bucket = await startS3Server({ fault });
  const registries = {
    registry: await startRegistry({ fault }),
    'other registry': await startRegistry({ fault }),
    'failing registry': await startRegistry({
      fault: failNowAndThen(failures),
      // As large ones are: tokens that do not last, pages, and blobs from another host.
      auth: { kind: 'bearer', ...USER, expiresIn: 2 },
      page: 100,
      blobRedirects: true,
    }),
  };
  const endAt = (kind: Kind, name: string, isAnew: boolean): End => {
    switch (kind) {
      case 'bucket':
        return bucketEnd(bucket, name);
      case 'folder':
        return folderEnd(join(dir.path, name));
      default:
        return registryEnd(registries[kind], name, isAnew);
    }
  };
  return {
    trap,
    failures,
    async open(kind, kindOfTarget, specs) {
      const environment = generateEnvironment({ specs, seed: 3 });
      const name = `${kind}-to-${kindOfTarget}-${specs}`.replaceAll(' ', '-');
      const [from, folder] = [`${name}/from`, join(dir.path, name)];
      const isMirror = kind === 'folder' || kind === 'bucket';
      if (isMirror) await generateMirror(join(dir.path, from), environment);
      else await generateRegistry(registries[kind].repository(from), environment);
      if (kind === 'bucket') {
        for (const [key, content] of folderDocuments(join(dir.path, from))) {
          const about = { etag: `"${key}"`, modified: new Date(), contentType: '', cacheControl: undefined };
          bucket.objects.set(`bucket/${from}/${key}`, { content, ...about });
        }
      }
      const ends = [endAt(kind, from, false), endAt(kindOfTarget, `${name}/to`, isMirror)] as const;
      return openRoute(folder, environment, ...ends);
    },
    async [Symbol.asyncDispose]() {
      for (const each of [bucket, ...Object.values(registries)]) await each.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}
