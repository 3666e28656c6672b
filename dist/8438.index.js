export const id = 8438;
export const ids = [8438];
export const modules = {

/***/ 89425:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  a: () => (/* binding */ install)
});

// EXTERNAL MODULE: ./build/package/unpack-staging.js
var unpack_staging = __webpack_require__(2193);
// EXTERNAL MODULE: ./build/spec/entry-spec.js
var entry_spec = __webpack_require__(69008);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(80481);
;// CONCATENATED MODULE: ./build/tree/lock-helper.js
/**
 * A process that holds POSIX record locks (`fcntl`) for us, since Node has no call for them: a few lines of Python
 * or Perl, whichever is there, that do what one line on their input says and answer with one line. Such locks are a
 * process's own and end with it, or as soon as it closes the file; this one keeps the files open until its input
 * ends, which it also does when we are killed.
 */



/** Milliseconds for an answer. It never waits for a lock itself: whoever does asks again. */
const ANSWER_MS = 30_000;
/** What can hold a lock, the first choice first: Python knows how its platform lays out a lock, Perl is told. */
const LOCK_INTERPRETERS = ['python3', 'perl'];
/**
 * Starts the process.
 * @param interpreters programs on the `PATH`, or paths of such, to try in turn
 * @param answerMs milliseconds after which it is ended when it does not answer
 * @throws BuildcacheError `unsupported` when none of them is there
 */
