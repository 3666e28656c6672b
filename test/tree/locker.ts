/** Another program that locks an install tree's files as Spack does: Python itself, or Perl where only that is there. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Locker {
  readonly program: string;
  readonly pid: number | undefined;
  /**
   * `hold` keeps the lock, `share` keeps or makes it a shared one, `drop` gives it back, `try` takes it and gives it back at once.
   * @param file a name below `.spack-db`
   * @returns `done`, or `locked` where somebody else has it
   */
  ask(
    verb: 'hold' | 'share' | 'drop' | 'try',
    root: string,
    file: string,
    start: bigint,
    length: number,
  ): Promise<string>;
  end(): void;
}

const PYTHON = `
import fcntl, os, sys
held = {}
for line in iter(sys.stdin.readline, ""):
    verb, start, length, path = line.rstrip("\\n").split(" ", 3)
    if path not in held: held[path] = os.open(path, os.O_RDWR | os.O_CREAT)
    mode = fcntl.LOCK_SH if verb == "share" else fcntl.LOCK_EX
    how = fcntl.LOCK_UN if verb == "drop" else mode | fcntl.LOCK_NB
    try:
        fcntl.lockf(held[path], how, int(length), int(start), os.SEEK_SET)
        if verb == "try": fcntl.lockf(held[path], fcntl.LOCK_UN, int(length), int(start), os.SEEK_SET)
        print("done", flush=True)
    except OSError:
        print("locked", flush=True)
`;

// The lock's layout is that of 64-bit Linux; elsewhere the tests need Python.
const PERL = `
use strict; use Fcntl;
$| = 1;
my %held;
sub lock_as { my ($file, $type, $start, $length) = @_;
  return fcntl($file, F_SETLK, pack("s s x![q] q q l x![q]", $type, 0, $start, $length, 0)) }
while (my $line = <STDIN>) {
  chomp $line;
  my ($verb, $start, $length, $path) = split / /, $line, 4;
  sysopen($held{$path}, $path, O_RDWR | O_CREAT) or die unless $held{$path};
  my $mode = $verb eq "drop" ? F_UNLCK : $verb eq "share" ? F_RDLCK : F_WRLCK;
  my $done = lock_as($held{$path}, $mode, $start, $length);
  lock_as($held{$path}, F_UNLCK, $start, $length) if $done && $verb eq "try";
  print $done ? "done\\n" : "locked\\n";
}
`;

export function startLocker(program: 'python3' | 'perl'): Locker {
  const args = program === 'perl' ? ['-e', PERL] : ['-I', '-S', '-c', PYTHON];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    program,
    pid: child.pid,
    async ask(verb, root, file, start, length) {
      mkdirSync(join(root, '.spack-db'), { recursive: true });
      child.stdin.write(`${verb} ${start} ${length} ${join(root, '.spack-db', file)}\n`);
      return String((await answers.next()).value);
    },
    end: () => child.stdin.end(),
  };
}
