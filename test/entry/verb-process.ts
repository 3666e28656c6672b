/** The command line in a process of its own, from the sources: node verb-process.ts VERB … */
import { runCli } from '../../src/entry/cli/cli.ts';

process.exitCode = await runCli(process.argv.slice(2), '0');