async function startLockHelper(interpreters, answerMs = ANSWER_MS) {
    for (const interpreter of interpreters) {
        const child = await start(interpreter, answerMs);
        if (child !== undefined)
            return helperOf(child, answerMs);
    }
    throw new errors/* BuildcacheError */.fO('unsupported', "nothing here can take Spack's lock on the install tree", {
        expected: `${interpreters.join(' or ') || 'an interpreter'} on the PATH`,
        hint: 'install one of them; or pass --no-lock if no Spack uses this install tree meanwhile',
    });
}
/** A request is `<L|U> <start> <length> <file, percent-encoded>`, an answer `ok`, `busy` or `error <what>`. */
const PYTHON = `
import errno, fcntl, os, sys
from urllib.parse import unquote
files = {}
print("ready", flush=True)
for line in iter(sys.stdin.readline, ""):
    verb, start, length, name = line.split()
    try:
        if name not in files:
            files[name] = os.open(unquote(name), os.O_RDWR)
        how = fcntl.LOCK_EX | fcntl.LOCK_NB if verb == "L" else fcntl.LOCK_UN
        fcntl.lockf(files[name], how, int(length), int(start), os.SEEK_SET)
        print("ok", flush=True)
    except OSError as e:
        busy = verb == "L" and e.errno in (errno.EAGAIN, errno.EACCES) and name in files
        print("busy" if busy else "error " + e.strerror, flush=True)
`;
const PERL = `
use strict; use Fcntl; use Errno qw(EAGAIN EACCES);
$| = 1;
my $bsd = $^O eq "darwin" || $^O =~ /bsd/;
my %files;
print "ready\\n";
while (my $line = <STDIN>) {
  my ($verb, $start, $length, $name) = split " ", $line;
  if (!$files{$name}) {
    (my $path = $name) =~ s/%(..)/chr hex $1/ge;
    if (!sysopen($files{$name}, $path, O_RDWR)) { delete $files{$name}; print "error $!\\n"; next }
  }
  my $type = $verb eq "L" ? F_WRLCK : F_UNLCK;
  my $lock = $bsd ? pack("q q l s s", $start, $length, 0, $type, 0)
                  : pack("s s x![q] q q l x![q]", $type, 0, $start, $length, 0);
  if (fcntl($files{$name}, F_SETLK, $lock)) { print "ok\\n" }
  elsif ($verb eq "L" && ($! == EAGAIN || $! == EACCES)) { print "busy\\n" }
  else { print "error $!\\n" }
}
`;
/** Without what the environment or the user's own modules could change. */
function argumentsFor(interpreter) {
    return /perl[\d.]*$/.test(interpreter) ? ['-e', PERL] : ['-I', '-S', '-c', PYTHON];
}
/** Undefined where the program is not there or does not get as far as saying that it is ready. */
async function start(interpreter, answerMs) {
    const child = (0,external_node_child_process_.spawn)(interpreter, argumentsFor(interpreter), {
        // Its own session, so that a Ctrl-C meant for us does not end it before we are done.
        detached: true,
        cwd: '/',
        stdio: 'pipe',
    });
    child.stderr.resume();
    child.stdin.on('error', () => undefined); // its end is noticed by `close`
    const patience = setTimeout(() => child.kill('SIGKILL'), answerMs);
    const ready = new Promise((resolve) => {
        child.once('error', () => resolve(undefined));
        child.once('close', () => resolve(undefined));
        child.stdout.once('data', () => resolve(child));
    });
    return await ready.finally(() => clearTimeout(patience));
}
function helperOf(child, answerMs) {
    const waiting = [];
    let isClosing = false;
    let isSilent = false;
    /** One that is stopped can only be killed, which gives its locks back. */
    const giveUp = () => {
        isSilent = true;
        child.kill('SIGKILL');
    };
    let gone;
    const ended = new Promise((resolve) => {
        child.once('close', () => {
            const what = isSilent ? 'did not answer any more' : 'has ended';
            gone = new errors/* BuildcacheError */.fO('io', `the process that held Spack's lock on the install tree ${what}`, {
                hint: 'run again: what is installed by then is kept',
            });
            for (const { reject } of waiting.splice(0))
                reject(gone);
            resolve();
        });
    });
    (0,external_node_readline_.createInterface)({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
    const ask = async (verb, { file, start, length }) => {
        if (gone !== undefined)
            throw gone;
        const patience = setTimeout(giveUp, answerMs);
        const answer = await new Promise((resolve, reject) => {
            waiting.push({ resolve, reject });
            child.stdin.write(`${verb} ${start} ${length} ${encodeURIComponent(file)}\n`);
        }).finally(() => clearTimeout(patience));
        if (answer === 'ok')
            return true;
        if (answer === 'busy')
            return false;
        throw new errors/* BuildcacheError */.fO('io', `cannot lock it: ${answer.replace(/^error /, '')}`, { file });
    };
    return {
        tryLock: (range) => ask('L', range),
        async unlock(range) {
            await ask('U', range);
        },
        assertAlive() {
            if (gone !== undefined && !isClosing)
                throw gone;
        },
        async close() {
            isClosing = true;
            child.stdin.end();
            const patience = setTimeout(giveUp, answerMs);
            await ended.finally(() => clearTimeout(patience));
        },
    };
}

;// CONCATENATED MODULE: ./build/tree/lock-holder.js
/** Who holds a record lock, as far as the system says: on Linux, and on this machine. */

/** For a message; undefined where it is not known. Best effort. */
function describeLockHolder(file) {
    try {
        const inode = String((0,external_node_fs_.statSync)(file).ino);
        const table = (0,external_node_fs_.readFileSync)('/proc/locks', 'utf8');
        for (const line of table.split('\n')) {
            // `1: POSIX  ADVISORY  WRITE 1234 08:01:5678 0 EOF`
            const [, kind, , , pid = '', place = ''] = line.trim().split(/\s+/);
            if (kind !== 'POSIX' || place.split(':')[2] !== inode || !/^[1-9]\d*$/.test(pid))
                continue;
            return `process ${pid}${nameOf(pid)}`;
        }
    }
    catch {
        // Not Linux, or not for us to see.
    }
    return undefined;
}
function nameOf(pid) {
    try {
        return ` (${(0,external_node_fs_.readFileSync)(`/proc/${pid}/comm`, 'utf8').trim()})`;
    }
    catch {
        return '';
    }
}

;// CONCATENATED MODULE: ./build/tree/database-lock.js
/**
 * Spack's locks on an install tree, so that a Spack, or another of us, that runs beside is safe: a POSIX record
 * lock over all of `.spack-db/lock` while the database is read, changed and written, and one byte of
 * `.spack-db/prefix_lock` for each prefix that is being made. All are taken through one process
 * (`lock-helper.ts`), however many they are.
 *
 * Hold a prefix's lock until the spec is in the database: a Spack that gets it takes an unregistered prefix for the
 * rest of an install that failed, and removes it.
 */







/** Spack's default, `config:db_lock_timeout`. */
const DATABASE_TIMEOUT_MS = 60_000;
/**
 * Makes the lock files where they are missing, and starts the process that holds the locks.
 * @param root of the install tree, absolute, its padding included
 * @throws BuildcacheError `unsupported` where nothing can hold a lock, `denied` or `io` where the files cannot be made
 */
async function openLocks(root, options = {}) {
    const { timeoutMs = DATABASE_TIMEOUT_MS, interpreters = LOCK_INTERPRETERS, onWait } = options;
    // First, so that where nothing can hold a lock no folder is made.
    const helper = await startLockHelper(interpreters);
    const [databaseFile, prefixFile] = await lockFiles(root, helper);
    const turns = new Map();
    /** To the system all of our locks are one process's, so among ourselves we take turns. */
    const acquire = async (range, what, limit, signal) => {
        const key = `${range.file}:${range.start}`;
        const before = turns.get(key);
        let done = () => undefined;
        const mine = new Promise((resolve) => {
            done = resolve;
        });
        const turn = (before ?? Promise.resolve()).then(() => mine);
        turns.set(key, turn);
        const finish = () => {
            done();
            if (turns.get(key) === turn)
                turns.delete(key);
        };
        try {
            await untilAborted(before, signal);
            await poll(helper, range, { what, limit, signal, onWait });
        }
        catch (error) {
            finish();
            throw error;
        }
        let isHeld = true;
        return {
            assertHeld: () => helper.assertAlive(),
            async release() {
                if (!isHeld)
                    return;
                isHeld = false;
                // A helper that is gone has given it back.
                await helper.unlock(range).catch(() => undefined);
                finish();
            },
        };
    };
    return {
        database: (signal) => acquire({ file: databaseFile, start: 0n, length: 0 }, 'the install database', timeoutMs, signal),
        prefix: (hash, signal) => acquire({ file: prefixFile, start: prefixOffset(hash), length: 1 }, `the prefix of /${hash.slice(0, 7)}`, Number.POSITIVE_INFINITY, signal),
        close: () => helper.close(),
    };
}
/** The byte of `prefix_lock` that stands for a spec: the first 63 bits of its DAG hash. */
function prefixOffset(hash) {
    let bits = 0n;
    for (const character of hash.slice(0, 13))
        bits = bits * 32n + BigInt(BASE32.indexOf(character));
    return bits >> 2n;
}
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
async function lockFiles(root, helper) {
    try {
        return [lockFile(root, 'lock'), lockFile(root, 'prefix_lock')];
    }
    catch (error) {
        await helper.close();
        throw error;
    }
}
/** Opening and closing it here costs nobody a lock: they are the helper's. */
function lockFile(root, name) {
    const file = external_node_path_.join(root, '.spack-db', name);
    try {
        makeFolder(external_node_path_.dirname(file));
        (0,external_node_fs_.closeSync)((0,external_node_fs_.openSync)(file, external_node_fs_.constants.O_RDWR | external_node_fs_.constants.O_CREAT, 0o777)); // as Spack makes it
        return file;
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, file, 'lock the install tree');
    }
}
/** Node's own way of making parents says that a read-only file system is not there. */
function makeFolder(folder) {
    if ((0,external_node_fs_.existsSync)(folder))
        return;
    makeFolder(external_node_path_.dirname(folder));
    try {
        (0,external_node_fs_.mkdirSync)(folder);
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) !== 'EEXIST')
            throw error; // somebody else may be making it
    }
}
async function untilAborted(before, signal) {
    (0,abort/* throwIfCancelled */.dZ)(signal);
    if (before === undefined || signal === undefined) {
        await before;
        return;
    }
    let stop = () => undefined;
    const aborted = new Promise((_, reject) => {
        stop = () => reject((0,abort/* cancelled */.KW)(signal));
        signal.addEventListener('abort', stop, { once: true });
    });
    await Promise.race([before, aborted]).finally(() => signal.removeEventListener('abort', stop));
}
async function poll(helper, range, { what, limit, signal, onWait }) {
    const start = performance.now();
    for (let tries = 0; !(await helper.tryLock(range)); tries++) {
        const waited = performance.now() - start;
        const holder = () => describeLockHolder(range.file) ?? writtenHolder(range.file);
        if (waited >= limit) {
            throw new errors/* BuildcacheError */.fO('conflict', `${what} is locked by ${holder() ?? 'another process'}, waited ${Math.round(waited / 1000)} s`, { file: range.file, hint: 'run again once it is done, or end it if it hangs' });
        }
        if (tries === 0)
            onWait?.(what, holder());
        // Spack asks less and less often, and as often as this.
        const pause = tries < 20 ? 100 : tries < 60 ? 200 : 500;
        await (0,promises_.setTimeout)(Math.min(pause, limit - waited), undefined, signal && { signal }).catch(() => undefined);
        (0,abort/* throwIfCancelled */.dZ)(signal);
    }
}
/** Spack writes it into the file when it debugs its locks. */
function writtenHolder(file) {
    const [, pid, host] = /^pid=(\d+),host=([\w.-]+)$/.exec(readStart(file)) ?? [];
    return pid === undefined ? undefined : `process ${pid} on ${host}`;
}
function readStart(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8').trim();
    }
    catch {
        return '';
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/core/make-folder.js
var make_folder = __webpack_require__(89831);
// EXTERNAL MODULE: ./build/core/write-file.js
var write_file = __webpack_require__(23020);
// EXTERNAL MODULE: ./build/spec/emit-spec.js
var emit_spec = __webpack_require__(21743);
// EXTERNAL MODULE: ./build/spec/graph.js
var spec_graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/spec/node.js
var spec_node = __webpack_require__(56832);
;// CONCATENATED MODULE: ./build/tree/database-version.js
/**
 * Which versions of the install database are written. A database stays of the version it has: a newer one would lock out
 * the Spack that made it, and that is Spack's to ask (`spack reindex`). A new one is of the oldest that holds what goes in.
 */


/** How the specs of a database are written. */
const DATABASE_FORMAT = { 8: 5, 9: 6 };
/** What specs need, with all that gets a record because of them. */
function neededVersion(graph, hashes, formatOf) {
    for (const hash of hashes) {
        if (formatOf(hash) === 6)
            return { version: 9, because: graph.nodes.get(hash) };
    }
    return { version: 8, because: undefined };
}
/**
 * @param text what a database says that it is
 * @throws BuildcacheError `unsupported` for a version that is not written, or too old for what goes in, with the way out
 */
function requireVersion(text, needed, file) {
    const version = text === '8' ? 8 : text === '9' ? 9 : undefined;
    if (version === undefined)
        throw otherVersion(text, file);
    if (version < needed.version)
        throw tooOld(version, needed, file);
    return version;
}
function otherVersion(version, file) {
    const isOlder = Number(version) < 8;
    return new errors/* BuildcacheError */.fO('unsupported', `cannot write an install database of version ${version}`, {
        file,
        expected: 'version 8 or 9',
        hint: isOlder
            ? 'run `spack reindex` with Spack 1.x, after which older Spacks cannot read it; or install into another tree with --store'
            : 'update buildcache-action, or install into another tree with --store',
    });
}
/** Written in an older form it would not be what its hash says, and no Spack could tell. */
function tooOld(version, { version: needed, because }, file) {
    const what = because === undefined ? 'these specs' : `${because.name}@${because.version}/${(0,spec_node/* shortHash */.BC)(because)}`;
    return new errors/* BuildcacheError */.fO('unsupported', `an install database of version ${version} cannot hold ${what}`, {
        file,
        expected: `version ${needed}, as Spack 1.3 writes`,
        hint: 'run `spack reindex` with Spack 1.3, after which older Spacks cannot read it; or install into another tree with --store',
    });
}

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/package/path-bytes.js
var path_bytes = __webpack_require__(29890);
// EXTERNAL MODULE: ./build/tree/permissions.js
var permissions = __webpack_require__(74337);
;// CONCATENATED MODULE: ./build/tree/metadata.js
/** The metadata in a prefix's `.spack`, as an install from a build cache leaves it. */











const SPEC_FILE = '.spack/spec.json';
const MANIFEST = '.spack/install_manifest.json';
/** The DAG hash of the spec that a prefix says it is; undefined where there is no such spec file. */
async function installedHash(prefix) {
    try {
        const document = (0,json/* parseJson */.qF)(await (0,external_node_fs_promises_.readFile)(external_node_path_.join(prefix, SPEC_FILE), 'utf8'), prefix);
        const spec = (0,json/* isObject */.Gv)(document) ? document['spec'] : undefined;
        const nodes = (0,json/* isObject */.Gv)(spec) ? spec['nodes'] : undefined;
        const root = Array.isArray(nodes) ? nodes[0] : undefined;
        const hash = (0,json/* isObject */.Gv)(root) ? root['hash'] : undefined;
        return typeof hash === 'string' ? hash : undefined;
    }
    catch {
        return undefined;
    }
}
/**
 * Makes an unpacked prefix the spec's: the spec file of a spliced spec, which came with that of the spec it was
 * built as, is written anew, and so is one that is not there, as in tarballs of very old Spacks. A spliced spec's manifest
 * would be of the other's paths and contents: it goes, to be made of what is there by {@link ensureManifest}.
 * @param directory where the package is, without symlinks still
 * @throws BuildcacheError `corrupt` where the tarball holds another spec's
 */
async function adoptSpecFile(directory, graph, node) {
    const file = external_node_path_.join(directory, SPEC_FILE);
    const packed = node.buildSpec?.hash ?? node.hash;
    if (await isThere(file)) {
        const found = await installedHash(directory);
        if (found !== packed) {
            throw new errors/* BuildcacheError */.fO('corrupt', 'the tarball holds the spec file of another spec', {
                file: SPEC_FILE,
                expected: `${node.name}/${packed}`,
                found: found === undefined ? 'no spec' : `/${found.slice(0, 40)}`,
                hint: 'do not use this mirror before its owner has looked into it',
            });
        }
        if (packed === node.hash)
            return;
    }
    if (packed !== node.hash)
        await (0,external_node_fs_promises_.rm)(external_node_path_.join(directory, MANIFEST), { force: true });
    await (0,write_file/* writeWholeFile */.R0)(file, (0,emit_spec/* specEmitter */.Go)(graph).installedDocument(node.hash));
}
/**
 * Writes what `spack verify` compares an installed prefix with, unless it came along, as it does in all but very
 * old tarballs: like Spack, we leave that as it is, the paths it was built at included.
 * @param prefix in place, the package's symlinks made
 */
async function ensureManifest(prefix, mode) {
    const file = external_node_path_.join(prefix, MANIFEST);
    if (await isThere(file))
        return;
    const entries = {};
    for await (const [name, entry] of manifestEntries(Buffer.from(prefix)))
        entries[name] = entry;
    await (0,write_file/* writeWholeFile */.R0)(file, (0,json/* stringifyCompact */.LW)(entries));
    if (mode !== undefined)
        await (0,permissions/* applyFileMode */.q5)(file, mode);
}
/** A directory's directories first, then what else is in it, then what is in those; the prefix itself last. */
async function* manifestEntries(prefix) {
    const folders = [prefix];
    for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
        for (const { name } of await (0,external_node_fs_promises_.readdir)(folder, { withFileTypes: true, encoding: 'buffer' })) {
            const at = (0,path_bytes/* joinPath */.uJ)(folder, name);
            const entry = await manifestEntry(at);
            if (entry.isDirectory)
                folders.push(at);
            yield [(0,path_bytes/* decodePath */.q0)(at), entry.data];
        }
    }
    yield [(0,path_bytes/* decodePath */.q0)(prefix), (await manifestEntry(prefix)).data];
}
async function manifestEntry(at) {
    const stats = await (0,external_node_fs_promises_.lstat)(at, { bigint: true });
    const data = {
        mode: Number(stats.mode),
        owner: Number(stats.uid),
        group: Number(stats.gid),
    };
    if (stats.isSymbolicLink())
        data['dest'] = (0,path_bytes/* decodePath */.q0)(await (0,external_node_fs_promises_.readlink)(at, { encoding: 'buffer' }));
    if (stats.isFile()) {
        data['hash'] = base32(await sha1(at));
        const seconds = Number(stats.mtimeNs / 1000000000n) + Number(stats.mtimeNs % 1000000000n) * 1e-9;
        data['time'] = Number.isInteger(seconds) ? new json/* NumberToken */.X1(`${seconds}.0`) : seconds;
        data['size'] = Number(stats.size);
    }
    return { data, isDirectory: stats.isDirectory() };
}
async function sha1(at) {
    const hash = (0,external_node_crypto_.createHash)('sha1');
    await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(at), hash);
    return hash.digest();
}
/** RFC 4648, upper case; 20 bytes need no padding. */
function base32(bytes) {
    let text = '';
    for (const group of bytes.toString('hex').match(/.{10}/g) ?? []) {
        const value = BigInt(`0x${group}`);
        for (let shift = 35n; shift >= 0n; shift -= 5n)
            text += metadata_BASE32.charAt(Number((value >> shift) & 31n));
    }
    return text;
}
const metadata_BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
async function isThere(file) {
    try {
        await (0,external_node_fs_promises_.lstat)(file);
        return true;
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === 'ENOENT')
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/tree/database-write.js
/**
 * Registers what was installed in the install database `<root>/.spack-db/index.json`, version 8 or 9, as Spack does:
 * read again under its lock, changed, written beside and renamed, with a fresh verifier, without which a Spack that
 * runs would go on with what it has read before and might write that back. Records of others go through untouched.
 */













/**
 * Adds records for the installed specs and, as Spack does, for everything they depend on and what spliced ones were
 * built as: an external is installed where it is, anything else if it is found at its prefix, and what is not has a
 * record that says so.
 *
 * The database is made if there is none. What was installed before and not registered is registered by registering
 * it again.
 *
 * @param root of the install tree, absolute, its padding included
 * @throws BuildcacheError `conflict` for a lock that others keep; `unsupported` for a database of another version;
 *   `bad-input` for a malformed one; `not-found` where the graph is not whole; `denied` or `io`. The database is as
 *   it was then.
 */
async function registerInstalled(root, options) {
    const { graph, installs, prefixOf, isUpstream = () => false, locks, signal } = options;
    const lock = await locks?.database(signal);
    try {
        const folder = external_node_path_.join(root, '.spack-db');
        const file = external_node_path_.join(folder, 'index.json');
        const emitter = (0,emit_spec/* specEmitter */.Go)(graph);
        const { version, records } = await readRecords(file, neededVersion(graph, hashesOf(installs), emitter.formatOf), options.version);
        const context = { graph, emitter, format: DATABASE_FORMAT[version], prefixOf, isUpstream, file };
        for (const install of installs)
            await addSpec(records, install, context);
        await replaceDatabase(folder, file, textOf(version, records), lock);
    }
    finally {
        await lock?.release();
    }
}
/**
 * Says beforehand whether there is a database that cannot be added to.
 * @returns the version that a new one has to have for these specs
 * @throws BuildcacheError `unsupported` for one of another version, or too old for these specs; `bad-input` for a
 *   malformed one
 */
async function checkDatabase(root, graph, installs) {
    const needed = neededVersion(graph, hashesOf(installs), (0,emit_spec/* neededFormat */.tZ)(graph));
    await readRecords(external_node_path_.join(root, '.spack-db', 'index.json'), needed);
    return needed.version;
}
/**
 * Says beforehand whether the tree can be written to, or made.
 * @throws BuildcacheError `denied` or `io`
 */
async function checkWritable(root) {
    for (let at = root;; at = external_node_path_.dirname(at)) {
        try {
            return await (0,external_node_fs_promises_.access)(at, external_node_fs_promises_.constants.W_OK);
        }
        catch (error) {
            if ((0,errors/* systemCode */.xU)(error) === 'ENOENT' && at !== external_node_path_.dirname(at))
                continue;
            throw (0,errors/* fileError */.zS)(error, at, 'write to the install tree');
        }
    }
}
function* hashesOf(installs) {
    for (const { hash } of installs)
        yield hash;
}
async function readRecords(file, needed, atLeast = 8) {
    let text;
    try {
        text = await (0,external_node_fs_promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === 'ENOENT')
            return { version: needed.version > atLeast ? needed.version : atLeast, records: new Map() };
        throw (0,errors/* fileError */.zS)(error, file, 'read the install database');
    }
    const document = (0,json/* parseJson */.qF)(text, file);
    const database = (0,json/* isObject */.Gv)(document) ? document['database'] : undefined;
    if (!(0,json/* isObject */.Gv)(database) || !(0,json/* isObject */.Gv)(database['installs'])) {
        throw malformed('not an install database', 'an object "database" with "installs"', document, file);
    }
    const version = requireVersion((0,json/* shown */.SP)(database['version']), needed, file);
    const records = new Map();
    for (const [hash, fields] of Object.entries(database['installs'])) {
        if (!(0,json/* isObject */.Gv)(fields)) {
            throw malformed(`database.installs.${hash} is malformed`, 'an install record', fields, file);
        }
        records.set(hash, { fields });
    }
    return { version, records };
}
/** Records are appended, dependencies before dependents, as Spack appends them. */
async function addSpec(records, install, context) {
    const { hash, explicit, time = Date.now() / 1000 } = install;
    // What has a record has records for what it needs, and so has an upstream.
    const isUpstream = (dependency) => !records.has(dependency) && context.isUpstream(dependency);
    const isNew = (from) => from.hash === hash || !(records.has(from.hash) || isUpstream(from.hash));
    const order = (0,spec_graph/* recordOrder */.yw)(context.graph, [hash], isNew);
    if (order.at(-1)?.hash !== hash)
        throw notInGraph('the installed spec', hash);
    for (const node of order) {
        const known = records.get(node.hash);
        const isInstall = node.hash === hash;
        if (!isInstall && (known !== undefined || isUpstream(node.hash)))
            continue;
        const prefix = node.external === undefined ? context.prefixOf(node.hash) : (node.external.path ?? null);
        const isThere = node.external !== undefined || (await installedHash(prefix ?? '')) === node.hash;
        if (isInstall && !isThere) {
            throw new errors/* BuildcacheError */.fO('conflict', `${node.name}/${(0,spec_node/* shortHash */.BC)(node)} is not there any more`, {
                file: prefix ?? context.file,
                hint: 'somebody removed it meanwhile; install it again',
            });
        }
        if (known === undefined) {
            for (const edge of node.dependencies) {
                if (!isUpstream(edge.hash))
                    countReference(records, edge.hash, node, context.file);
            }
            // A database without it is one that Spack refuses as a whole.
            const built = node.buildSpec?.hash;
            if (built !== undefined && !records.has(built) && !isUpstream(built)) {
                throw notInGraph(`what ${node.name}/${(0,spec_node/* shortHash */.BC)(node)} was built as`, built);
            }
        }
        const spec = known === undefined ? context.emitter.node(node, context.format) : known.spec;
        const fields = {
            ref_count: 0,
            deprecated_for: null,
            ...known?.fields,
            path: prefix,
            installed: isThere,
            explicit: (isInstall && explicit) || known?.fields['explicit'] === true,
            installation_time: database_write_float(time),
        };
        records.set(node.hash, { fields: inOrder(fields), spec });
    }
}
/** Spack's order of a record's fields; what else one has comes after them. */
function inOrder(fields) {
    const { spec, ref_count, path, installed, explicit, installation_time, deprecated_for, ...rest } = fields;
    return { spec, ref_count, path, installed, explicit, installation_time, deprecated_for, ...rest };
}
/** A record counts the records that name it as a dependency of any type. */
function countReference(records, hash, dependent, file) {
    const record = records.get(hash);
    if (record === undefined) {
        throw notInGraph(`a dependency of ${dependent.name}/${(0,spec_node/* shortHash */.BC)(dependent)}`, hash);
    }
    const count = record.fields['ref_count'];
    if (typeof count !== 'number') {
        throw malformed(`database.installs.${hash}.ref_count is malformed`, 'a number', count, file);
    }
    record.fields = { ...record.fields, ref_count: count + 1 };
}
function textOf(version, records) {
    const installs = [...records].map(([hash, { spec, fields }]) => {
        const text = (0,json/* stringifyCompact */.LW)(fields);
        return `${(0,json/* stringifyCompact */.LW)(hash)}:${spec === undefined ? text : `{"spec":${spec},${text.slice(1)}`}`;
    });
    return `{"database":{"version":"${version}","installs":{${installs.join(',')}}}}`;
}
async function replaceDatabase(folder, file, text, lock) {
    const temporary = `${file}.${(0,external_node_os_.hostname)()}.${process.pid}.temp`;
    try {
        await (0,make_folder/* makeFolder */.f)(folder);
        if (lock !== undefined)
            await removeLeft(folder);
        await (0,external_node_fs_promises_.writeFile)(temporary, text);
        lock?.assertHeld();
        // Before the database, so that nothing can fail once that is changed: who has the lock next reads it again.
        await (0,write_file/* writeWholeFile */.R0)(external_node_path_.join(folder, 'index_verifier'), (0,external_node_crypto_.randomUUID)());
        lock?.assertHeld();
        await (0,external_node_fs_promises_.rename)(temporary, file);
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, file, 'write the install database');
    }
    finally {
        await (0,external_node_fs_promises_.rm)(temporary, { force: true }).catch(() => undefined);
    }
}
/** What a process that was killed, ours or a Spack, has left of writing. Whoever writes has the lock, which is ours. */
async function removeLeft(folder) {
    const names = await (0,external_node_fs_promises_.readdir)(folder).catch(() => []);
    for (const name of names.filter((each) => /^index\.json\..+\.temp$/.test(each))) {
        await (0,external_node_fs_promises_.rm)(external_node_path_.join(folder, name), { force: true }).catch(() => undefined);
    }
}
/** As Python prints a float: a whole number too has a point. */
function database_write_float(seconds) {
    return Number.isInteger(seconds) ? new json/* NumberToken */.X1(`${seconds}.0`) : seconds;
}
function malformed(message, expected, value, file) {
    const found = (0,json/* kindOf */.I)(value);
    return new errors/* BuildcacheError */.fO('bad-input', message, { file, expected, found, hint: 'run `spack reindex`' });
}
function notInGraph(what, hash) {
    return new errors/* BuildcacheError */.fO('not-found', `${what} is missing from its spec graph`, { expected: `/${hash}` });
}

// EXTERNAL MODULE: ./build/cache/listing.js + 1 modules
var cache_listing = __webpack_require__(44481);
// EXTERNAL MODULE: ./build/mirrors/mirror.js
var mirrors_mirror = __webpack_require__(92172);
;// CONCATENATED MODULE: ./build/commands/install-order.js




/**
 * Of several mirrors, those whose index lists a spec are asked for it first.
 * @param missing what will be asked for
 * @param onNote told what is wrong with an index
 * @throws BuildcacheError `cancelled`
 */
async function sourcesBySpec(missing, { sources, indexStore: store, indexTtlMs: ttlMs, maxIndexBytes, signal }, onNote) {
    if (sources.length < 2 || missing.length === 0)
        return () => sources;
    const wanted = new Set(missing.map(({ hash }) => hash));
    const listed = await Promise.all(sources.map(async ({ mirror, open }) => {
        const found = new Set();
        for (const reader of open.readers) {
            try {
                const id = `${(0,mirrors_mirror/* mirrorId */.N)(mirror)} ${reader.layout}`;
                const listing = await (0,cache_listing/* listWanted */.UK)(reader, id, wanted, { store, ttlMs, maxIndexBytes, signal });
                for (const hash of listing?.listed ?? [])
                    found.add(hash);
            }
            catch (error) {
                if (signal.aborted)
                    throw (0,abort/* cancelled */.KW)(signal);
                // It is still asked for each spec, after the others.
                onNote(`${mirror.name}: its index cannot be used: ${(0,errors/* describeError */.Uc)(error)}`);
            }
        }
        return found;
    }));
    return ({ hash }) => {
        const has = (source) => listed[sources.indexOf(source)]?.has(hash) === true;
        return [...sources.filter(has), ...sources.filter((source) => !has(source))];
    };
}

// EXTERNAL MODULE: ./build/spec/target.js
var spec_target = __webpack_require__(63305);
// EXTERNAL MODULE: ./build/tree/install-snapshot.js
var install_snapshot = __webpack_require__(17883);
// EXTERNAL MODULE: ./build/tree/install-tree.js
var install_tree = __webpack_require__(88983);
;// CONCATENATED MODULE: ./build/tree/prefix-overlap.js
/**
 * Prefixes that lie in one another, as projections without a hash can have them: what is at a prefix makes way for its
 * spec, and with it would go the specs that are installed below.
 */

/**
 * @param prefixes absolute ones, by hash, of what is installed and of what will be
 * @returns the hash of another spec at this prefix or below it, if there is one
 */
function prefixOverlap(prefixes) {
    /** Hashes of specs at a folder or below it: two suffice to know of another one. */
    const below = new Map();
    for (const [hash, prefix] of prefixes) {
        let at = external_node_path_.resolve(prefix);
        for (; at !== external_node_path_.dirname(at); at = external_node_path_.dirname(at)) {
            const known = below.get(at);
            if (known === undefined)
                below.set(at, [hash]);
            else if (known.length === 1 && known[0] !== hash)
                known.push(hash);
        }
    }
    return (hash, prefix) => below.get(external_node_path_.resolve(prefix))?.find((other) => other !== hash);
}

// EXTERNAL MODULE: ./build/tree/projection.js + 1 modules
var projection = __webpack_require__(3927);
;// CONCATENATED MODULE: ./build/commands/install-plan.js
/** What there is to install, and where: found out before anything is downloaded or written. */









/**
 * @throws BuildcacheError `unsupported` for what this machine cannot run; `bad-input` for a projection or database that
 *   cannot be read
 */
async function planInstall(options) {
    const { graph, roots, host, dependencies, force } = options;
    const specs = dependencies
        ? (0,spec_graph/* postOrder */.bV)(graph, roots, (0,spec_graph/* ofTypes */.vz)('link', 'run'))
        : roots.flatMap((hash) => graph.nodes.get(hash) ?? []);
    const tree = (await (0,install_snapshot/* readTreeIfThere */.w7)(options.settings)) ?? (await (0,install_tree/* emptyTree */["in"])(options.settings));
    const { root, unpaddedRoot } = tree;
    const settings = { ...options.settings, root, unpaddedRoot };
    const notes = [...settings.notes, ...tree.notes, ...checkArchitecture(specs, host)];
    const missing = [];
    const isMissing = new Set(); // from upstreams too, where its files are gone
    const isUpstream = (hash) => !tree.records.has(hash) && tree.recordOf(hash)?.installed === true && !isMissing.has(hash);
    const prefixOf = prefixes(graph, settings, tree, isUpstream);
    const there = new Map();
    for (const spec of specs) {
        const outcome = await whatIsThere(spec, tree, force);
        if (outcome === undefined) {
            missing.push(spec);
            isMissing.add(spec.hash);
        }
        else {
            there.set(spec, outcome);
        }
    }
    const kept = force ? [...there.keys()].filter(({ hash }) => isUpstream(hash)) : [];
    for (const spec of kept)
        notes.push(`${install_plan_nameOf(spec)} is installed in an upstream, and not again`);
    return {
        settings,
        specs,
        missing,
        there,
        marks: rootsToMark(roots.filter((hash) => !isUpstream(hash)), options.implicit, tree, there),
        replacementOf: (hash) => tree.records.get(hash)?.deprecatedFor,
        prefixOf,
        isUpstream,
        notes,
        checkPrefixes: () => checkPrefixes(missing, graph, tree, prefixOf),
    };
}
/** The record of a spec that is there with its mark, and when it was installed. */
function markOf(hash, record, explicit = true) {
    const time = record?.installationTime;
    return { hash, explicit, ...(time === undefined ? {} : { time }) };
}
function install_plan_nameOf(spec) {
    return `${spec.name}@${spec.version}/${(0,spec_node/* shortHash */.BC)(spec)}`;
}
/** What this machine cannot run must not get in unnoticed; another operating system's mostly runs, but not always. */
function checkArchitecture(specs, host) {
    if (host === undefined)
        return [];
    const own = specs.filter(({ external }) => external === undefined);
    const wrong = own.find(({ platform, target }) => platform !== host.platform || !(0,spec_target/* runnableOn */.NO)(host.target, target));
    if (wrong !== undefined) {
        throw new errors/* BuildcacheError */.fO('unsupported', `${install_plan_nameOf(wrong)} does not run on this machine`, {
            expected: `${host.platform}-${host.os ?? 'any'}-${host.target}`,
            found: `${wrong.platform}-${wrong.os}-${wrong.target}`,
            hint: 'install it all the same with --otherarch (in the action: otherarch: true)',
        });
    }
    const [foreign] = own.filter(({ os }) => host.os !== undefined && os !== host.os);
    return foreign === undefined ? [] : [`${install_plan_nameOf(foreign)} was built on ${foreign.os}; this is ${host.os}`];
}
/** As the database has it; else where the projections say. */
function prefixes(graph, settings, tree, isUpstream) {
    const known = new Map();
    return (hash) => {
        let prefix = known.get(hash);
        if (prefix !== undefined)
            return prefix;
        const record = isUpstream(hash) ? tree.recordOf(hash) : tree.records.get(hash);
        const node = graph.nodes.get(hash);
        prefix = record?.installed === true ? record.path : undefined;
        if (prefix === undefined && node !== undefined)
            prefix = (0,projection/* installPrefix */._)(node, graph, settings);
        if (prefix === undefined)
            throw new errors/* BuildcacheError */.fO('internal', `no prefix for /${hash}`);
        known.set(hash, prefix);
        return prefix;
    };
}
function checkPrefixes(missing, graph, tree, prefixOf) {
    const hashes = missing.map(({ hash }) => hash);
    for (const { hash, external } of (0,spec_graph/* recordOrder */.yw)(graph, hashes)) {
        if (external === undefined && !tree.records.has(hash))
            prefixOf(hash);
    }
    const installed = [...tree.records].flatMap(([hash, record]) => record.installed && record.node.external === undefined && record.path !== undefined
        ? [[hash, record.path]]
        : []);
    return prefixOverlap([...installed, ...hashes.map((hash) => [hash, prefixOf(hash)])]);
}
/** @returns undefined for what is to be installed */
async function whatIsThere(spec, tree, force) {
    if (spec.external !== undefined) {
        const { path } = spec.external;
        return { kind: 'external', missing: path !== undefined && !(await isDirectory(path)) };
    }
    const record = tree.recordOf(spec.hash);
    const isOurs = tree.records.has(spec.hash);
    // Somebody may have removed it behind the database's back.
    const isKept = !(force && isOurs) && record?.installed === true && (await isDirectory(record.path ?? ''));
    return isKept ? { kind: 'present' } : undefined;
}
/** Roots that are there already are marked as explicit where they are, and those that are external are registered. */
function rootsToMark(roots, implicit, tree, there) {
    const isThere = new Set([...there.keys()].map(({ hash }) => hash));
    return roots.flatMap((hash) => {
        const record = tree.records.get(hash);
        if (record?.explicit === true || !isThere.has(hash))
            return [];
        const explicit = implicit?.has(hash) !== true;
        return explicit || record === undefined ? [markOf(hash, record, explicit)] : [];
    });
}
async function isDirectory(path) {
    return await (0,external_node_fs_promises_.stat)(path).then((stats) => stats.isDirectory(), () => false);
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/cache/obtain.js
var obtain = __webpack_require__(86992);
// EXTERNAL MODULE: ./build/package/hash-to-prefix.js
var hash_to_prefix = __webpack_require__(96390);
;// CONCATENATED MODULE: ./build/package/relocate-map.js
/**
 * Spack's map: sbang first, then the prefix of each hash the build info knows, then the store's root for
 * everything else below it. A path that stays where it is is left out, so that what is below it can still be
 * reached by the root's mapping.
 */
function relocationMap(info, target) {
    const map = new Map();
    if (info.sbangInstallPath !== undefined)
        map.set(info.sbangInstallPath, target.sbangPath);
    for (const [hash, prefix] of target.prefixes) {
        const old = info.hashToPrefix.get(target.splicedFrom?.get(hash) ?? hash);
        if (old !== undefined)
            map.set(old, prefix);
    }
    map.set(info.buildPath, target.storeRoot);
    return new Map([...map].filter(([old, now]) => old !== now));
}

// EXTERNAL MODULE: ./build/package/unpack.js + 5 modules
var unpack = __webpack_require__(4850);
// EXTERNAL MODULE: ./build/package/archive-path.js
var archive_path = __webpack_require__(81185);
// EXTERNAL MODULE: ./build/package/byte-file.js
var byte_file = __webpack_require__(44324);
// EXTERNAL MODULE: ./build/package/byte-string.js
var byte_string = __webpack_require__(90035);
;// CONCATENATED MODULE: ./build/tree/sbang.js
/**
 * `<root>/bin/sbang`, which runs scripts whose interpreter's path is longer than the system takes in a `#!` line:
 * such a script's first line names `sbang`, the second one the interpreter. Here are a small script of our own that
 * does this, and the rewriting of scripts whose line became too long by relocation.
 */








/** Bytes of a `#!` line, its newline included, that every system takes. */
const SHEBANG_LIMIT = process.platform === 'darwin' ? 511 : 127;
/** Spack looks no further either. */
const LONGEST_LINE = 4096;
/**
 * Where `sbang` is in a store.
 * @param unpaddedRoot of the install tree
 * @throws BuildcacheError `unsupported` for a root so long that no script could name it, as in Spack
 */
function sbangPath(unpaddedRoot) {
    const file = external_node_path_.join(unpaddedRoot, 'bin', 'sbang');
    if (Buffer.byteLength(file) <= SHEBANG_LIMIT)
        return file;
    throw new errors/* BuildcacheError */.fO('unsupported', "the install tree's root is too long for scripts to name sbang", {
        file,
        expected: `at most ${SHEBANG_LIMIT} characters`,
        found: String(Buffer.byteLength(file)),
        hint: 'install into a tree with a shorter root, or let padded_length make it long',
    });
}
/**
 * Makes sure that a store has an `sbang`. One that is there is left alone, be it Spack's, unless it is an older one
 * of ours.
 * @throws BuildcacheError as {@link sbangPath}; `denied` or `io` where it cannot be written
 */
async function ensureSbang(unpaddedRoot) {
    const file = sbangPath(unpaddedRoot);
    const found = await contentOf(file);
    if (found !== undefined && (found === SBANG || !found.includes(MARK)))
        return;
    // A name for each call: packages are installed side by side, and each makes sure of it.
    const temporary = external_node_path_.join(external_node_path_.dirname(file), `.sbang.${(0,external_node_crypto_.randomUUID)()}.tmp`);
    try {
        await (0,make_folder/* makeFolder */.f)(external_node_path_.dirname(file));
        await (0,external_node_fs_promises_.writeFile)(temporary, SBANG, { mode: 0o755 });
        await (0,external_node_fs_promises_.rename)(temporary, file);
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, file, 'install sbang');
    }
    finally {
        await (0,external_node_fs_promises_.rm)(temporary, { force: true }).catch(() => undefined);
    }
}
/**
 * Puts a line that names `sbang` before the first line of scripts where that is too long, as Spack does after
 * installing. Only what was relocated can have become so.
 * @param directory of the package, without symlinks still
 * @param files paths in it, from its build info: attacker-controlled, checked here
 * @returns how many were changed
 */
function useSbang(directory, files, sbang) {
    let changed = 0;
    for (const name of files) {
        if (rewriteScript((0,byte_string/* fsPath */.Jk)(`${(0,byte_string/* byteStringOf */.d1)(directory)}/${(0,archive_path/* archivePath */.oM)(name)}`), sbang))
            changed++;
    }
    return changed;
}
function rewriteScript(file, sbang) {
    const script = (0,byte_file/* openByteFile */.f)(file, 'read-write');
    try {
        const start = script.read(0, LONGEST_LINE);
        if (!script.isExecutable || start.toString('latin1', 0, 2) !== '#!')
            return false;
        const newline = start.indexOf(0x0a);
        const end = newline === -1 ? start.length : newline + 1;
        if (end <= SHEBANG_LIMIT || (newline === -1 && start.length === LONGEST_LINE))
            return false;
        const line = start.toString('latin1', 0, end);
        const interpreter = /^#![ \t]*([^ \t\0\n]+)/.exec(line)?.[1];
        const first = `#!/bin/sh ${(0,byte_string/* byteStringOf */.d1)(sbang)}\n`;
        if (interpreter === undefined || line === first)
            return false;
        const rest = script.read(end, script.size);
        script.write(0, Buffer.concat([Buffer.from(first + secondLine(line, interpreter), 'latin1'), rest]));
        return true;
    }
    finally {
        script.close();
    }
}
/** As the language can read it: a comment where `#` does not begin one. */
function secondLine(line, interpreter) {
    const program = interpreter.slice(interpreter.lastIndexOf('/') + 1);
    if (!interpreter.includes('/'))
        return line;
    if (program === 'lua' || program === 'luajit')
        return `--!${line.slice(2)}`;
    if (program === 'node')
        return `//!${line.slice(2)}`;
    return program === 'php' ? `<?php ${line} ?>` : line;
}
async function contentOf(file) {
    try {
        return (await (0,external_node_fs_promises_.lstat)(file)).isFile() ? await (0,external_node_fs_promises_.readFile)(file, 'utf8') : '';
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === 'ENOENT')
            return undefined;
        throw (0,errors/* fileError */.zS)(error, file, 'look for sbang');
    }
}
/** In all of our versions, in none of Spack's. */
const MARK = 'buildcache-action sbang';
/**
 * POSIX sh. What the script says is split into words and is never evaluated; `set -f` keeps a `*` in it from naming
 * files. perl and ruby want `-x` to skip the lines that are not theirs.
 */
