/** The action's main step in a process of its own, from the sources. */
import { main } from '../../src/entry/bundle.ts';

await main();
