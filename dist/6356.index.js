export const id = 6356;
export const ids = [6356];
export const modules = {

/***/ 43479:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jx: () => (/* binding */ moveBack),
/* harmony export */   MY: () => (/* binding */ asidePlace),
/* harmony export */   WA: () => (/* binding */ moveAside),
/* harmony export */   pS: () => (/* binding */ recoverAside),
/* harmony export */   pl: () => (/* binding */ listAside)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65314);
/**
 * Where blobs wait that a prune may delete, and how they come there and back; prune-blobs.ts says why that is safe.
 *
 * Where moving is copying and deleting (S3), two prunes of one blob would be in each other's way: the second would delete
 * what somebody has sent again since the first deleted it. So the copy is also a claim, which stays until its prune has
 * decided: who finds another's beside his own leaves the blob alone. Of two at least one finds the other's.
 */



/** Spack takes what is here for blobs nothing names. */
const ASIDE = 'blobs/pruned/';
/**
 * Milliseconds: where a blob aside is a copy, its prune is taken to be alive for so long, and needs the copy if it
 * deletes the blob.
 */
const CLAIM_MS = 24 * 3_600_000;
/** A new place for a blob. The name says since when. */
function asidePlace(digest) {
    return `${ASIDE}${digest}.${Date.now()}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}`;
}
/** What prunes have moved aside: some that were killed, or one that is under way. @param digest of one blob only */
async function listAside(storage, signal, digest) {
    const found = [];
    for await (const { key } of storage.list(digest === undefined ? ASIDE : `${ASIDE}${digest}.`, { signal })) {
        const [, of, since] = /^([0-9a-f]{64})\.(\d{13})-[0-9a-f]{8}$/.exec(key.slice(ASIDE.length)) ?? [];
        if (of !== undefined)
            found.push({ key, digest: of, since: Number(since) });
    }
    return found;
}
/**
 * Takes a blob from where it can be found. What has been sent again since it was listed is as good as young: its sender
 * does not look at it again.
 * @param to from {@link asidePlace}
 * @param graceMs what is younger stays
 * @returns false when it stays, or is gone already
 */
async function moveAside(storage, digest, to, graceMs, signal) {
    const from = (0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(digest);
    const isOld = async (key) => {
        const modified = (await storage.head(key, { signal }))?.modified;
        return modified !== undefined && modified.getTime() < Date.now() - graceMs;
    };
    if (!(await isOld(from)))
        return false;
    if (storage.move !== undefined) {
        if (!(await storage.move(from, to, { signal })))
            return false;
        if (await isOld(to))
            return true;
        await storage.move(to, from);
        return false;
    }
    try {
        await copy(storage, from, to, false, signal);
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) === 'not-found')
            return false;
        throw error;
    }
    const claims = await listAside(storage, signal, digest);
    // Looked at once more: another prune may have deleted it, and be done, between our looking and our copying.
    const isOurs = claims.every(({ key }) => key === to) && (await isOld(from));
    await storage.delete(isOurs ? from : to, { signal });
    return isOurs;
}
/** @returns false when it is there already, sent again or put back by somebody else */
async function moveBack(storage, { key, digest }, signal) {
    const to = (0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(digest);
    if (storage.move !== undefined) {
        // Sent again meanwhile: that one is young, and stays so.
        if ((await storage.head(to, { signal })) === undefined)
            return await storage.move(key, to, { signal });
        await storage.delete(key, { signal });
        return false;
    }
    const isBack = await copyBack(storage, key, to, signal);
    await storage.delete(key, { signal });
    return isBack;
}
/**
 * Puts back what others have left aside if it is needed, and else deletes it; but takes no claim away that may be of a
 * prune under way.
 * @param before milliseconds since the epoch: what has been aside for less is not deleted
 * @returns whether it was put back
 */
async function recoverAside(storage, blob, isNeeded, before, signal) {
    const isClaim = storage.move === undefined && blob.since > Date.now() - CLAIM_MS;
    if (isNeeded) {
        if (isClaim)
            return await copyBack(storage, blob.key, (0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(blob.digest), signal);
        return await moveBack(storage, blob, signal);
    }
    if (blob.since < before && !isClaim)
        await storage.delete(blob.key, { signal });
    return false;
}
async function copyBack(storage, from, to, signal) {
    try {
        await copy(storage, from, to, true, signal);
        return true;
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) === 'not-found' || (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) === 'conflict')
            return false;
        throw error;
    }
}
async function copy(storage, from, to, ifAbsent, signal) {
    const condition = ifAbsent ? { ifAbsent: true } : undefined;
    if ((await storage.copyFrom?.(storage, from, to, { condition, signal })) === true)
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('unsupported', 'blobs cannot be moved here, so none can be pruned', {
        url: storage.url,
    });
}


/***/ }),