const SBANG = `#!/bin/sh
# ${MARK} 1
# Runs a script by the interpreter that its second line names: #!, or //!, --!, <?php #! where # is no comment.

fail() {
  echo "sbang: $1" >&2
  exit 127
}

[ $# -gt 0 ] || fail "which script?"
[ -f "$1" ] && [ -r "$1" ] || fail "cannot read $1"

{
  IFS= read -r first
  IFS= read -r second
} <"$1"

command=
for line in "$second" "$first"; do
  case $line in
    '#!'* | '//!'* | '--!'*) command=\${line#??} command=\${command#!} ;;
    '<?php #!'*) command=\${line#'<?php #!'} command=\${command%' ?>'} ;;
  esac
  [ -z "$command" ] || break
done
[ -n "$command" ] || fail "no interpreter in the first two lines of $1"

set -f
interpreter=
program=
for word in $command; do
  case $interpreter in
    '') interpreter=$word program=\${word##*/} ;;
    */env) program=\${word##*/} && break ;;
    *) break ;;
  esac
done

case $program in
  sbang) fail "$1 names sbang itself as its interpreter" ;;
  perl | ruby) exec $command -x "$@" ;;
  *) exec $command "$@" ;;
esac
`;

// EXTERNAL MODULE: ./build/spec/version.js
var version = __webpack_require__(63166);
;// CONCATENATED MODULE: ./build/tree/spliced-from.js

