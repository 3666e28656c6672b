/**
 * A thread that copies and digests files (file-copier.ts has the other end). Synchronous calls are the cheapest there
 * are, and only this thread waits for them. Only syncing to disk goes on beside the next copy.
 *
 * It is loaded as a file of its own, so it imports nothing of ours.
 */
import { createHash } from 'node:crypto';
import { chmodSync, closeSync, constants, copyFileSync, fstatSync, fsync, linkSync, lstatSync, openSync, readSync, renameSync, statSync, unlinkSync, writeSync, } from 'node:fs';
import { promisify } from 'node:util';
import { parentPort } from 'node:worker_threads';
/** Less the umask, or as the folder's default access list says: others are to read a mirror. */
const PUBLIC = 0o666;
const BUFFER = Buffer.allocUnsafeSlow(1024 * 1024);
const syncToDisk = promisify(fsync);
const UNSUPPORTED = ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'ENOTTY'];
/** Devices that share no blocks. Asking each time takes a third of the time of copying a small file. */
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
/** Opens the copy: a second name of the source, a file that shares its blocks (no bytes are moved), or an empty one. */
function openFile({ from, to, hardLink, isPart }) {
    if (to === undefined || (hardLink && tryLink(from, to))) {
        // The new name is opened, not the old one: the old name may be another file by now.
        return { file: openToRead(to ?? from), kind: 'there' };
    }
    const file = openSync(to, 'wx+', PUBLIC);
    const { dev, mode } = fstatSync(file);
    // What is no file cannot be shared either: cloning a FIFO would wait for a writer, and nothing could stop it.
    if (isPart === true || SHARING_NOTHING.has(dev) || !isFile(from))
        return { file, kind: 'empty' };
    closeSync(file);
    try {
        copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE);
    }
    catch (error) {
        // After any other error the bytes are copied: that works, or fails again. The failed clone has removed the file.
        if (UNSUPPORTED.includes(codeOf(error)))
            SHARING_NOTHING.add(dev);
        return { file: openSync(to, 'w+', PUBLIC), kind: 'empty' };
    }
    chmodSync(to, mode & 0o7777); // the clone has the source's mode; a spooled file is private
    return { file: openSync(to, 'r'), kind: 'cloned' };
}
/** Whether the path is a file, or leads to one. The reason why that cannot be told is given when it is read. */
function isFile(path) {
    try {
        return statSync(path).isFile();
    }
    catch {
        return false;
    }
}
/**
 * False where there can be no second name: another file system, one without hard links, or a link that leads
 * elsewhere.
 */
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
        // A file that is longer than expected is not written any further, but the result says so.
        const isLonger = job.into !== undefined && size === job.size && job.isPart !== true;
        return isLonger && reading(() => readSync(from, BUFFER, 0, 1, job.start + size)) > 0 ? size + 1 : size;
    }
    finally {
        closeSync(from);
    }
}
/**
 * Reads to the end, or until there is more than there should be. What is read goes into the file and the digest, if
 * they are wanted.
 * @returns bytes
 */
function pass(job, from, to, hash, at = 0) {
    const isBounded = job.to === undefined || job.isPart === true;
    const parts = job.partSize === undefined ? undefined : partDigests(job.id, job.partSize);
    for (let size = 0;;) {
        if (Atomics.load(job.cancelled, 0) !== 0)
            throw new Error('cancelled');
        // A part of a file is read up to its end. A whole file that is copied is read on, to see whether it is longer.
        const most = isBounded ? Math.min(BUFFER.length, job.size - size) : BUFFER.length;
        const read = reading(() => readSync(from, BUFFER, 0, most, job.start + size));
        const chunk = BUFFER.subarray(0, read);
        hash?.update(chunk);
        parts?.update(chunk);
        if (to !== undefined)
            writeAll(to, chunk, at + size);
        size += read;
        if (read > 0 && size <= job.size && (size < job.size || read === BUFFER.length))
            continue;
        parts?.end();
        return size;
    }
}
/** Tells the digest of each part, the last one by `end`. */
function partDigests(id, partSize) {
    let hash = createHash('sha256');
    let left = partSize;
    const end = () => {
        if (left === partSize)
            return;
        reply({ id, part: hash.digest('hex') });
        hash = createHash('sha256');
        left = partSize;
    };
    return {
        end,
        update(chunk) {
            for (let at = 0; at < chunk.length;) {
                const piece = chunk.subarray(at, at + left);
                hash.update(piece);
                at += piece.length;
                left -= piece.length;
                if (left === 0)
                    end();
            }
        },
    };
}
function writeAll(to, bytes, at) {
    for (let done = 0; done < bytes.length;)
        done += writeSync(to, bytes, done, bytes.length - done, at + done);
}
/** Not blocking: opening a FIFO would wait for a writer, and nothing could stop it. */
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
