/** Where in a push a process can be killed, told by the keys that it writes. */

export const KILL_PLACES = ['inside a blob', 'between blob and manifest', 'inside the index write'] as const;

export type KillPlace = (typeof KILL_PLACES)[number];

/**
 * @param specs how many the process has to send: blobs that come after all their manifests are the index's
 * @returns for each key that is put, where that is, and what to call when it is done
 */
export function killPlaces(
  specs: number,
): (key: string) => { readonly at: KillPlace | undefined; readonly done: () => void } {
  let manifests = 0;
  return (key) => {
    const isManifest = key.includes('v3/manifests/spec/');
    const done = () => {
      if (isManifest) manifests++;
    };
    if (isManifest) return { at: 'between blob and manifest', done };
    if (key.includes('v3/manifests/index/')) return { at: 'inside the index write', done };
    if (!key.includes('blobs/sha256/')) return { at: undefined, done };
    return { at: manifests < specs ? 'inside a blob' : 'inside the index write', done };
  };
}