/***/ 78514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O7: () => (/* binding */ withBlob),
/* harmony export */   Z7: () => (/* binding */ copyBlob),
/* harmony export */   aS: () => (/* binding */ withBlobFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(46466);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(62807);
/* harmony import */ var _core_retry_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(68216);
/* harmony import */ var _storage_file_copier_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(34417);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(93355);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(65314);
/* harmony import */ var _put_blob_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(52394);
/**
 * One blob from one mirror to another, verified: by the server or the file system where the two ends can, else through
 * us, small ones in memory and large ones through a file.
 */











/** Bytes: what is smaller is held in memory, which spares reading it three times. */
const SMALL = 4 * 1024 * 1024;
/**
 * Brings a blob to where layout 3 keeps it, unless it is there.
 * @throws BuildcacheError `not-found` when the source lacks it, `corrupt` when it is not what its name says; else as
 *   the storages do
 */
async function copyBlob(from, blob, to, settings, signal) {
    if (await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_10__/* .hasBlob */ .is)(to, blob, signal))
        return 'there';
    const { sha256, size } = blob;
    const key = (0,_layout3_js__WEBPACK_IMPORTED_MODULE_9__/* .blobKey */ .bd)(sha256);
    const options = { expected: { sha256, size }, hardLink: settings.hardLink, signal };
    if ((await to.copyFrom?.(from, blob.key, key, options)) === true)
        return 'between';
    await withBlob(from, blob, settings.spool, signal, async (content) => {
        await to.put(key, content, { signal });
    });
    return 'through';
}
/**
 * Runs `use` with a blob, verified: small ones in memory, large ones as {@link withBlobFile} has them.
 * @throws as {@link copyBlob}
 */
async function withBlob(from, blob, spool, signal, use) {
    const { key, sha256, size } = blob;
    if (size > SMALL)
        return await withBlobFile(from, blob, spool, signal, (file) => use({ file, size }));
    const source = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_8__/* .documentUrl */ .LJ)(from, key);
    const bytes = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_8__/* .fetchDocument */ .sW)(from, key, { what: 'the blob', maxBytes: size, sha256, signal });
    if (bytes === undefined)
        throw missing(source);
    (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .verifyBytes */ .RV)(bytes, { sha256, size, source });
    return await use(bytes);
}
/**
 * Runs `use` with a blob as a file, verified: the very one where the storage has it on this machine, else one that is
 * gone afterwards.
 * @throws as {@link copyBlob}
 */
async function withBlobFile(from, blob, spool, signal, use) {
    const local = from.fileOf?.(blob.key);
    if (local !== undefined)
        return await use(local, await verifyFile(from, blob, local, signal));
    const file = node_path__WEBPACK_IMPORTED_MODULE_2__.join(spool, `${blob.sha256}-${counter++}`);
    try {
        return await use(file, await receive(from, blob, file, signal));
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true }).catch(() => undefined); // what cannot be removed now goes with its folder
    }
}
/** Two copies of one blob at once, to two mirrors, need two files. */
let counter = 0;
/** A blob that is a file of this machine. @returns bytes */
async function verifyFile(from, { key, sha256, size }, file, signal) {
    const source = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_8__/* .documentUrl */ .LJ)(from, key);
    const end = (await from.head(key, { signal, withoutEtag: true }))?.size;
    if (end === undefined)
        throw missing(source);
    (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .verifyDigest */ .Ub)(await (0,_storage_file_copier_js__WEBPACK_IMPORTED_MODULE_7__/* .digestFile */ .T)({ file, start: 0, end }, signal), { sha256, size, source });
    return end;
}
/** Reads a blob to its end, verified, into a file. @returns bytes */
async function receive(from, { key, sha256, size }, file, signal) {
    const source = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_8__/* .documentUrl */ .LJ)(from, key);
    // The backend has retried the request; this is for bodies that are cut short.
    return await (0,_core_retry_js__WEBPACK_IMPORTED_MODULE_6__/* .retrying */ .R$)(async () => {
        const object = await from.get(key, { signal });
        if (object === undefined || object === 'not-modified')
            throw missing(source);
        let received = 0;
        const count = async function* (chunks) {
            for await (const chunk of chunks) {
                received += chunk.length;
                yield chunk;
            }
        };
        const checked = (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .verifying */ .MP)({ sha256, size, source });
        try {
            await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_3__.pipeline)(object.body, checked, count, (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createWriteStream)(file, { mode: 0o600 }));
        }
        catch (error) {
            if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .systemCode */ .xU)(error) !== undefined && !(error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .BuildcacheError */ .fO)) {
                throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .zS)(error, file, 'keep a blob that is on its way');
            }
            throw error;
        }
        return received;
    }, { retries: 2, baseDelayMs: 100, maxDelayMs: 1000 }, signal);
}
function missing(url) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .BuildcacheError */ .fO('not-found', 'a blob that its manifest names is not there', {
        url,
        hint: 'push the spec again with --force, or sync it from another mirror',
    });
}


/***/ }),

/***/ 37955:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dz: () => (/* binding */ layout3Indices),
/* harmony export */   lg: () => (/* binding */ NO_INDEX),
/* harmony export */   ot: () => (/* binding */ layout3Index)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_retry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(68216);
/* harmony import */ var _storage_read_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(53700);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(93355);
/* harmony import */ var _index_version_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(75524);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(65314);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(57356);
/* harmony import */ var _put_blob_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(52394);
/**
 * Where a mirror keeps its index, for changing it while others do the same: it is read together with what tells its
 * version, and replaced on the condition that it still is that version. Where the storage has no conditions, what
 * was written is read back.
 */









/**
 * Layout 3: a manifest that names the index's blob, which is written first. Blobs of earlier indices are left: readers
 * may have just been told of them.
 */