/**
 * As Spack finds them: a node that the built spec had too stands for itself; another one for the node of the same
 * name, else for the one with the highest version that provides all virtual packages it provides.
 * @param hashes of the nodes to look up
 * @returns by hash of the node, the hash of the one it stands for; a node that replaces none is left out
 */
function splicedFrom(graph, spec, hashes) {
    const result = new Map();
    const built = spec.buildSpec === undefined ? undefined : graph.nodes.get(spec.buildSpec.hash);
    if (built === undefined)
        return result;
    const before = runtimeNodes(graph, built);
    const beforeVirtuals = virtualsIn(before);
    const nowVirtuals = virtualsIn(runtimeNodes(graph, spec));
    for (const hash of hashes) {
        const node = graph.nodes.get(hash);
        if (node === undefined || before.has(hash))
            continue;
        const provided = nowVirtuals.get(hash);
        const candidates = [...before.values()].filter((old) => {
            const virtuals = beforeVirtuals.get(old.hash);
            const replaces = provided !== undefined && [...provided].every((each) => virtuals?.has(each));
            return old.name === node.name || replaces;
        });
        const [best] = candidates.sort((a, b) => Number(b.name === node.name) - Number(a.name === node.name) ||
            (0,version/* compareVersions */.Zy)((0,version/* parseVersion */.ot)(b.version), (0,version/* parseVersion */.ot)(a.version)));
        if (best !== undefined)
            result.set(hash, best.hash);
    }
    return result;
}
/** A spec and what it needs other than for building it, by hash. */
function runtimeNodes(graph, root) {
    const nodes = new Map([[root.hash, root]]);
    for (const node of nodes.values()) {
        for (const { hash, deptypes } of node.dependencies) {
            const child = graph.nodes.get(hash);
            if (child !== undefined && deptypes.some((type) => type !== 'build'))
                nodes.set(hash, child);
        }
    }
    return nodes;
}
/** What the nodes provide to one another. */
function virtualsIn(nodes) {
    const provided = new Map();
    for (const node of nodes.values()) {
        for (const { hash, virtuals } of node.dependencies) {
            if (virtuals.length === 0)
                continue;
            const known = provided.get(hash) ?? new Set();
            for (const virtual of virtuals)
                known.add(virtual);
            provided.set(hash, known);
        }
    }
    return provided;
}

