/**
 * A process that holds POSIX record locks (`fcntl`) for us, since Node has no call for them. It is a few lines of
 * Python or Perl, whichever is present. It reads one request a line and answers each with one line, in the same order.
 * Requests that are made together are written together, and so are their answers: for a small package, a write for each
 * would be a good part of its time. Such locks belong to their process and are lost when it ends or closes the file.
 * This process keeps the files open until its input ends, and that happens also when we are killed.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { childEnvironment } from '../core/child-environment.ts';
import { BuildcacheError, fileError } from '../core/errors.ts';

export interface LockHelper {
  /**
   * Tries to lock bytes of a file; false if another process has them. A length of 0 is the whole file.
   * @param isShared with all others who share them, and with nobody else
   */
  tryLock(range: LockRange, isShared?: boolean): Promise<boolean>;
  unlock(range: LockRange): Promise<void>;
  /** Throws if the process, and so every lock it had, is gone. */
  assertAlive(): void;
  /** Ends the process and with it all locks. */
  close(): Promise<void>;
}

export interface LockRange {
  /** Absolute path of a file that exists. */
  readonly file: string;
  readonly start: bigint;
  readonly length: number;
}

/** Milliseconds for an answer. The process never waits for a lock: it says `busy`, and the caller asks again. */
const ANSWER_MS = 30_000;

const WITHOUT = 'pass --no-lock if no Spack uses this install tree meanwhile';

/** What `ENOLCK`, `ENOSYS` and `EOPNOTSUPP` are called: that a file system has no locks, or none that hosts share. */
const NO_LOCKS = /^(?:No locks available|Function not implemented|(?:Operation )?not supported)/i;

/**
 * What can hold a lock, the first choice first: Python knows its platform's layout of a lock, Perl has to be told. The system's
 * own comes first: one on the `PATH` may be a script that looks for the right one, or stand in a folder that was checked out.
 * (That of macOS may only ask whether to install Python.)
 */
export const LOCK_INTERPRETERS: readonly string[] = [
  ...(process.platform === 'darwin' ? [] : ['/usr/bin/python3']),
  'python3',
  '/usr/bin/perl',
  'perl',
];

/**
 * Starts the process.
 * @param interpreters programs on the `PATH`, or paths of such, to try in turn
 * @param answerMs milliseconds after which it is ended when it does not answer
 * @throws BuildcacheError `unsupported` when none of them is there; `io` when no process can be started
 */
export async function startLockHelper(
  interpreters: readonly string[],
  answerMs = ANSWER_MS,
): Promise<LockHelper> {
  for (const interpreter of interpreters) {
    const child = await start(interpreter, answerMs);
    if (child !== undefined) return helperOf(child, answerMs);
  }
  throw new BuildcacheError('unsupported', "nothing here can take Spack's lock on the install tree", {
    expected: `${interpreters.filter((each) => !each.includes('/')).join(' or ') || 'an interpreter'} on the PATH`,
    hint: `install one of them; or ${WITHOUT}`,
  });
}

/**
 * A request is `<L|S|U> <start> <length> <file, in hexadecimal>`, an answer `ok`, `busy` or `error <what>`. `S` is a shared lock.
 * A file that another process has replaced is opened anew, as Spack does. The old one stays open: it may have locks, too.
 */
const PYTHON = `
import errno, fcntl, os
HOW = {"L": fcntl.LOCK_EX | fcntl.LOCK_NB, "S": fcntl.LOCK_SH | fcntl.LOCK_NB, "U": fcntl.LOCK_UN}
files = {}
def opened(name):
    path = bytes.fromhex(name)
    how = os.O_RDWR
    try:
        if name in files and os.path.samestat(os.stat(path), os.fstat(files[name])):
            return files[name]
    except OSError as e:
        if e.errno == errno.ENOENT:
            how |= os.O_CREAT | os.O_NOFOLLOW
    files[name] = os.open(path, how, 0o777)
    return files[name]
def answer(line):
    verb, start, length, name = line.decode().split()
    try:
        file = opened(name)
    except OSError as e:
        return "error " + e.strerror
    try:
        fcntl.lockf(file, HOW[verb], int(length), int(start), os.SEEK_SET)
        return "ok"
    except OSError as e:
        busy = verb != "U" and e.errno in (errno.EAGAIN, errno.EACCES)
        return "busy" if busy else "error " + e.strerror
print("ready", flush=True)
left = b""
while True:
    more = os.read(0, 65536)
    if not more:
        break
    *lines, left = (left + more).split(b"\\n")
    if lines:
        print(*map(answer, lines), sep="\\n", flush=True)
`;

