import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { CLI, scratch, timeCommand } from './parts/measure.mjs';

export const about =
  'What `--version` takes of the executable, against the bundle on an installed Node. In turns, the least of each, since both only do what they must.';
export const notes =
  'The executable has its own Node and the code that V8 compiled. On Node 20 the bundle takes twice as long as on Node 24.';

const BUILD = fileURLToPath(new URL('../scripts/executable.mjs', import.meta.url));

export async function run(bench) {
  using work = scratch('start');
  execFileSync(process.execPath, [BUILD, '--out', work.path], { stdio: 'pipe' });
  const executable = join(work.path, `buildcache-${process.platform}-${process.arch}`);
  const least = { bundle: Number.POSITIVE_INFINITY, executable: Number.POSITIVE_INFINITY };
  for (let round = 0; round < bench.rounds(40); round++) {
    for (const [name, command, args] of [
      ['bundle', process.execPath, [CLI, '--version']],
      ['executable', executable, ['--version']],
    ]) {
      const { best } = await timeCommand(command, args, { times: 1 });
      least[name] = Math.min(least[name], best);
    }
  }
  bench.note('the bundle on an installed Node', least.bundle, 'ms');
  const floor = { what: 'the bundle', value: least.bundle };
  bench.note('the executable', least.executable, 'ms', { floor, aim: 1.3 });
}