function layout3Index(storage, view) {
    const key = (0,_layout3_js__WEBPACK_IMPORTED_MODULE_6__/* .indexManifestKey */ .BE)(view);
    const url = (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .documentUrl */ .LJ)(storage, key);
    const read = async (signal) => await (0,_core_retry_js__WEBPACK_IMPORTED_MODULE_2__/* .retrying */ .R$)(async () => {
        const object = await storage.get(key, { signal });
        if (object === undefined || object === 'not-modified') {
            return NO_INDEX;
        }
        const bytes = await (0,_storage_read_js__WEBPACK_IMPORTED_MODULE_3__/* .readDocument */ .u0)(object, { maxBytes: 1024 * 1024, what: 'the index manifest' });
        return { exists: true, etag: object.etag, ...indicesIn(bytes, url) };
    }, { retries: 2, baseDelayMs: 100, maxDelayMs: 1000 }, signal);
    const isOurs = async (indices, signal) => {
        const { locations } = await read(signal);
        return indices.every(({ version, sha256 }) => locations.get(version)?.sha256 === sha256);
    };
    return {
        url,
        isView: view !== undefined,
        sideBySide: true,
        read,
        async replace(base, indices, started, signal) {
            const reused = [];
            const records = new Map(base.manifest?.indices);
            for (const index of indices) {
                const record = (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_8__/* .blobRecord */ .RB)('index', index, 'none', (0,_manifest_js__WEBPACK_IMPORTED_MODULE_7__/* .indexMediaType */ .PP)(index.version));
                if (base.isDamaged === true)
                    await storage.put((0,_layout3_js__WEBPACK_IMPORTED_MODULE_6__/* .blobKey */ .bd)(index.sha256), index, { signal });
                if ((await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_8__/* .putBlob */ .HT)(storage, index, record, signal)) === 'reused')
                    reused.push([index, record]);
                records.set(index.version, record);
            }
            const inOrder = _index_version_js__WEBPACK_IMPORTED_MODULE_5__/* .INDEX_VERSIONS */ .NM.flatMap((version) => records.get(version) ?? []);
            const condition = !base.exists
                ? { ifAbsent: true }
                : base.etag === undefined
                    ? undefined
                    : { ifMatch: base.etag };
            try {
                await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_8__/* .putManifest */ .RV)(storage, key, inOrder, { others: base.manifest?.others, condition, signal });
            }
            catch (error) {
                if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) !== 'conflict')
                    throw error;
                // Our own write, whose answer was lost and which was sent again, looks like somebody else's.
                if (!(await isOurs(indices, signal)))
                    return false;
            }
            for (const [index, record] of reused)
                await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_8__/* .putBlob */ .HT)(storage, index, record, signal);
            if (condition !== undefined && storage.conditions !== 'none')
                return true;
            // Whoever began before us has written by then, if he is not slower than we were twice over.
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(100 + 2 * (Date.now() - started));
            return await isOurs(indices, signal);
        },
    };
}
/** The main index of a layout 3 mirror and its views, those that are there. */
async function layout3Indices(storage, signal) {
    const places = [];
    for await (const { key } of storage.list(_layout3_js__WEBPACK_IMPORTED_MODULE_6__/* .INDEX_MANIFESTS */ .iR, { signal })) {
        const [, view] = /^(?:(.+)\/)?index\.manifest\.json$/.exec(key.slice(_layout3_js__WEBPACK_IMPORTED_MODULE_6__/* .INDEX_MANIFESTS */ .iR.length)) ?? [];
        if (key === (0,_layout3_js__WEBPACK_IMPORTED_MODULE_6__/* .indexManifestKey */ .BE)(view))
            places.push(layout3Index(storage, view));
    }
    return places;
}
/** A place without one. */
const NO_INDEX = { exists: false, etag: undefined, locations: new Map() };
function indicesIn(bytes, url) {
    try {
        const manifest = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_7__/* .parseIndexManifest */ .hO)(bytes, url);
        const locations = [...manifest.indices].map(([version, record]) => [version, { ...(0,_layout3_js__WEBPACK_IMPORTED_MODULE_6__/* .blobDescriptor */ .tx)(record), compression: record.compression }]);
        return { locations: new Map(locations), manifest };
    }
    catch (error) {
        // Whatever cannot be read is replaced, but not what others can read.
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) === 'unsupported')
            throw error;
        return { locations: new Map() };
    }
}


/***/ }),

/***/ 6713:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ namedBlobs)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(70370);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67844);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(93355);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65314);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(57356);
/**
 * Which blobs the documents of a layout 3 mirror name, kept up to date by looking again at what has changed. Whoever
 * deletes what is not named must not overlook anything: any SHA-256 in any document counts, also in one of a kind that we
 * do not know, or that is damaged. Where there is a document that only a newer program can read, or one in which nothing
 * can be read at all, such as a compressed one, or a web page in place of one, or a layout after the third, which may
 * share the blobs, each blob counts as named.
 */






/**
 * A document that was written this long before we looked is read again: its time may be coarse, and the next version
 * may have the same.
 */