;// CONCATENATED MODULE: ./build/tree/install-package.js










/**
 * Unpacks, relocates and puts in place, with the metadata and permissions that Spack gives it, and makes sure that
 * the store has an `sbang`. On failure nothing is left, and what was at the prefix is there still.
 * @throws BuildcacheError as `unpackPackage`; `conflict` for another spec at the prefix, also with `replace`;
 *   `corrupt` where the tarball holds another spec's metadata; `unsupported` for a root too long for `sbang`
 */
async function installPackage(options) {
    const { settings, node, graph, tarball, prefixOf, lock, replace = false, limits, tools, signal } = options;
    const { sweep = (0,unpack_staging/* stagingSweeper */.Tt)() } = options;
    const prefix = prefixOf(node.hash);
    let removeParents;
    tarball.on('error', () => undefined); // kept by the stream until it is read
    try {
        const mode = await (0,permissions/* prefixMode */.eT)(node.name, settings.permissions);
        const target = relocationTarget(options);
        if (replace)
            await refuseOther(prefix, node);
        // Without a lock nobody else is to use the tree, and so none of these is somebody's.
        await sweep(prefix);
        await ensureSbang(settings.unpaddedRoot);
        // No turn of the event loop from here to the unpacker's own directory, lest another install removes them.
        removeParents = (0,permissions/* makeParents */.AZ)(settings.root, prefix);
        const { files, bytes, relocated, warnings } = await (0,unpack/* unpackPackage */.D)({
            tarball,
            prefix,
            replace,
            hash: node.buildSpec?.hash ?? node.hash,
            format: node.platform === 'darwin' ? 'macho' : 'elf',
            relocation: (info) => relocationMap(info, target),
            async finish(directory, info) {
                await adoptSpecFile(directory, graph, node);
                const isMoved = relocationMap(info, target).size > 0;
                if (isMoved)
                    useSbang(directory, info.textFiles, target.sbangPath);
                if (mode !== undefined)
                    await (0,permissions/* applyMode */.yM)(directory, mode);
                lock?.assertHeld();
            },
            ...(limits && { limits }),
            ...(tools && { tools }),
            ...(signal && { signal }),
        });
        removeParents = undefined;
        await ensureManifest(prefix, mode);
        return { prefix, files, bytes, relocated, warnings };
    }
    finally {
        tarball.destroy();
        removeParents?.();
    }
}
function relocationTarget({ settings, node, graph, prefixOf }) {
    const prefixes = (0,hash_to_prefix/* hashToPrefix */.e)(graph, node.hash, prefixOf);
    return {
        storeRoot: settings.root,
        sbangPath: sbangPath(settings.unpaddedRoot),
        prefixes,
        splicedFrom: splicedFrom(graph, node, prefixes.map(([hash]) => hash)),
    };
}
/** Two specs may have one prefix where a projection does not have the hash in it. */
async function refuseOther(prefix, node) {
    const found = await installedHash(prefix);
    if (found === undefined || found === node.hash)
        return;
    throw new errors/* BuildcacheError */.fO('conflict', `another spec is installed where ${node.name}/${(0,spec_node/* shortHash */.BC)(node)} goes`, {
        file: prefix,
        expected: `/${node.hash}`,
        found: `/${found}`,
        hint: 'put {hash} into config:install_tree:projections, or uninstall the other one',
    });
}

