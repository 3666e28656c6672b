/**
 * The least that a pull of small images is: of each tag the manifest, the configuration and the last layer, by `undici` over
 * connections that are kept, each digested and written to a file. It reads nothing of a spec, tries nothing again and waits
 * for ever: it is here to be compared with.
 */
import { hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Pool } from 'undici';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/**
 * @param place `http://host/v2/name` of a repository
 * @param tags of the images
 * @param folder what it makes, and fills with all three of each
 */
export async function pullLeast(place, tags, folder, jobs) {
  fs.mkdirSync(folder, { recursive: true });
  const { origin, pathname } = new URL(place);
  const pool = new Pool(origin, { connections: jobs });
  const fetch = async (what, digest) => {
    const headers = { accept: MANIFEST };
    const answer = await pool.request({ method: 'GET', path: `${pathname}/${what}`, headers });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    const expected = digest ?? answer.headers['docker-content-digest'];
    const found = `sha256:${hash('sha256', bytes)}`;
    if (answer.statusCode !== 200 || found !== expected) throw new Error(`${what}: ${answer.statusCode}`);
    fs.writeFileSync(path.join(folder, found), bytes);
    return bytes;
  };
  const left = tags.values();
  const take = async () => {
    for (const tag of left) {
      const { config, layers } = JSON.parse(await fetch(`manifests/${tag}`));
      await Promise.all([config, layers.at(-1)].map(({ digest }) => fetch(`blobs/${digest}`, digest)));
    }
  };
  await Promise.all(Array.from({ length: jobs }, take));
  await pool.close();
}