const COARSE_MS = 60_000;
/** @param without keys of documents not to look at */
function namedBlobs(storage, jobs, without = new Set()) {
    const named = new Set();
    const seen = new Map();
    let unclear;
    return {
        async look(signal) {
            const changed = [];
            const before = Date.now() - COARSE_MS;
            for await (const info of storage.list('v', { signal })) {
                if (isOfNewerLayout(info.key)) {
                    unclear ??= `${(0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .documentUrl */ .LJ)(storage, info.key)}: a layout that needs a newer program. Update buildcache-action`;
                }
                if (!info.key.startsWith(_layout3_js__WEBPACK_IMPORTED_MODULE_3__/* .MANIFESTS */ .V4) || without.has(info.key))
                    continue;
                const version = versionOf(info, before);
                if (version === undefined || seen.get(info.key) !== version)
                    changed.push(info.key);
                if (version === undefined)
                    seen.delete(info.key);
                else
                    seen.set(info.key, version);
            }
            const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_5__/* ["default"] */ .A)(jobs);
            const reads = await Promise.allSettled(changed.map((key) => limit(async () => {
                (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_0__/* .throwIfCancelled */ .dZ)(signal);
                const bytes = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .fetchDocument */ .sW)(storage, key, { what: 'the manifest', signal });
                if (bytes === undefined)
                    return;
                const digests = digestsIn(bytes);
                for (const digest of digests)
                    named.add(digest);
                const read = readRecords(bytes, key, digests.length, (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_2__/* .documentUrl */ .LJ)(storage, key));
                for (const { sha256 } of read.records)
                    named.add(sha256);
                unclear ??= read.unclear;
            })));
            const failed = reads.find(({ status }) => status === 'rejected');
            if (failed?.status === 'rejected')
                throw failed.reason;
        },
        has: (sha256) => unclear !== undefined || named.has(sha256),
        get unclear() {
            return unclear;
        },
    };
}
/** What tells this version of a document from others; undefined when nothing does. */
function versionOf({ modified, size, etag }, before) {
    if (etag !== undefined)
        return etag;
    if (modified === undefined || modified.getTime() > before)
        return undefined;
    return `${modified.getTime()} ${size}`;
}
function readRecords(bytes, key, digests, url) {
    try {
        return { records: (0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseManifest */ .Ng)(bytes, url).records, unclear: undefined };
    }
    catch (error) {
        if (['unsupported', 'protocol'].includes((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error)))
            return { records: [], unclear: (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error) };
        // It may be compressed. Files of other names are nobody's documents.
        const isClear = digests > 0 || !key.endsWith('.manifest.json') || (0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .isManifestInPart */ .Cz)(bytes);
        const unclear = `${url} names nothing that can be read: repair the mirror, or delete it if nobody needs it`;
        return { records: [], unclear: isClear ? undefined : unclear };
    }
}
function isOfNewerLayout(key) {
    return Number(/^v(\d+)\/(?:manifests\/|layout\.json$)/.exec(key)?.[1]) > 3;
}
function digestsIn(bytes) {
    return bytes.toString('latin1').match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g) ?? [];
}


/***/ }),

/***/ 16356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ openPushMirror)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
;// CONCATENATED MODULE: ./build/storage/glance.js
/**
 * A storage looked at once, so that thousands of questions for single objects need not be asked. What was seen answers
 * the first question about a key only: whoever asks again wants to know whether it is still so.
 */

function glanceable(storage) {
    let prefixes = [];
    const seen = new Map();
    const answered = new Set();
    /** Undefined: it has to be asked for. */
    const look = (key) => {
        if (answered.has(key) || !prefixes.some((prefix) => key.startsWith(prefix)))
            return undefined;
        answered.add(key);
        return seen.get(key) ?? 'absent';
    };
    // Inherited: whether there are conditions is found out on the way.
    const copyFrom = storage.copyFrom?.bind(storage);
    return Object.assign(Object.create(storage), {
        ...(copyFrom === undefined
            ? {}
            : {
                copyFrom: async (...[source, sourceKey, key, options]) => {
                    answered.add(key);
                    return await copyFrom(source, sourceKey, key, options);
                },
            }),
        async glance(wanted, most, signal) {
            prefixes = [];
            answered.clear();
            seen.clear();
            try {
                for (const prefix of wanted) {
                    for await (const object of storage.list(prefix, { signal })) {
                        seen.set(object.key, object);
                        if (seen.size > most)
                            return seen.clear();
                    }
                }
                prefixes = wanted;
            }
            catch (error) {
                if ((0,errors/* errorCode */.CA)(error) !== 'denied')
                    throw error;
                seen.clear();
            }
        },
        async get(...[key, options]) {
            return look(key) === 'absent' ? undefined : await storage.get(key, options);
        },
        async head(...[key, options]) {
            const known = look(key);
            if (known === 'absent')
                return undefined;
            return known ?? (await storage.head(key, options));
        },
        async put(...[key, source, options]) {
            answered.add(key);
            return await storage.put(key, source, options);
        },
    });
}