;// CONCATENATED MODULE: ./build/commands/install-work.js
/** Installs what is missing: every spec once what it needs is there, as many at once as make sense. */











/**
 * Packages unpacked at once. Inflating and hashing take threads of the pool, writing takes this one: more than a few
 * only hold memory.
 */
const AT_ONCE = Math.max(2, Math.min(8, (0,external_node_os_.availableParallelism)()));
/** Never throws: each spec is settled, here or by the registrar. */
async function installAll(work) {
    const limit = (0,p_limit/* default */.A)(Math.min(AT_ONCE, work.jobs));
    const done = new Map();
    const isNeeded = (0,spec_graph/* ofTypes */.vz)('link', 'run');
    for (const spec of work.missing) {
        const needs = spec.dependencies.filter(({ deptypes }) => isNeeded(deptypes));
        const task = async () => {
            for (const { hash, name } of needs) {
                if ((await done.get(hash)) !== false)
                    continue;
                work.settle(spec, {
                    kind: 'not-tried',
                    reason: `${name}/${hash.slice(0, 7)}, which it needs, is not there`,
                });
                return false;
            }
            return await limit(() => installOne(spec, work));
        };
        done.set(spec.hash, task().finally(work.onDone));
    }
    await Promise.all(done.values());
}
/** Settles the outcome; never throws. @returns whether the spec is there */
async function installOne(spec, work) {
    const { locks, signal, registrar, isExplicit, settle, onNote } = work;
    if (signal.aborted) {
        settle(spec, { kind: 'not-tried', reason: (0,abort/* cancelled */.KW)(signal).message });
        return false;
    }
    let lock;
    try {
        lock = await locks?.prefix(spec.hash, signal);
        const prefix = work.prefixOf(spec.hash);
        const replacement = work.replacementOf(spec.hash);
        if (replacement !== undefined)
            throw deprecated(spec, replacement);
        const other = work.overlap(spec.hash, prefix);
        if (other !== undefined)
            throw inTheWay(spec, prefix, other);
        const isOccupied = await install_work_isThere(prefix);
        const record = isOccupied && !work.force ? await recordByNow(spec, work) : undefined;
        if (record?.installed === true) {
            if (isExplicit.has(spec.hash) && !record.explicit) {
                const onDone = (error) => settle(spec, error === undefined ? { kind: 'present' } : failure(error));
                registrar.add({ ...markOf(spec.hash, record), lock, newPrefix: undefined, onDone });
            }
            else {
                await lock?.release();
                settle(spec, { kind: 'present' });
            }
            return true;
        }
        const found = await fetchAndPlace(spec, lock, isOccupied, work);
        for (const note of found.notes)
            onNote(`${install_plan_nameOf(spec)}: ${note}`);
        registrar.add({
            hash: spec.hash,
            explicit: isExplicit.has(spec.hash),
            lock,
            newPrefix: isOccupied ? undefined : prefix,
            onDone: (error) => settle(spec, error === undefined ? found.outcome : failure(error)),
        });
        return true;
    }
    catch (error) {
        await lock?.release();
        if (signal.aborted)
            settle(spec, { kind: 'not-tried', reason: (0,abort/* cancelled */.KW)(signal).message });
        else
            settle(spec, failure(error));
        return false;
    }
}
function deprecated(spec, replacement) {
    return new errors/* BuildcacheError */.fO('conflict', `${install_plan_nameOf(spec)} is deprecated in this install tree`, {
        found: `in favour of /${replacement}`,
        hint: `install /${replacement.slice(0, 7)} instead, or uninstall this one with Spack first`,
    });
}
function inTheWay(spec, prefix, other) {
    return new errors/* BuildcacheError */.fO('conflict', `${install_plan_nameOf(spec)} cannot go where another spec has its prefix or a folder above it`, {
        file: prefix,
        found: `/${other}`,
        hint: 'put {hash} into config:install_tree:projections, at the same depth for all specs',
    });
}
function failure(error) {
    return { kind: 'failed', code: (0,errors/* errorCode */.CA)(error), reason: (0,errors/* describeError */.Uc)(error) };
}
async function fetchAndPlace(spec, lock, replace, { order, sweep, cache, sha256, isRoot, signal, settings, graph, prefixOf, tools }) {
    const from = (0,entry_spec/* entrySpec */.mO)(graph, spec);
    const mirrors = order(from).map(({ open }) => open);
    const pin = isRoot.has(spec.hash) ? sha256 : undefined;
    const found = await (0,obtain/* obtain */.A)(from, { mirrors, cache, sha256: pin, signal }, async (tarball) => {
        const { warnings } = await installPackage({
            settings,
            node: spec,
            graph,
            prefixOf,
            tarball,
            lock,
            // What is not in the database is the rest of an install that failed.
            replace,
            sweep,
            signal,
            ...(tools && { tools }),
        });
        return warnings;
    });
    if (found === undefined) {
        const built = (0,entry_spec/* builtAs */.Jx)(spec);
        const what = built === undefined ? 'no mirror has it' : `no mirror has its ${built}, which it is installed from`;
        throw new errors/* BuildcacheError */.fO('not-found', what, {
            hint: 'build it with Spack, or name a mirror that has it',
        });
    }
    const { mirror, verified, value: warnings } = found;
    const digest = verified.entry.tarball.sha256 ?? '';
    return {
        outcome: { kind: 'installed', mirror, sha256: digest, signedBy: verified.signedBy },
        notes: [...found.notes, ...warnings],
    };
}
/** Somebody else may have been at it: asked only where there is something at the prefix. */
async function recordByNow(spec, { settings }) {
    return (await (0,install_snapshot/* readTreeIfThere */.w7)(settings.root))?.records.get(spec.hash);
}
async function install_work_isThere(path) {
    try {
        await (0,external_node_fs_promises_.lstat)(path);
        return true;
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === 'ENOENT' || (0,errors/* systemCode */.xU)(error) === 'ENOTDIR')
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/commands/register-batches.js
/**
 * Registers installed specs a batch at a time: the database is one file, written anew for each change, so a thousand
 * small packages must not write it a thousand times; and a killed run should lose little.
 */


/** Specs that wait, at most. */
const BATCH = 64;
/** Milliseconds that one waits, at least; whoever wants its lock waits as well. */
const PAUSE = 1000;
/** A large database takes long to write: this much of the time may go into it. */
const SHARE = 10;
/**
 * @param root of the install tree
 * @param onError called once, when the database cannot be written; nothing is registered after that
 */
function openRegistrar(root, options, onError) {
    let waiting = [];
    let running = Promise.resolve();
    let timer;
    let pause = PAUSE;
    let failure;
    const flush = () => {
        clearTimeout(timer);
        timer = undefined;
        const batch = waiting;
        waiting = [];
        if (batch.length > 0)
            running = running.then(() => register(batch));
    };
    const register = async (batch) => {
        const start = performance.now();
        try {
            if (failure === undefined)
                await registerInstalled(root, { ...options, installs: batch });
        }
        catch (error) {
            failure = error;
            onError(error);
        }
        for (const { newPrefix, lock, onDone } of batch) {
            if (failure !== undefined)
                await remove(newPrefix);
            await lock?.release();
            onDone(failure);
        }
        pause = Math.max(PAUSE, SHARE * (performance.now() - start));
    };
    return {
        add(spec) {
            waiting.push(spec);
            if (waiting.length >= BATCH)
                flush();
            else
                timer ??= setTimeout(flush, pause);
        },
        async finish() {
            flush();
            await running;
        },
    };
}
async function remove(prefix) {
    if (prefix === undefined)
        return;
    // The next install replaces what cannot be removed now.
    await (0,external_node_fs_promises_.rm)(prefix, { recursive: true, force: true }).catch(() => undefined);
}

;// CONCATENATED MODULE: ./build/commands/install.js
/**
 * `install`: concrete specs and what they need at run time from mirrors into an install tree. Best effort: what fails
 * is said at the end with what needs it, and the rest is there and registered.
 */








/**
 * @returns what became of each spec; also when cancelled
 * @throws BuildcacheError `unsupported` for what this machine cannot run, and for a database of another version;
 *   `bad-input` for a projection or database that cannot be read; `denied`, `io` where the tree cannot be written
 */
async function install(options, reporter) {
    const { roots, dryRun, signal, onOutcome } = options;
    const plan = await planInstall(options);
    const { settings, specs, missing, marks, there, prefixOf } = plan;
    const notes = [...plan.notes];
    const isRoot = new Set(roots);
    const results = new Map();
    const settle = (spec, outcome) => {
        const prefix = spec.external === undefined ? prefixOf(spec.hash) : spec.external.path;
        const result = { spec, prefix, root: isRoot.has(spec.hash), outcome };
        results.set(spec.hash, result);
        onOutcome?.(result);
    };
    for (const [spec, outcome] of there)
        settle(spec, outcome);
    if (dryRun) {
        for (const spec of missing)
            settle(spec, { kind: 'would-install' });
    }
    else if (missing.length + marks.length > 0) {
        const onNote = (note) => notes.push(note);
        const isExplicit = new Set(roots.filter((hash) => options.implicit?.has(hash) !== true));
        await carryOut(plan, { ...options, settings, isRoot, isExplicit, settle, onNote }, reporter);
    }
    return {
        root: settings.root,
        specs: specs.flatMap(({ hash }) => results.get(hash) ?? []),
        notes,
        dryRun,
        cancelled: signal.aborted,
    };
}
/** Installs what is missing, and registers it and the marks. */
async function carryOut(plan, options, reporter) {
    const { settings, graph, signal, onNote } = options;
    const { missing, prefixOf, isUpstream, replacementOf } = plan;
    const overlap = plan.checkPrefixes();
    // Nothing is downloaded that could not be registered.
    const version = await checkDatabase(settings.root, graph, [...missing, ...plan.marks]);
    const onWait = (what, holder) => reporter.warn(`waiting for the lock on ${what}${holder === undefined ? '' : `, held by ${holder}`}`);
    if (!options.lock)
        await checkWritable(settings.root);
    const locks = options.lock ? await openLocks(settings.root, { onWait }) : undefined;
    const stop = new AbortController();
    const asking = { ...options, signal: AbortSignal.any([signal, stop.signal]) };
    const progress = reporter.progress('Installing', missing.length);
    try {
        const order = await sourcesBySpec((0,entry_spec/* entrySpecs */.l_)(graph, missing), asking, onNote);
        const registering = { graph, prefixOf, isUpstream, version, locks };
        const registrar = openRegistrar(settings.root, registering, (error) => stop.abort(error));
        registerMarks(plan, options, registrar);
        const onDone = () => progress.advance(1);
        const sweep = (0,unpack_staging/* stagingSweeper */.Tt)();
        await installAll({
            ...asking,
            missing,
            prefixOf,
            replacementOf,
            overlap,
            order,
            locks,
            registrar,
            sweep,
            onDone,
        });
        await registrar.finish();
    }
    finally {
        progress.done();
        await locks?.close();
    }
}
function registerMarks({ marks }, { graph, settle }, registrar) {
    for (const mark of marks) {
        const onDone = (error) => {
            const spec = graph.nodes.get(mark.hash);
            if (error !== undefined && spec !== undefined)
                settle(spec, failure(error));
        };
        registrar.add({ ...mark, lock: undefined, newPrefix: undefined, onDone });
    }
}


/***/ }),