const PERL = `
use strict; use Fcntl; use Errno qw(EAGAIN EACCES);
$| = 1;
my $bsd = $^O eq "darwin" || $^O =~ /bsd/;
my (%files, @replaced);
sub opened {
  my ($name) = @_;
  my $path = pack("H*", $name);
  my $how = O_RDWR;
  if ($files{$name}) {
    my @there = stat $path;
    my @ours = stat $files{$name};
    return $files{$name} if @there && @ours && $there[0] == $ours[0] && $there[1] == $ours[1];
    $how |= O_CREAT | O_NOFOLLOW unless @there;
    push @replaced, $files{$name};
  }
  sysopen(my $file, $path, $how, 0777) or return;
  return $files{$name} = $file;
}
sub answer {
  my ($verb, $start, $length, $name) = split " ", $_[0];
  my $file = opened($name) or return "error $!\\n";
  my $type = $verb eq "L" ? F_WRLCK : $verb eq "S" ? F_RDLCK : F_UNLCK;
  my $lock = $bsd ? pack("q q l s s", $start, $length, 0, $type, 0)
                  : pack("s s x![q] q q l x![q]", $type, 0, $start, $length, 0);
  return "ok\\n" if fcntl($file, F_SETLK, $lock);
  return "busy\\n" if $verb ne "U" && ($! == EAGAIN || $! == EACCES);
  return "error $!\\n";
}
print "ready\\n";
my $left = "";
while (sysread(STDIN, $left, 65536, length $left)) {
  my $answers = "";
  $answers .= answer($1) while $left =~ s/^(.*)\\n//;
  print $answers;
}
`;

/** The options keep the environment and the user's own modules from changing what the program does. */
function argumentsFor(interpreter: string): string[] {
  return /perl[\d.]*$/.test(interpreter) ? ['-e', PERL] : ['-I', '-S', '-c', PYTHON];
}

/** Undefined where the program is not there or does not get as far as saying that it is ready. */
async function start(
  interpreter: string,
  answerMs: number,
): Promise<ChildProcessWithoutNullStreams | undefined> {
  const child = spawn(interpreter, argumentsFor(interpreter), {
    // Its own session, so that a Ctrl-C meant for us does not end it before we are done.
    detached: true,
    cwd: '/',
    env: childEnvironment(),
    stdio: 'pipe',
  });
  // Where file descriptors have run out there are no pipes. The error event follows.
  if ((child as Partial<typeof child>).stdin === undefined) {
    throw await new Promise((resolve) => {
      child.once('error', (error) => resolve(fileError(error, interpreter, 'start it')));
    });
  }
  child.stderr.resume();
  child.stdin.on('error', () => undefined); // `close` tells that the process has ended
  const patience = setTimeout(() => child.kill('SIGKILL'), answerMs);
  const ready = new Promise<ChildProcessWithoutNullStreams | undefined>((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('close', () => resolve(undefined));
    child.stdout.once('data', () => resolve(child));
  });
  return await ready.finally(() => clearTimeout(patience));
}

function helperOf(child: ChildProcessWithoutNullStreams, answerMs: number): LockHelper {
  const waiting: { readonly resolve: (answer: string) => void; readonly reject: (error: Error) => void }[] =
    [];
  let isClosing = false;
  let isSilent = false;
  /** A process that is stopped (SIGSTOP) can only be killed. That gives its locks back. */
  const giveUp = () => {
    isSilent = true;
    child.kill('SIGKILL');
  };
  let patience: NodeJS.Timeout | undefined;
  const stopWaiting = () => {
    clearTimeout(patience);
    patience = undefined;
  };
  let gone: BuildcacheError | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      const what = isSilent ? 'did not answer any more' : 'has ended';
      stopWaiting();
      gone = new BuildcacheError('io', `the process that held Spack's lock on the install tree ${what}`, {
        hint: 'run again: what is installed by then is kept',
      });
      for (const { reject } of waiting.splice(0)) reject(gone);
      resolve();
    });
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.shift()?.resolve(line);
    if (waiting.length > 0) patience?.refresh();
    else stopWaiting();
  });

  /** All requests that are made before the event loop turns. */
  let requests = '';
  const send = () => {
    if (requests !== '') child.stdin.write(requests);
    requests = '';
  };
  const ask = async (verb: 'L' | 'S' | 'U', { file, start, length }: LockRange): Promise<boolean> => {
    if (gone !== undefined) throw gone;
    if (requests === '') setImmediate(send);
    requests += `${verb} ${start} ${length} ${Buffer.from(file).toString('hex')}\n`;
    patience ??= setTimeout(giveUp, answerMs);
    const answer = await new Promise<string>((resolve, reject) => {
      waiting.push({ resolve, reject });
    });
    if (answer === 'ok') return true;
    if (answer === 'busy') return false;
    const reason = answer.replace(/^error /, '');
    throw new BuildcacheError('io', `cannot lock it: ${reason}`, {
      file,
      ...(NO_LOCKS.test(reason) && {
        hint: `its file system may have no locks, see flock in its mount options; ${WITHOUT}`,
      }),
    });
  };
  return {
    tryLock: (range, isShared = false) => ask(isShared ? 'S' : 'L', range),
    async unlock(range) {
      await ask('U', range);
    },
    assertAlive() {
      if (gone !== undefined && !isClosing) throw gone;
    },
    async close() {
      isClosing = true;
      child.stdin.end(requests);
      requests = '';
      const closing = setTimeout(giveUp, answerMs);
      await ended.finally(() => clearTimeout(closing));
    },
  };
}