// EXTERNAL MODULE: ./build/cache/index-place.js
var index_place = __webpack_require__(37955);
// EXTERNAL MODULE: ./build/cache/layout3.js
var layout3 = __webpack_require__(65314);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/cache/blob-aside.js
var blob_aside = __webpack_require__(43479);
// EXTERNAL MODULE: ./build/cache/named-blobs.js
var named_blobs = __webpack_require__(6713);
;// CONCATENATED MODULE: ./build/cache/prune-blobs.js
/**
 * Takes away blobs of a layout 3 mirror that nothing names, while others push to it. At no end of any order of
 * events is there a manifest whose blob is missing:
 *
 * 1. A blob goes only if no document names it, and if it is older than a grace, still at the moment it goes: somebody
 *    may have sent it who has not written his manifest yet.
 * 2. That is not enough, since a push uses an old blob that it finds, and names it later. So a blob is first moved
 *    aside, then all documents are looked at again, and what one of them now names is moved back. Only what is left is
 *    deleted.
 * 3. A push looks at every blob it has used after its manifest is written, and sends again what is gone. Either its
 *    manifest was written before we looked again: then we have seen it, and put the blob back. Or it was written after:
 *    then the blob was gone already when the push looked for it, and the push has sent it again.
 *
 * It needs a storage that shows at once what was written. A prune that is killed leaves blobs aside; the next one
 * begins with them, and so does `check-index --repair`. Spack's own push does not look again (3.): what it found and
 * has not yet named for longer than the looking takes is not safe from us. Nor is, from a grace that is too short, what
 * anybody has sent and not yet named.
 */





/** Between moving aside and looking again; each look lists all manifests. */
const BATCH = 500;
/**
 * @throws BuildcacheError as the storage does; then all that was moved aside has been put back, or will be by the next
 *   prune
 */
