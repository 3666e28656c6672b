/**
 * A thread that copies and digests files (file-copier.ts has the other end). Calls that wait are the cheapest there are,
 * and here nobody waits but this thread; only syncing to disk goes on beside the next copy.
 *
 * Loaded as a file of its own, so it imports nothing of ours.
 */
import { createHash } from 'node:crypto';
import { chmodSync, closeSync, constants, copyFileSync, fstatSync, fsync, linkSync, lstatSync, openSync, readSync, renameSync, statSync, unlinkSync, writeSync, } from 'node:fs';
import { promisify } from 'node:util';
import { parentPort } from 'node:worker_threads';
/** Less the umask, or as the folder's default access list says: a mirror is for others to read. */
const PUBLIC = 0o666;
const BUFFER = Buffer.allocUnsafeSlow(1024 * 1024);
const syncToDisk = promisify(fsync);
const UNSUPPORTED = ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'ENOTTY'];
/** Devices that share no blocks: asking each time is a third of what copying a small file takes. */
const SHARING_NOTHING = new Set();
class ReadError extends Error {
}
parentPort?.on('message', async (job) => {
    try {
        reply({ id: job.id, ...(await run(job)) });
    }
    catch (error) {
        const reason = error instanceof ReadError ? error.cause : error;
        reply({
            id: job.id,
            failure: reason instanceof Error ? reason.message : String(reason),
            code: codeOf(reason),
            reading: error instanceof ReadError,
        });
    }
});
function reply(message) {
    parentPort?.postMessage(message);
}
async function run(job) {
    const hash = job.digest ? createHash('sha256') : undefined;
    if (job.into !== undefined)
        return insert(job, job.into, hash);
    const { file, kind } = openFile(job);
    try {
        const size = kind === 'empty'
            ? copy(job, file, hash)
            : hash === undefined
                ? fstatSync(file).size
                : pass(job, file, undefined, hash);
        const sha256 = hash?.digest('hex');
        if (kind !== 'there')
            await syncToDisk(file);
        const { ino, mtimeNs } = fstatSync(file, { bigint: true });
        const { to, place } = job;
        if (to !== undefined && place !== undefined && size === job.size && sha256 === place.sha256) {
            renameSync(to, place.path);
        }
        return { size, sha256, ino, mtimeNs };
    }
    finally {
        closeSync(file);
    }
}
function insert(job, { file, at, head, zeros }, hash) {
    const to = openSync(file, 'r+');
    try {
        writeAll(to, head, at);
        const size = copy(job, to, hash, at + head.length);
        if (zeros > 0)
            writeAll(to, Buffer.alloc(zeros), at + head.length + job.size);
        return { size, sha256: hash?.digest('hex'), ino: 0n, mtimeNs: 0n };
    }
    finally {
        closeSync(to);
    }
}
/** The file, open: the very one, one that shares its blocks (no bytes are moved), or an empty one. */
function openFile({ from, to, hardLink, isPart }) {
    if (to === undefined || (hardLink && tryLink(from, to))) {
        // Of a link the link itself: the name it was made from may be another file by now.
        return { file: openToRead(to ?? from), kind: 'there' };
    }
    const file = openSync(to, 'wx+', PUBLIC);
    const { dev, mode } = fstatSync(file);
    // Nor can what is no file be shared: cloning a FIFO would wait for a writer, and nobody could stop it.
    if (isPart === true || SHARING_NOTHING.has(dev) || !isFile(from))
        return { file, kind: 'empty' };
    closeSync(file);
    try {
        copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE);
    }
    catch (error) {
        // Of whatever else it was: copying meets it again, or does not. A failed copy has removed the file.
        if (UNSUPPORTED.includes(codeOf(error)))
            SHARING_NOTHING.add(dev);
        return { file: openSync(to, 'w+', PUBLIC), kind: 'empty' };
    }
    chmodSync(to, mode & 0o7777); // The mode came along; a spooled file is private.
    return { file: openSync(to, 'r'), kind: 'cloned' };
}
/** Whether it is one, or leads to one. Why that cannot be told is said when it is read. */
function isFile(path) {
    try {
        return statSync(path).isFile();
    }
    catch {
        return false;
    }
}
/** False where there can be no second name: another file system, or one without them, or a link that leads elsewhere. */
function tryLink(from, to) {
    try {
        linkSync(from, to);
    }
    catch {
        return false;
    }
    if (!lstatSync(to).isSymbolicLink())
        return true;
    unlinkSync(to);
    return false;
}
/** @param at where the first byte goes; a part of a file never reaches over its end there */
function copy(job, to, hash, at = 0) {
    const from = openToRead(job.from);
    try {
        const size = pass(job, from, to, hash, at);
        // Nothing more is written of what goes on, but it is told.
        const isLonger = job.into !== undefined && size === job.size && job.isPart !== true;
        return isLonger && reading(() => readSync(from, BUFFER, 0, 1, job.start + size)) > 0 ? size + 1 : size;
    }
    finally {
        closeSync(from);
    }
}
/** Reads to the end, or until there is more than there should be, into a file and a digest where there are any. @returns bytes */
function pass(job, from, to, hash, at = 0) {
    const isBounded = job.to === undefined || job.isPart === true;
    for (let size = 0;;) {
        if (Atomics.load(job.cancelled, 0) !== 0)
            throw new Error('cancelled');
        // What is only read may be a part of a file; of what is copied it is seen whether it goes on.
        const most = isBounded ? Math.min(BUFFER.length, job.size - size) : BUFFER.length;
        const read = reading(() => readSync(from, BUFFER, 0, most, job.start + size));
        const chunk = BUFFER.subarray(0, read);
        hash?.update(chunk);
        if (to !== undefined)
            writeAll(to, chunk, at + size);
        size += read;
        if (read === 0 || size > job.size || (size === job.size && read < BUFFER.length))
            return size;
    }
}
function writeAll(to, bytes, at) {
    for (let done = 0; done < bytes.length;)
        done += writeSync(to, bytes, done, bytes.length - done, at + done);
}
/** Not blocking: opening a FIFO would wait for a writer, and nobody could stop it. */
function openToRead(file) {
    return reading(() => openSync(file, constants.O_RDONLY | constants.O_NONBLOCK));
}
function reading(call) {
    try {
        return call();
    }
    catch (error) {
        throw new ReadError('', { cause: error });
    }
}
function codeOf(error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
