/**
 * A thread that copies and digests files (file-copier.ts has the other end). Synchronous calls are the cheapest there
 * are, and only this thread waits for them. Only syncing to disk goes on beside the next copy.
 *
 * It is loaded as a file of its own, so it imports nothing of ours but types.
 */
import { createHash } from 'node:crypto';
import { closeSync, constants, copyFileSync, fchmodSync, fstatSync, fsync, linkSync, lstatSync, mkdirSync, openSync, readSync, renameSync, statSync, unlinkSync, writeSync, } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
/** Less the umask, or as the folder's default access list says: others are to read a mirror. */
const PUBLIC = 0o666;
const BUFFER = Buffer.allocUnsafeSlow(1024 * 1024);
const syncToDisk = promisify(fsync);
const UNSUPPORTED = ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'ENOTTY'];
/** Devices that share no blocks. Asking each time takes a third of the time of copying a small file. */
const SHARING_NOTHING = new Set();
/** Its message is the file's path. */
class ReadError extends Error {
}
const cancelledJobs = workerData;
parentPort?.on('message', (jobs) => {
    for (const job of jobs)
        void answer(job);
});
async function answer(job) {
    try {
        reply({ id: job.id, result: 'into' in job ? insert(job) : await run(job) });
    }
    catch (error) {
        const reason = error instanceof ReadError ? error.cause : error;
        reply({
            id: job.id,
            failure: reason instanceof Error ? reason.message : String(reason),
            code: codeOf(reason),
            unread: error instanceof ReadError ? error.message : undefined,
        });
    }
}
function reply(message) {
    parentPort?.postMessage(message);
}
async function run(job) {
    const hash = job.digest ? createHash('sha256') : undefined;
    const { to, place } = job;
    const { file, kind, isFolderNew } = openCopy(job);
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
        const isRight = size === job.size && (place?.sha256 === undefined || sha256 === place.sha256);
        const isPlaced = to !== undefined && place !== undefined && isRight && putInPlace(to, place);
        return { size, sha256, ino, mtimeNs, isPlaced, isFolderNew };
    }
    finally {
        closeSync(file);
    }
}
/** Small parts are written together: as many calls as there are megabytes, and not as there are parts. */
function insert({ id, into: to, at, parts }) {
    let written = at;
    let filled = 0;
    const flush = () => {
        writeAll(to, BUFFER.subarray(0, filled), written);
        written += filled;
        filled = 0;
    };
    const add = (bytes) => {
        if (filled + bytes.length > BUFFER.length)
            flush();
        BUFFER.set(bytes, filled);
        filled += bytes.length;
    };
    const addFile = ({ from, start, size, isPart }) => {
        const hash = createHash('sha256');
        const file = openToRead(from);
        try {
            for (let done = 0;;) {
                throwIfCancelled(id);
                if (filled === BUFFER.length)
                    flush();
                // One byte more than there should be shows a file that is longer.
                const most = Math.min(BUFFER.length - filled, size - done + (isPart === true ? 0 : 1));
                const read = reading(from, () => readSync(file, BUFFER, filled, most, start + done));
                if (done + read > size)
                    return { size: done + read, sha256: undefined };
                hash.update(BUFFER.subarray(filled, filled + read));
                filled += read;
                done += read;
                if (read < most || (done === size && isPart === true))
                    return { size: done, sha256: hash.digest('hex') };
            }
        }
        finally {
            closeSync(file);
        }
    };
    const found = [];
    for (const part of parts) {
        add(part.head);
        const one = addFile(part);
        found.push(one);
        if (one.size !== part.size)
            return found;
        add(Buffer.alloc(part.zeros));
    }
    flush();
    return found;
}
function openCopy(job) {
    try {
        return { ...openFile(job), isFolderNew: false };
    }
    catch (error) {
        if (job.to === undefined || job.makesFolder !== true || codeOf(error) !== 'ENOENT')
            throw error;
        const isFolderNew = makeFolder(dirname(job.to));
        return { ...openFile(job), isFolderNew };
    }
}
/** As core/make-folder.ts, which says why Node's own `recursive` is not enough. @returns whether it had to be made */
function makeFolder(folder) {
    for (let attempt = 1;; attempt++) {
        try {
            mkdirSync(folder);
            return true;
        }
        catch (error) {
            const parent = dirname(folder);
            if (codeOf(error) !== 'ENOENT' || parent === folder || attempt === ATTEMPTS) {
                if (codeOf(error) === 'EEXIST' && statSync(folder).isDirectory())
                    return false;
                throw error;
            }
            makeFolder(parent);
        }
    }
}
/** How often parents may be removed by others meanwhile. */
const ATTEMPTS = 3;
/** Opens the copy: a second name of the source, a file that shares its blocks (no bytes are moved), or an empty one. */
function openFile({ from, content, to, hardLink, isPart }) {
    if (to === undefined || (hardLink && tryLink(from, to))) {
        // The new name is opened, not the old one: the old name may be another file by now.
        return { file: openToRead(to ?? from), kind: 'there' };
    }
    const file = openSync(to, 'wx+', PUBLIC);
    const { dev, mode } = fstatSync(file);
    // What is no file cannot be shared either: cloning a FIFO would wait for a writer, and nothing could stop it.
    if (content !== undefined || isPart === true || SHARING_NOTHING.has(dev) || !isFile(from))
        return { file, kind: 'empty' };
    closeSync(file);
    // Each time the file is made anew: what another user puts in its place meanwhile, such as a link, is not written to.
    unlinkSync(to);
    try {
        copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE);
    }
    catch (error) {
        // After any other error the bytes are copied: that works, or fails again. The failed clone has removed the file.
        if (UNSUPPORTED.includes(codeOf(error)))
            SHARING_NOTHING.add(dev);
        return { file: openSync(to, 'wx+', PUBLIC), kind: 'empty' };
    }
    const clone = openSync(to, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    fchmodSync(clone, mode & 0o7777); // the clone has the source's mode; a spooled file is private
    return { file: clone, kind: 'cloned' };
}
/** @returns false where something else has the name, or the file system has no second names */
function putInPlace(file, { path, isNew }) {
    if (!isNew) {
        renameSync(file, path);
        return true;
    }
    try {
        linkSync(file, path);
    }
    catch {
        return false;
    }
    try {
        unlinkSync(file);
    }
    catch {
        // A name that stays is swept later.
    }
    return true;
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
function copy(job, to, hash) {
    const { content } = job;
    if (content !== undefined) {
        hash?.update(content);
        writeAll(to, content, 0);
        return content.length;
    }
    const from = openToRead(job.from);
    try {
        return pass(job, from, to, hash);
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
function pass(job, from, to, hash) {
    const isBounded = job.to === undefined || job.isPart === true;
    const parts = job.partSize === undefined ? undefined : partDigests(job.id, job.partSize);
    for (let size = 0;;) {
        throwIfCancelled(job.id);
        // A part of a file is read up to its end. A whole file that is copied is read on, to see whether it is longer.
        const most = isBounded ? Math.min(BUFFER.length, job.size - size) : BUFFER.length;
        const read = reading(job.from, () => readSync(from, BUFFER, 0, most, job.start + size));
        const chunk = BUFFER.subarray(0, read);
        hash?.update(chunk);
        parts?.update(chunk);
        if (to !== undefined)
            writeAll(to, chunk, size);
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
    return reading(file, () => openSync(file, constants.O_RDONLY | constants.O_NONBLOCK));
}
function reading(file, call) {
    try {
        return call();
    }
    catch (error) {
        throw new ReadError(file, { cause: error });
    }
}
function throwIfCancelled(id) {
    if (Atomics.load(cancelledJobs, id % cancelledJobs.length) === id)
        throw new Error('cancelled');
}
function codeOf(error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