async function pruneBlobs(storage, options) {
    const { graceMs, jobs, dryRun, signal } = options;
    const named = (0,named_blobs/* namedBlobs */.C)(storage, jobs, dryRun ? options.without : undefined);
    const before = Date.now() - graceMs;
    // Before we look: whoever names one of them since looks at it again himself, whatever clocks say about how old it is.
    const left = dryRun ? [] : await (0,blob_aside/* listAside */.pl)(storage, signal);
    await named.look(signal);
    const all = sum();
    const young = sum();
    const removed = sum();
    const candidates = [];
    for await (const info of storage.list('blobs/sha256/', { signal })) {
        const digest = (0,layout3/* blobDigest */.ep)(info.key);
        if (digest === undefined)
            continue;
        all.add(info);
        if (named.has(digest))
            continue;
        // Where no times are known, nothing can be told to be old.
        if (info.modified !== undefined && info.modified.getTime() < before)
            candidates.push(info);
        else
            young.add(info);
    }
    let putBack = 0;
    for (const blob of left) {
        if (await (0,blob_aside/* recoverAside */.pS)(storage, blob, named.has(blob.digest), before, signal))
            putBack++;
    }
    for (let i = 0; i < candidates.length; i += BATCH) {
        const batch = candidates.slice(i, i + BATCH);
        if (dryRun) {
            for (const info of batch)
                removed.add(info);
            continue;
        }
        const gone = await pruneBatch(storage, named, batch, options);
        putBack += gone.putBack;
        for (const info of gone.removed)
            removed.add(info);
    }
    const { unclear } = named;
    return { all: all.amount(), removed: removed.amount(), young: young.amount(), putBack, unclear };
}
async function pruneBatch(storage, named, batch, { graceMs, jobs, signal }) {
    const aside = [];
    const each = async (items, action) => {
        const limit = (0,p_limit/* default */.A)(jobs);
        const done = await Promise.allSettled(items.map((item) => limit(() => action(item))));
        const failed = done.find(({ status }) => status === 'rejected');
        if (failed?.status === 'rejected')
            throw failed.reason;
    };
    const back = (items) => 
    // Not to be cancelled: a mirror that lacks what it names is worse than a late end.
    each(items, async (item) => void (await (0,blob_aside/* moveBack */.Jx)(storage, item, undefined)));
    try {
        // Most of what others use again they have named by now.
        await named.look(signal);
        await each(batch, async (info) => {
            (0,abort/* throwIfCancelled */.dZ)(signal);
            const digest = (0,layout3/* blobDigest */.ep)(info.key) ?? '';
            if (named.has(digest))
                return;
            const key = (0,blob_aside/* asidePlace */.MY)(digest);
            const item = { info, digest, key };
            aside.push(item);
            if (!(await (0,blob_aside/* moveAside */.WA)(storage, digest, key, graceMs, signal)))
                aside.splice(aside.indexOf(item), 1);
        });
        await named.look(signal);
    }
    catch (error) {
        await back(aside).catch(() => undefined); // The first error says more.
        throw error;
    }
    const needed = aside.filter(({ digest }) => named.has(digest));
    const rest = aside.filter(({ digest }) => !named.has(digest));
    await back(needed);
    await each(rest, async ({ key }) => void (await storage.delete(key, { signal })));
    return { removed: rest.map(({ info }) => info), putBack: needed.length };
}
function sum() {
    let count = 0;
    let bytes = 0;
    return {
        add({ size = 0 }) {
            count++;
            bytes += size;
        },
        amount: () => ({ count, bytes }),
    };
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./build/spec/spec-file.js
var spec_file = __webpack_require__(5518);
// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
// EXTERNAL MODULE: ./build/cache/manifest.js
var cache_manifest = __webpack_require__(57356);
// EXTERNAL MODULE: ./build/cache/put-blob.js
var put_blob = __webpack_require__(52394);
;// CONCATENATED MODULE: ./build/cache/publish.js
/**
 * Publishing entries in layout 3: blobs, then the manifest that names them, so that whatever happens in between
 * the mirror never has a manifest without its blobs. What was sent before is not sent again.
 */









/** Bytes. */
const SMALL = 256 * 1024;
/**
 * Publishes an entry, or replaces it.
 * @param signer undefined: unsigned
 * @throws BuildcacheError as the storage does: `denied`, `throttled`, `unreachable`, `io`, …
 */
async function publishEntry(storage, spec, content, signer, signal) {
    const { tarball } = content;
    // Reading a small file once is cheaper than all it takes to copy one.
    const document = await specBlob(content.document);
    const archive = tarball.size <= SMALL ? await readSmall(tarball.file) : tarball;
    const blobs = [
        [archive, (0,put_blob/* blobRecord */.RB)('tarball', archive, 'gzip')],
        [document, (0,put_blob/* blobRecord */.RB)('spec', document, 'gzip', (0,cache_manifest/* specMediaType */.Ot)((0,spec_file/* specFileFormat */.H4)(content.document)))],
    ];
    const reused = [];
    let sent = 0;
    for (const [bytes, record] of blobs) {
        if ((await (0,put_blob/* putBlob */.HT)(storage, bytes, record, signal)) === 'reused')
            reused.push([bytes, record]);
        else
            sent += record.size;
    }
    const text = (0,cache_manifest/* formatManifest */.L_)(blobs.map(([, record]) => record));
    const manifest = signer === undefined ? text : await signer.sign(text);
    await storage.put((0,layout3/* specManifestKey */.s8)(spec), Buffer.from(manifest), {
        contentType: 'application/json',
        signal,
    });
    // A prune may have taken what nothing named until now, between our looking and our naming it.
    for (const [bytes, record] of reused) {
        if ((await (0,put_blob/* putBlob */.HT)(storage, bytes, record, signal)) === 'sent')
            sent += record.size;
    }
    return { sent };
}
async function readSmall(file) {
    return await (0,promises_.readFile)(file).catch((error) => {
        throw (0,errors/* fileError */.zS)(error, file, 'read the tarball');
    });
}
/**
 * Whether a whole entry is there: a manifest that can be read, and both its blobs. One that is unsigned where it
 * should be signed does not count, so that it is published again.
 * @throws BuildcacheError `unsupported` for one that only a newer program can read, which is not to be overwritten
 */
async function hasWholeEntry(storage, spec, signed, signal) {
    const key = (0,layout3/* specManifestKey */.s8)(spec);
    const reading = (0,fetch_document/* fetchDocument */.sW)(storage, key, { what: 'the spec manifest', signal });
    const bytes = await (0,put_blob/* unlessDenied */.qi)(reading, undefined);
    if (bytes === undefined)
        return false;
    try {
        const url = (0,fetch_document/* documentUrl */.LJ)(storage, key);
        const manifest = (0,cache_manifest/* parseManifest */.Ng)(bytes, url);
        const tarball = (0,cache_manifest/* findRecord */.Tq)(manifest, 'tarball') ?? (0,cache_manifest/* lacksRecord */.OA)(manifest, 'tarball', url);
        const document = (0,cache_manifest/* findRecord */.Tq)(manifest, 'spec') ?? (0,cache_manifest/* lacksRecord */.OA)(manifest, 'spec', url);
        if (signed && !manifest.signed)
            return false;
        return (await (0,put_blob/* hasBlob */.is)(storage, tarball, signal)) && (await (0,put_blob/* hasBlob */.is)(storage, document, signal));
    }
    catch (error) {
        if ((0,errors/* errorCode */.CA)(error) === 'bad-input')
            return false;
        throw error;
    }
}
/** The bytes of a spec's blob, as Spack compresses them: no time, no name, no operating system. */
async function specBlob(json) {
    const bytes = await (0,external_node_util_.promisify)(external_node_zlib_.gzip)(json, { level: 6 });
    bytes[8] = 0;
    bytes[9] = 0xff;
    return bytes;
}
/**
 * Makes sure that the mirror is one to write layout 3 to, and marks it as one.
 * @returns whether it had to be marked
 * @throws BuildcacheError `unsupported` when all it holds is layout 2, with the way out
 */
async function ensureLayout3(storage, signal, dryRun = false, migrating = false) {
    if ((await (0,put_blob/* unlessDenied */.qi)(storage.head(layout3/* LAYOUT_JSON */.Cp, { signal }), undefined)) !== undefined)
        return false;
    if (!migrating && (await (0,put_blob/* unlessDenied */.qi)(holdsLayout2Only(storage, signal), false))) {
        throw new errors/* BuildcacheError */.fO('unsupported', 'the mirror has the old layout 2, which is only read', {
            url: storage.url,
            expected: 'layout 3, or an empty mirror',
            hint: 'convert it with `buildcache migrate` (or `spack buildcache migrate`), or push to another place',
        });
    }
    if (!dryRun) {
        await storage.put(layout3/* LAYOUT_JSON */.Cp, Buffer.from('{"signing": "gpg"}'), {
            contentType: 'application/json',
            signal,
        });
    }
    return true;
}
async function holdsLayout2Only(storage, signal) {
    return (await holds(storage, 'build_cache/', signal)) && !(await holds(storage, layout3/* SPEC_MANIFESTS */.hr, signal));
}
async function holds(storage, prefix, signal) {
    for await (const _ of storage.list(prefix, { signal }))
        return true;
    return false;
}

// EXTERNAL MODULE: ./build/cache/publish-keys.js
var publish_keys = __webpack_require__(34651);
// EXTERNAL MODULE: ./build/cache/copy-blob.js
var copy_blob = __webpack_require__(78514);
;// CONCATENATED MODULE: ./build/cache/take-entry.js



/**
 * @param signer signs the manifest anew; undefined: it is kept, signed or not
 * @returns undefined where the entry is of another layout
 * @throws BuildcacheError as `copyBlob`
 */
async function takeLayout3Entry(storage, from, entry, name, signer, settings, signal) {
    if (from.layout !== 'v3')
        return undefined;
    const { records } = (0,cache_manifest/* parseManifest */.Ng)(entry.bytes, entry.url);
    const moved = { there: 0, between: 0, through: 0 };
    const copy = async (record) => {
        const blob = { ...(0,layout3/* blobDescriptor */.tx)(record), sha256: record.sha256, size: record.size };
        const way = await (0,copy_blob/* copyBlob */.Z7)(from.storage, blob, storage, settings, signal);
        moved[way] += record.size;
        return way;
    };
    // A hard link is as old as what it links to: a prune cannot tell it from what has long been there.
    const isOld = (way) => way === 'there' || (way === 'between' && settings.hardLink);
    const reused = [];
    for (const record of records)
        if (isOld(await copy(record)))
            reused.push(record);
    const manifest = signer === undefined ? entry.bytes : Buffer.from(await signer.sign((0,cache_manifest/* formatManifest */.L_)(records)));
    await storage.put((0,layout3/* specManifestKey */.s8)(name), manifest, { contentType: 'application/json', signal });
    // A prune may have taken what nothing named until now, between our looking and our naming it.
    for (const record of reused)
        await copy(record);
    return { between: moved.between, through: moved.through };
}

;// CONCATENATED MODULE: ./build/cache/cache-writer.js







/** Entries for which looking around begins to pay. */
const MANY = 20;
/** A listing answers for a thousand keys; three questions are asked for each entry. */
const LISTED_FOR_ONE = 100;
/** @param view the name of an index of its own, or undefined for the main one */
function openLayout3Writer(storage, view) {
    const glanced = glanceable(storage);
    return {
        reader: (0,layout3/* openLayout3 */.qG)(storage, view),
        index: (0,index_place/* layout3Index */.ot)(storage, view),
        prepare: (signal, dryRun, migrating) => ensureLayout3(storage, signal, dryRun, migrating),
        async lookAround(entries, signal) {
            // Files are asked for as quickly as they are listed.
            if (storage.fileOf !== undefined || entries < MANY)
                return;
            await glanced.glance([layout3/* SPEC_MANIFESTS */.hr, 'blobs/'], entries * LISTED_FOR_ONE, signal);
        },
        hasWhole: (spec, signed, signal) => hasWholeEntry(glanced, spec, signed, signal),
        publish: (spec, content, signer, signal) => publishEntry(glanced, spec, content, signer, signal),
        take: (...how) => takeLayout3Entry(glanced, ...how),
        publishKey: (fingerprint, armored, signal) => (0,publish_keys/* publishKey */.jQ)(storage, fingerprint, armored, signal),
        updateKeyIndex: (signal) => (0,publish_keys/* updateKeyIndex */.H3)(storage, signal),
        listIndices: (signal) => (0,index_place/* layout3Indices */.Dz)(storage, signal),
        remove: (entry, signal) => removeListed(storage, entry, signal),
        pruneBlobs: (options) => pruneBlobs(storage, options),
        removeBlob: (key, signal) => storage.delete(key, { signal }),
        sweep: async (signal) => (await storage.sweep?.({ signal })) ?? 0,
        close: () => storage.close(),
    };
}
async function removeListed(storage, { key, modified }, signal) {
    const now = await storage.head(key, { signal });
    if (now === undefined || seconds(now.modified) !== seconds(modified))
        return false;
    return await storage.delete(key, { signal });
}
/** Listings may know fractions of seconds that HTTP headers do not. */
function seconds(date) {
    return date === undefined ? undefined : Math.floor(date.getTime() / 1000);
}

// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/mirrors/open-registry.js
var open_registry = __webpack_require__(53675);
;// CONCATENATED MODULE: ./build/mirrors/open-target.js
/** A mirror opened for writing. */






/**
 * The side a mirror is pushed to.
 * @param view the name of the index to change, if it is not the configured one
 * @throws BuildcacheError `unsupported` for what can only be read; else as `openStorage`
 */
async function openPushMirror(mirror, connection, view = mirror.push.view, { trust, ...images } = {}) {
    if ((0,mirrors_location/* isRegistryUrl */.bs)(mirror.push.url)) {
        return await openRegistryMirror(mirror, { ...mirror.push, view }, connection, { trust, ...images });
    }
    for (const [option, value] of Object.entries(images)) {
        if (value === undefined)
            continue;
        throw new errors/* BuildcacheError */.fO('usage', `mirror "${mirror.name}" keeps no images`, {
            expected: `oci://… for a ${option === 'tag' ? 'tag' : 'base image'}`,
            found: (0,redact/* redactUrl */.B)(mirror.push.url),
        });
    }
    const storage = await (0,mirrors_open/* openStorage */.Gz)(mirror.name, mirror.push, connection);
    if ('put' in storage)
        return openLayout3Writer(storage, view);
    await storage.close();
    throw new errors/* BuildcacheError */.fO('unsupported', `mirror "${mirror.name}" can only be read`, {
        url: storage.url,
        expected: 'file://, s3://, gs:// or oci://',
        hint: 'give the mirror a push URL of the storage behind it (push: in mirrors.yaml)',
    });
}
async function openRegistryMirror({ name, signed }, side, connection, { baseImage, tag, trust }) {
    const { openOciWriter, requireFreeTag } = await Promise.all(/* import() */[__webpack_require__.e(5030), __webpack_require__.e(9047)]).then(__webpack_require__.bind(__webpack_require__, 89047));
    if (tag !== undefined)
        requireFreeTag(tag);
    const base = baseImage === undefined ? undefined : await (0,open_registry/* openImage */.UY)(baseImage, name, side, connection);
    try {
        const registry = await (0,open_registry/* openMirrorRegistry */.vN)(name, side, connection);
        const source = sourceRepository(connection.env);
        return openOciWriter(registry, { base, signed, source, trust });
    }
    catch (error) {
        await base?.registry.close();
        throw error;
    }
}
/** The repository whose job this is: ghcr.io links packages to it, and lets its jobs write to them. */
function sourceRepository(env) {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
    return server && repository ? `${server}/${repository}` : undefined;
}


/***/ }),

