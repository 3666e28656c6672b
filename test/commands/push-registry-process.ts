/**
 * A process of its own that pushes every nth spec of an install tree to a registry and updates the index:
 *     node push-registry-process.ts STORE URL N OF
 * What the specs of others are needed for is left out of images: they may be on their way.
 */
import { openOciWriter } from '../../src/cache/oci/writer.ts';
import { readInstallTree } from '../../src/tree/install-tree.ts';
import { NO_OPTIONS } from '../cache/registry-place.ts';
import { openTestRegistry } from '../harness/registry-client.ts';
import { pushable } from '../tree/toy-store.ts';
import { pushToy } from './push-toy.ts';

const [store = '', url = '', n = '0', of = '1'] = process.argv.slice(2);
const tree = await readInstallTree(store);
const specs = pushable(tree).filter((_, i) => i % Number(of) === Number(n));
const cache = openOciWriter(await openTestRegistry(url), NO_OPTIONS);
const target = { name: 'mirror', cache, signer: undefined, elsewhere: new Map() };
const [mirror] = (await pushToy(tree, [target], { specs, allowMissing: true })).mirrors;
await cache.close();
const isFine = [...(mirror?.outcomes.values() ?? [])].every(({ kind }) => kind === 'pushed');
if (!isFine || mirror?.index === undefined || 'failed' in mirror.index) {
  console.error(JSON.stringify([...(mirror?.outcomes ?? [])]), mirror?.index);
  process.exitCode = 1;
}