/***/ 96390:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ hashToPrefix)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56832);
/** Which prefixes a tarball may mention, and of which specs they are: the `hash_to_prefix` of the build info. */


/**
 * The spec itself, then its link dependencies breadth-first (a node's children by name), then its direct run
 * dependencies; each hash once, externals left out. The order is Spack's: it is that of the build info's keys.
 * @param prefixOf the absolute prefix of a spec that is not external, whether or not it is installed
 * @throws BuildcacheError `not-found` where the graph lacks a node or `prefixOf` does not know one
 */
function hashToPrefix(graph, hash, prefixOf) {
    const root = nodeOf(graph, hash, 'the spec to push');
    const order = new Map([[root.hash, root]]);
    const add = (from, edge) => {
        if (!order.has(edge.hash)) {
            order.set(edge.hash, nodeOf(graph, edge.hash, `a dependency of ${from.name}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_1__/* .shortHash */ .BC)(from)}`));
        }
    };
    // A map hands out entries added during the walk too, in the order they came: it is its own queue.
    for (const node of order.values()) {
        for (const edge of linkEdges(node))
            add(node, edge);
    }
    for (const edge of root.dependencies) {
        if (edge.deptypes.includes('run'))
            add(root, edge);
    }
    return [...order.values()]
        .filter((node) => node.external === undefined)
        .map((node) => [node.hash, knownPrefix(node, prefixOf)]);
}
function linkEdges(node) {
    return node.dependencies
        .filter((edge) => edge.deptypes.includes('link'))
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
function nodeOf(graph, hash, what) {
    const node = graph.nodes.get(hash);
    if (node === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `${what} is missing from its spec graph`, {
            expected: `/${hash}`,
        });
    }
    return node;
}
function knownPrefix(node, prefixOf) {
    const prefix = prefixOf(node.hash);
    if (prefix === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `no install prefix is known for ${node.name}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_1__/* .shortHash */ .BC)(node)}`, {
            hint: 'if it is installed in another tree, name that under upstreams: in spack.yaml',
        });
    }
    return prefix;
}


/***/ }),

/***/ 14303:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ isThere),
/* harmony export */   P: () => (/* binding */ installExitCode)
/* harmony export */ });
/** 0 all is there, 1 part of it is not. */
function installExitCode({ specs }) {
    const isFine = specs.every(({ outcome: { kind } }) => kind !== 'failed' && kind !== 'not-tried');
    return isFine ? 0 : 1;
}
/** Whether the spec can be used now. */
function isThere({ outcome: { kind } }) {
    return kind === 'installed' || kind === 'present' || kind === 'external';
}


/***/ }),

/***/ 76864:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ isAllFiltered),
/* harmony export */   m: () => (/* binding */ pushExitCode)
/* harmony export */ });
/** 0 all is there, 1 part of it failed, 2 there was nothing to push to a mirror but what its filter leaves out. */
function pushExitCode({ mirrors }) {
    if (mirrors.some(isAllFiltered))
        return 2;
    const isFine = mirrors.every(({ outcomes, index, keyFailed, tagged }) => keyFailed === undefined &&
        !(tagged !== undefined && 'failed' in tagged) &&
        !(index !== undefined && 'failed' in index) &&
        [...outcomes.values()].every(({ kind }) => kind !== 'failed' && kind !== 'not-tried'));
    return isFine ? 0 : 1;
}
/** Nothing at all was for this mirror: most likely somebody expects otherwise. */
function isAllFiltered({ outcomes }) {
    return outcomes.size > 0 && [...outcomes.values()].every(({ kind }) => kind === 'filtered');
}


/***/ }),

/***/ 4230:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DC: () => (/* binding */ installText),
/* harmony export */   aP: () => (/* binding */ installJson),
/* harmony export */   c6: () => (/* binding */ installLine),
/* harmony export */   dr: () => (/* binding */ installFailures),
/* harmony export */   st: () => (/* binding */ installProblems),
/* harmony export */   v8: () => (/* binding */ installedJson)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _plan_install_result_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(14303);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(40731);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(56832);
/* harmony import */ var _check_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93235);
/* harmony import */ var _push_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51887);
/* harmony import */ var _shared_reasons_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(44186);
/** What an install came to: a line for each spec while it works, and the sum at the end; the same for machines. */







/** One line for one outcome, as it comes. */
function installLine({ spec, outcome, prefix }) {
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${specName(spec)}: ${outcomeText(outcome, prefix)}`);
}
/** Lines without their ends: what failed and why, and the sum. */
function installText(result, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    const counts = countOutcomes(result);
    const parts = [];
    if (result.dryRun)
        parts.push(`${counts['would-install']} would be installed`);
    else
        parts.push(style.good(`${counts.installed} installed`));
    if (counts.present > 0)
        parts.push(`${counts.present} already there`);
    if (counts.external > 0)
        parts.push(`${counts.external} external`);
    if (counts['not-tried'] > 0)
        parts.push(style.doubt(`${counts['not-tried']} not tried`));
    if (counts.failed > 0)
        parts.push(style.bad(`${counts.failed} failed`));
    const lines = [`${parts.join(', ')}  ${style.dim((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(result.root))}`];
    return [...lines, ...installProblems(result, style).map((text) => `  ${text}`)];
}
/** What failed, and what was not tried for it. */
function installProblems(result, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    const skipped = (0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_3__/* .shareReasons */ .b1)(reasonsOf(result, 'not-tried')).map(({ reason, names }) => `${style.doubt('not tried')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_3__/* .nameSome */ .Kf)(names)}: ${reason}`)}`);
    return [...installFailures(result, style), ...skipped];
}
function installFailures(result, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    return (0,_push_text_js__WEBPACK_IMPORTED_MODULE_2__/* .failedLines */ .TW)(reasonsOf(result, 'failed'), style);
}
function reasonsOf({ specs }, kind) {
    return specs.flatMap(({ spec, outcome }) => outcome.kind === kind && 'reason' in outcome ? [{ name: specName(spec), reason: outcome.reason }] : []);
}
/** What `install --json` prints. Fields are added, never changed: `version` says when that is not so. */
function installJson(result, environment) {
    return {
        version: 1,
        exit_code: (0,_plan_install_result_js__WEBPACK_IMPORTED_MODULE_4__/* .installExitCode */ .P)(result),
        dry_run: result.dryRun,
        root: result.root,
        counts: countOutcomes(result),
        notes: result.notes,
        environment: Object.fromEntries(environment),
        specs: installedJson(result),
    };
}
/** The specs alone, as the action's output has them. */
function installedJson({ specs }) {
    return specs.map(({ spec, prefix, root, outcome: { kind, ...facts } }) => ({
        name: spec.name,
        version: spec.version,
        hash: spec.hash,
        short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_5__/* .shortSpec */ .Gx)(spec),
        prefix: prefix ?? null,
        root,
        outcome: kind,
        ...snakeCase(facts),
    }));
}
/** Names as all JSON of ours has them. */
function snakeCase(facts) {
    if (!('signedBy' in facts))
        return facts;
    const { signedBy, ...rest } = facts;
    return { ...rest, signed_by: signedBy };
}
function countOutcomes({ specs }) {
    const counts = { installed: 0, 'would-install': 0, present: 0, external: 0, 'not-tried': 0, failed: 0 };
    for (const { outcome } of specs)
        counts[outcome.kind]++;
    return counts;
}
function outcomeText(outcome, prefix) {
    switch (outcome.kind) {
        case 'installed':
            return `installed from ${outcome.mirror}${outcome.signedBy === undefined ? ' (unsigned)' : ''}`;
        case 'would-install':
            return 'would be installed';
        case 'present':
            return 'already there';
        case 'external': {
            const place = prefix === undefined ? 'external' : `external, ${prefix}`;
            return outcome.missing ? `${place}, which is not there` : place;
        }
        case 'not-tried':
            return `not tried: ${outcome.reason}`;
        case 'failed':
            return `failed: ${outcome.reason}`;
    }
}
function specName(spec) {
    return `${spec.name}@${spec.version}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_6__/* .shortHash */ .BC)(spec)}`;
}


/***/ }),

/***/ 51887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N9: () => (/* binding */ notInstalledText),
/* harmony export */   RW: () => (/* binding */ outcomeLine),
/* harmony export */   TW: () => (/* binding */ failedLines),
/* harmony export */   XF: () => (/* binding */ countOutcomes),
/* harmony export */   cq: () => (/* binding */ pushText),
/* harmony export */   nL: () => (/* binding */ finishLines),
/* harmony export */   oX: () => (/* binding */ indexText),
/* harmony export */   pV: () => (/* binding */ bytesText),
/* harmony export */   vx: () => (/* binding */ pushProblems)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _plan_push_result_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76864);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56832);
/* harmony import */ var _check_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93235);
/* harmony import */ var _shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44186);
/** What a push came to, for a person: a line for each spec while it works, and the sum at the end. */