/***/ 34417:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ digestFile),
/* harmony export */   m: () => (/* binding */ copyFile)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(75919);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67844);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/**
 * Files copied and digested by threads of their own, so that neither the digests of gigabytes nor the many small calls
 * that a copy takes hold up everything else. They start when they are first needed and keep no process alive.
 */




/** More than four would only wait for the same disk. */
const MOST_THREADS = Math.min((0,node_os__WEBPACK_IMPORTED_MODULE_0__.availableParallelism)(), 4);
const threads = [];
let lastId = 0;
/**
 * Makes a file of another's content, synced to disk, that shares it where the file system can. What is longer than was
 * said is not copied whole.
 * @returns what was found, which may not be what was expected
 * @throws BuildcacheError when the source cannot be read, `cancelled`; system errors of the copy as they are
 */
async function copyFile(job, signal) {
    return await hand({ ...job, start: 0 }, signal);
}
/**
 * The SHA-256 of so many bytes of a file, and how many there were.
 * @throws BuildcacheError when it cannot be read, `cancelled`
 */
async function digestFile({ file: from, start, end }, signal) {
    const job = { from, start, size: end - start, digest: true, to: undefined, place: undefined };
    const { size, sha256 } = await hand({ ...job, hardLink: false }, signal);
    if (sha256 === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('internal', 'a digest was not made');
    return { size, sha256 };
}
async function hand(job, signal) {
    (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_2__/* .throwIfCancelled */ .dZ)(signal);
    const id = ++lastId;
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const abort = () => Atomics.store(flag, 0, 1);
    signal?.addEventListener('abort', abort, { once: true });
    const { worker, waiting } = idlest();
    if (waiting.size === 0)
        worker.ref();
    try {
        const reply = await new Promise((done, failed) => {
            waiting.set(id, { done, failed });
            worker.postMessage({ ...job, id, cancelled: flag });
        });
        if (!('failure' in reply))
            return reply;
        if (signal?.aborted === true)
            throw (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_2__/* .cancelled */ .KW)(signal);
        const error = Object.assign(new Error(reply.failure), { code: reply.code });
        throw reply.reading ? (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, job.from, 'read') : error;
    }
    finally {
        signal?.removeEventListener('abort', abort);
        waiting.delete(id);
        if (waiting.size === 0)
            worker.unref();
    }
}
/** One with nothing to do, a new one, or the one with the least. */
function idlest() {
    const [best] = threads.toSorted((a, b) => a.waiting.size - b.waiting.size);
    if (best !== undefined && (best.waiting.size === 0 || threads.length >= MOST_THREADS))
        return best;
    const thread = start();
    threads.push(thread);
    return thread;
}
function start() {
    // Node's own options are for the program: some are not for threads.
    const worker = new node_worker_threads__WEBPACK_IMPORTED_MODULE_1__.Worker(__webpack_require__.ab + "file-copy-thread.js", { execArgv: [] });
    const thread = { worker, waiting: new Map() };
    const end = (error) => {
        const at = threads.indexOf(thread);
        if (at >= 0)
            threads.splice(at, 1);
        for (const { failed } of thread.waiting.values()) {
            failed(new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('internal', 'the thread that copies files ended', {}, error));
        }
    };
    worker.on('message', (reply) => thread.waiting.get(reply.id)?.done(reply));
    worker.on('error', end);
    worker.on('exit', end);
    worker.unref();
    return thread;
}


/***/ })

};