/** One line for one outcome, as it comes. */
function outcomeLine(spec, outcome) {
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${specName(spec)}: ${outcomeText(outcome)}`);
}
/** Lines without their ends: failures with their reasons, what is not there, and the sum of each mirror. */
function pushText(result, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    return result.mirrors.flatMap((mirror) => mirrorText(result, mirror, style));
}
function countOutcomes(mirror) {
    const counts = {
        pushed: 0,
        'would-push': 0,
        present: 0,
        elsewhere: 0,
        'not-installed': 0,
        filtered: 0,
        'not-tried': 0,
        failed: 0,
    };
    for (const { kind } of mirror.outcomes.values())
        counts[kind]++;
    return counts;
}
/** What was left out because it is not installed; undefined where nothing was. @param root of the install tree */
function notInstalledText({ specs, mirrors }, root) {
    const absent = specs.filter(({ hash }) => mirrors.some(({ outcomes }) => outcomes.get(hash)?.kind === 'not-installed'));
    if (absent.length === 0)
        return undefined;
    const which = absent.length === specs.length
        ? 'nothing of what is to be pushed is'
        : `${absent.length} of ${specs.length} specs are not`;
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${which} installed in ${root}: ${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .nameSome */ .Kf)(absent.map(specName))}`);
}
/** 1.2 MB: powers of ten. */
function bytesText(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let value = bytes;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} ${units[unit] ?? ''}`;
}
function mirrorText({ specs, dryRun }, mirror, style) {
    const counts = countOutcomes(mirror);
    const sent = [...mirror.outcomes.values()].reduce((sum, outcome) => sum + (outcome.kind === 'pushed' ? outcome.sent : 0), 0);
    const parts = [];
    if (dryRun)
        parts.push(`${counts['would-push']} would be pushed`);
    else
        parts.push(style.good(`${counts.pushed} pushed`) + (counts.pushed === 0 ? '' : ` (${bytesText(sent)})`));
    if (counts.present > 0)
        parts.push(`${counts.present} already there`);
    if (counts.elsewhere > 0)
        parts.push(`${counts.elsewhere} in another mirror`);
    if (counts['not-installed'] > 0)
        parts.push(style.doubt(`${counts['not-installed']} not installed`));
    if (counts.filtered > 0)
        parts.push(style.doubt(`${counts.filtered} left out by its filter`));
    if (counts['not-tried'] > 0)
        parts.push(style.doubt(`${counts['not-tried']} not tried`));
    if (counts.failed > 0)
        parts.push(style.bad(`${counts.failed} failed`));
    const lines = [(0,_check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .mirrorLine */ .oR)(mirror, parts, style)];
    const { images, tagged, index } = mirror;
    if (index !== undefined && 'changed' in index)
        lines.push(`  ${indexText(index)}`);
    for (const image of images)
        lines.push(`  image: ${image}`);
    if (tagged !== undefined && 'name' in tagged)
        lines.push(`  image of all: ${tagged.name}`);
    return [...lines, ...mirrorProblems(specs, mirror, style).map((text) => `  ${text}`)];
}
/** What went wrong, and nothing else. */
function pushProblems({ specs, mirrors }, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    return mirrors.flatMap((mirror) => mirrorProblems(specs, mirror, style));
}
function mirrorProblems(specs, mirror, style) {
    const { outcomes, tagged } = mirror;
    const lines = finishLines(mirror, style);
    if (tagged !== undefined && 'failed' in tagged) {
        lines.push(`${style.bad('the image of all could not be made:')} ${tagged.failed}`);
    }
    if ((0,_plan_push_result_js__WEBPACK_IMPORTED_MODULE_3__/* .isAllFiltered */ .X)(mirror)) {
        const reasons = [...outcomes.values()].flatMap((outcome) => outcome.kind === 'filtered' ? [outcome.reason] : []);
        lines.push(`${style.bad('nothing to push:')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)([...new Set(reasons)].join('; '))}`);
    }
    const failures = specs.flatMap((spec) => {
        const outcome = outcomes.get(spec.hash);
        return outcome?.kind === 'failed' ? [{ name: specName(spec), reason: outcome.reason }] : [];
    });
    return [...lines, ...failedLines(failures, style)];
}
/** What went wrong after the entries were written. */
function finishLines({ index, keyFailed }, style) {
    const lines = [];
    if (index !== undefined && 'failed' in index)
        lines.push(`${style.bad('the index could not be updated:')} ${index.failed}`);
    if (keyFailed !== undefined)
        lines.push(`${style.bad('the public key could not be published:')} ${keyFailed}`);
    return lines;
}
/** A line for each reason, with those it is about. */
function failedLines(failures, style) {
    return (0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .shareReasons */ .b1)(failures).map(({ reason, names }) => `${style.bad('failed')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .nameSome */ .Kf)(names)}: ${reason}`)}`);
}
/** What became of the index. */
function indexText({ changed, records }) {
    return changed ? `the index was updated (${records} records)` : 'the index lists them already';
}
function outcomeText(outcome) {
    switch (outcome.kind) {
        case 'pushed':
            return `pushed (${bytesText(outcome.size)})`;
        case 'would-push':
            return 'would be pushed';
        case 'present':
            return 'already there';
        case 'elsewhere':
            return `in ${outcome.mirror}`;
        case 'not-installed':
            return 'not installed';
        case 'filtered':
            return `left out: ${outcome.reason}`;
        case 'not-tried':
            return 'not tried';
        case 'failed':
            return `failed: ${outcome.reason}`;
    }
}
function specName(spec) {
    return `${spec.name}@${spec.version}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_4__/* .shortHash */ .BC)(spec)}`;
}


/***/ }),

/***/ 21743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Go: () => (/* binding */ specEmitter),
/* harmony export */   tZ: () => (/* binding */ neededFormat)
/* harmony export */ });
/* unused harmony export documentOrder */
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56832);
/**
 * Concrete specs written as Spack 1.x writes them, whatever format they were read from: the nodes of an index and of a
 * `spec.json`. What a document says beyond what we model is kept.
 *
 * A spec is written in format 5, which every Spack 1.x reads, unless it, or one below it, is a format 6 spec from the
 * start: that one's hash is over what format 5 has no place for.
 */



/**
 * An emitter for the specs of one graph. Nodes stand in many documents, so each one's text is made once and kept.
 * The documents' methods throw BuildcacheError `not-found` where the graph lacks a node.
 */
function specEmitter(graph) {
    const texts = new Map();
    const formatOf = neededFormat(graph);
    const node = (from, format) => {
        const key = `${format}${from.hash}`;
        let text = texts.get(key);
        if (text === undefined) {
            text = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringifyCompact */ .LW)(dictionaryOf(from, format));
            texts.set(key, text);
        }
        return text;
    };
    const spec = (hash) => {
        const format = formatOf(hash);
        const nodes = documentOrder(graph, hash).map((each) => node(each, format));
        return `"spec":{"_meta":{"version":${format}},"nodes":[${nodes.join(',')}]}`;
    };
    return {
        node,
        formatOf,
        // Spack still writes this version, an older layout's, for the sake of registries.
        document: (hash) => `{${spec(hash)},"buildcache_layout_version":2}`,
        installedDocument: (hash) => `{${spec(hash)}}`,
    };
}
/**
 * A spec and all below it, each once: depth first, a node before what it depends on, children by name; after a
 * spliced node the nodes of the spec it was built as.
 * @param within for itself: the build specs on the way here
 * @throws BuildcacheError `not-found` where the graph lacks a node; `unsupported` where build specs go round in a circle
 */
function documentOrder(graph, hash, within = []) {
    const order = new Map();
    // Visited and written are not the same for what a build spec brought in: Spack still walks through it.
    const visited = new Set();
    const stack = [nodeOf(graph, hash, undefined)];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        if (visited.has(node.hash))
            continue;
        visited.add(node.hash);
        order.set(node.hash, node);
        if (node.buildSpec !== undefined) {
            const built = nodeOf(graph, node.buildSpec.hash, node).hash;
            if (within.includes(built) || within.length >= MAX_SPLICES)
                throw circular(node);
            for (const each of documentOrder(graph, built, [...within, built]))
                if (!order.has(each.hash))
                    order.set(each.hash, each);
        }
        const children = [...node.dependencies].sort((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0));
        for (const edge of children)
            stack.push(nodeOf(graph, edge.hash, node));
    }
    return [...order.values()];
}
/** What is spliced again keeps its first build spec, so that there are no chains but made-up ones. */
const MAX_SPLICES = 16;
function circular(node) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `what ${node.name}/${(0,_node_js__WEBPACK_IMPORTED_MODULE_2__/* .shortHash */ .BC)(node)} was built as leads to no end`, {
        expected: 'a build spec that is not made of the spliced one',
        hint: 'concretize again, or run `spack reindex` where it is installed',
    });
}
/**
 * {@link SpecEmitter.formatOf} for a graph. What is found of one spec is kept for those above it: an index asks about
 * each of its own. Specs that the graph lacks, and circles, do no harm.
 */
function neededFormat({ nodes }) {
    const fit = new Set();
    return (hash) => {
        const below = new Set([hash]);
        // A set is walked to its end, what is added on the way included.
        for (const at of below) {
            const node = fit.has(at) ? undefined : nodes.get(at);
            if (node === undefined)
                continue;
            if (node.originalFormat > 5)
                return 6;
            for (const edge of node.dependencies)
                below.add(edge.hash);
            if (node.buildSpec !== undefined)
                below.add(node.buildSpec.hash);
        }
        for (const each of below)
            fit.add(each);
        return 5;
    };
}
/**
 * The node's dictionary as the format has it, without the mark of direct dependencies, which databases drop. What an
 * older node provides, a Spack that reads it in format 5 finds out by itself.
 */
function dictionaryOf(node, format) {
    const { compiler: _, annotations, dependencies: __, hash: ___, build_spec, provided_virtuals, ...rest } = node.dict;
    const dependencies = node.dependencies.map(({ name, hash, deptypes, virtuals }) => ({
        name,
        hash,
        parameters: { deptypes, virtuals },
    }));
    return {
        ...rest,
        ...(provided_virtuals === undefined || format < 6 ? {} : { provided_virtuals }),
        ...(dependencies.length === 0 ? {} : { dependencies }),
        ...(build_spec === undefined ? {} : { build_spec }),
        annotations: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(annotations) ? annotations : annotationsOf(node),
        hash: node.hash,
    };
}
/** Formats before 5 had the compiler in the node itself. */
function annotationsOf({ originalFormat, compiler }) {
    if (originalFormat >= 5)
        return { original_specfile_version: originalFormat };
    const text = compiler === undefined ? 'None' : `${compiler.name}@=${compiler.version}`;
    return { original_specfile_version: originalFormat, compiler: text };
}
function nodeOf(graph, hash, from) {
    const node = graph.nodes.get(hash);
    if (node !== undefined)
        return node;
    const what = from === undefined ? 'the spec' : `a spec that ${from.name}/${(0,_node_js__WEBPACK_IMPORTED_MODULE_2__/* .shortHash */ .BC)(from)} needs`;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `${what} is in neither the install database nor the environment`, {
        expected: `/${hash}`,
        hint: 'name the environment it was concretized in (--environment), the tree it is in (upstreams: in spack.yaml), or run `spack reindex`',
    });
}


/***/ })

};
