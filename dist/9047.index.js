export const id = 9047;
export const ids = [9047,3296];
export const modules = {

/***/ 87499:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ imageSpecs),
/* harmony export */   l: () => (/* binding */ imageArchitecture)
/* harmony export */ });
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(85746);
/* harmony import */ var _spec_target_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63305);
/* harmony import */ var _spec_topological_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6961);
/** Which packages an image of specs is made of, and what a layer is known by. */



/**
 * The specs themselves and all they link to or run, without externals: what others need comes first, so that a
 * package's own layer is the last.
 */
function imageSpecs(graph, roots) {
    const order = (0,_spec_topological_js__WEBPACK_IMPORTED_MODULE_1__/* .topologicalOrder */ ._)(graph, roots, (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_2__/* .ofTypes */ .vz)('link', 'run'));
    return order.filter(({ external }) => external === undefined).reverse();
}
/** A spec's architecture as images name it: Go's names where they differ from archspec's. */
function imageArchitecture(target) {
    const family = (0,_spec_target_js__WEBPACK_IMPORTED_MODULE_0__/* .targetFamily */ .wd)(target);
    return GO_NAMES[family] ?? family;
}
const GO_NAMES = { x86_64: 'amd64', aarch64: 'arm64' };


/***/ }),

/***/ 73296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HW: () => (/* binding */ isReservedTag),
/* harmony export */   W3: () => (/* binding */ specTag),
/* harmony export */   YV: () => (/* binding */ couldBeTagOf),
/* harmony export */   qA: () => (/* binding */ INDEX_TAG),
/* harmony export */   wu: () => (/* binding */ hashInTag)
/* harmony export */ });
/** Where Spack keeps the index: what looks like an image and is none. */
const INDEX_TAG = 'index.spack';
/** The most a tag may have, by the OCI distribution specification. */
const LONGEST = 128;
/** The tag of a spec's image, as Spack makes it; one that would be too long loses its middle. */
function specTag({ name, version, hash }) {
    const tag = tagCharacters(`${name}-${version}-${hash}.spack`);
    return tag.length > LONGEST ? tag.slice(0, 64) + tag.slice(-64) : tag;
}
/** The DAG hash in a tag; undefined when it is no spec's. */
function hashInTag(tag) {
    return /-([a-z2-7]{32})\.spack$/.exec(tag)?.[1];
}
/** Whether a tag may be of a spec of that package, whose name may not be all there. */
function couldBeTagOf(tag, packageName) {
    return tag.startsWith(tagCharacters(`${packageName}-`).slice(0, 64));
}
/** Whether a tag has a meaning of its own: Spack's, or a list of what refers to a manifest. */
function isReservedTag(tag) {
    return tag.endsWith('.spack') || /^sha256-[0-9a-f]{64}$/.test(tag);
}
function tagCharacters(text) {
    return text.replace(/[^\w.-]/g, '_');
}


/***/ }),

/***/ 89047:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openOciWriter: () => (/* binding */ openOciWriter),
  requireFreeTag: () => (/* binding */ requireFreeTag)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/storage/registry-reference.js
var registry_reference = __webpack_require__(53327);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
// EXTERNAL MODULE: ./build/cache/oci-image.js
var oci_image = __webpack_require__(74564);
// EXTERNAL MODULE: ./build/cache/oci-storage.js
var oci_storage = __webpack_require__(39356);
;// CONCATENATED MODULE: ./build/cache/oci-base.js
/** Base images: what the images of specs stand on, copied to where they are. All of one is attacker-controlled. */






/** An index within an index, so deep; deeper is no image but a trap. */
const DEEPEST = 3;
/** What images without a base stand on. @param architecture as Go names it */
function noBase(architecture) {
    return {
        mediaType: oci_image/* OCI_TYPE */.f.manifest,
        configType: oci_image/* OCI_TYPE */.f.config,
        layerType: oci_image/* OCI_TYPE */.f.layer,
        layers: [],
        config: (0,oci_image/* emptyConfig */.i4)(architecture),
    };
}
/**
 * Finds the base image for an architecture and brings its layers to the target.
 * @throws BuildcacheError `not-found` when there is no such image, or none for the architecture; `bad-input` and
 *   `unsupported` for what is none
 */
async function copyBase(target, { registry, reference }, architecture, signal) {
    const storage = (0,oci_storage/* registryStorage */.tD)(registry);
    const wanted = reference.digest ?? reference.tag ?? 'latest';
    const found = await findImage(registry, wanted, architecture, signal);
    const url = (0,fetch_document/* documentUrl */.LJ)(storage, wanted);
    const manifest = (0,oci_image/* parseImageManifest */.Sw)(found, url);
    const what = { what: 'the configuration', maxBytes: fetch_document/* MAX_SPEC_FILE */.o$, signal };
    const config = (0,oci_image/* parseImageConfig */.FB)(await (0,oci_storage/* fetchBlob */.sZ)(storage, manifest.config, url, what), url);
    requireArchitecture(config, architecture, url);
    if (config.diffIds.length !== manifest.layers.length) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'the base image is malformed', {
            url,
            expected: `${manifest.layers.length} diff_ids, one for each layer`,
            found: String(config.diffIds.length),
        });
    }
    for (const layer of manifest.layers)
        await copyLayer(target, registry, layer, url, signal);
    const { layers } = manifest.dict;
    return {
        mediaType: manifest.mediaType,
        configType: manifest.config.mediaType,
        layerType: manifest.mediaType === oci_image/* DOCKER_TYPE */.mX.manifest ? oci_image/* DOCKER_TYPE */.mX.layer : oci_image/* OCI_TYPE */.f.layer,
        layers: Array.isArray(layers) ? layers.filter(json/* isObject */.Gv) : [],
        config,
    };
}
async function findImage(registry, reference, architecture, signal) {
    let wanted = reference;
    for (let depth = 0;; depth++) {
        const url = `${registry.url}/${wanted}`;
        const found = await registry.manifest(wanted, { signal });
        if (found === undefined) {
            throw new errors/* BuildcacheError */.fO('not-found', 'there is no such base image', {
                url,
                hint: 'check --base-image: registry/name:tag',
            });
        }
        if (!(0,oci_image/* isImageIndex */.yR)((0,oci_image/* typeOf */.QP)(found, url)))
            return found;
        if (depth === DEEPEST) {
            throw new errors/* BuildcacheError */.fO('bad-input', 'the base image is an index within an index, and so on', {
                url,
                expected: `an image at most ${DEEPEST} levels down`,
            });
        }
        wanted = chooseImage(found, architecture, url);
    }
}
function chooseImage(index, architecture, url) {
    const images = (0,oci_image/* parseImageIndex */.n4)(index, url);
    const image = images.find(({ architecture: of, os }) => of === architecture && (os === undefined || os === 'linux'));
    // An index without a word on platforms leads to one that has it.
    const [only] = images;
    if (image === undefined && only?.architecture === undefined && images.length === 1 && only !== undefined) {
        return only.digest;
    }
    if (image !== undefined)
        return image.digest;
    const names = images.map(({ os, architecture: of }) => `${os ?? '?'}/${of ?? '?'}`).slice(0, 20);
    throw new errors/* BuildcacheError */.fO('not-found', 'the base image is not there for this architecture', {
        url,
        expected: `linux/${architecture}`,
        found: names.join(', ') || 'nothing',
    });
}
function requireArchitecture({ dict }, architecture, url) {
    const found = dict['architecture'];
    if (found === undefined || found === architecture)
        return;
    throw new errors/* BuildcacheError */.fO('not-found', 'the base image is for another architecture', {
        url,
        expected: architecture,
        found: String(found).slice(0, 40),
    });
}
async function copyLayer(target, source, { digest, size }, url, signal) {
    const { repository: to } = target;
    const { repository: from } = source;
    const isNear = to.host === from.host && to.scheme === from.scheme;
    if (isNear && to.name === from.name)
        return;
    if ((await target.headBlob(digest, { signal })) !== undefined)
        return;
    if (isNear && (await target.mountBlob(digest, from.name, { signal })))
        return;
    const open = async (start) => {
        const object = await source.blob(digest, { ...(start === 0 ? {} : { range: { start } }), signal });
        if (object === undefined)
            throw layerless(url, digest);
        // A server need not know ranges.
        return object.offset === start
            ? object.body
            : external_node_stream_.Readable.from(skipping(object.body, start - object.offset));
    };
    await target.putBlob({ size, open }, digest, { signal });
}
/** Some images name layers that are somewhere else (`urls`): whoever may not pass them on fetches them there. */
function layerless(url, digest) {
    return new errors/* BuildcacheError */.fO('not-found', 'the base image is not whole', {
        url,
        expected: `its layer ${digest} in its registry`,
        hint: 'take another base image: layers that are kept elsewhere are not copied',
    });
}
async function* skipping(body, bytes) {
    let left = bytes;
    for await (const piece of body) {
        if (piece.length > left)
            yield piece.subarray(left);
        left -= Math.min(left, piece.length);
    }
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/storage/once.js
var once = __webpack_require__(77801);
// EXTERNAL MODULE: ./build/cache/copy-blob.js
var copy_blob = __webpack_require__(78514);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/cache/oci-diff-id.js
/** What a layer is uncompressed, by which an image's configuration names it (`diff_ids`; OCI image specification). */






/**
 * Its content decides, not what a manifest calls it: nobody signs that.
 * @param layer attacker-controlled; it may become any size, and nothing of it is kept
 * @param url for messages
 * @param limits on what it becomes, for layers come from whoever can push, and one gigabyte of zeros is a megabyte
 * @returns undefined for a compression we do not have (zstd)
 * @throws BuildcacheError `corrupt` when it is damaged; `too-large` when it inflates as no layer does
 */
async function diffIdOf(layer, url, signal, limits = LIMITS) {
    const magic = await firstBytes(layer);
    if (magic.equals(ZSTD))
        return undefined;
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const most = Math.max(limits.ratioFrom, limits.maxRatio * sizeOf(layer));
    let inflated = 0;
    const update = async (chunks) => {
        for await (const chunk of chunks) {
            inflated += chunk.length;
            if (inflated > most)
                throw bomb(url, limits, layer);
            hash.update(chunk);
        }
    };
    const options = signal === undefined ? {} : { signal };
    try {
        if (magic.subarray(0, 2).equals(GZIP))
            await (0,promises_.pipeline)(oci_diff_id_open(layer), (0,external_node_zlib_.createGunzip)(), update, options);
        else
            await (0,promises_.pipeline)(oci_diff_id_open(layer), update, options);
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error)?.startsWith('Z_') !== true)
            throw error;
        throw new errors/* BuildcacheError */.fO('corrupt', 'the layer cannot be uncompressed', { url }, error);
    }
    return `sha256:${hash.digest('hex')}`;
}
/** As for tarballs that are unpacked. */
const LIMITS = { maxRatio: 200, ratioFrom: 4 * 1024 ** 3 };
const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
async function firstBytes(layer) {
    if (layer instanceof Uint8Array)
        return Buffer.from(layer.subarray(0, ZSTD.length));
    const chunks = [];
    const head = (0,external_node_fs_.createReadStream)(layer.file, { end: ZSTD.length - 1 });
    for await (const chunk of head)
        chunks.push(chunk);
    return Buffer.concat(chunks);
}
function oci_diff_id_open(layer) {
    if ('file' in layer)
        return (0,external_node_fs_.createReadStream)(layer.file, { highWaterMark: 256 * 1024 });
    return external_node_stream_.Readable.from([layer], { objectMode: false });
}
function sizeOf(layer) {
    return 'file' in layer ? layer.size : layer.length;
}
function bomb(url, { maxRatio }, layer) {
    return new errors/* BuildcacheError */.fO('too-large', 'the layer inflates suspiciously', {
        url,
        expected: `at most ${maxRatio} times its ${sizeOf(layer)} bytes`,
    });
}

;// CONCATENATED MODULE: ./build/cache/oci-blobs.js
/**
 * The blobs of a repository, each brought there once, however many images share it: mounted where both repositories
 * are in one registry, else through us, verified.
 */








/** Blobs of an image, and of a repository, under way at once: the small ones are held in memory. */
const AT_ONCE = 8;
function repositoryBlobs(registry) {
    const limit = (0,p_limit/* default */.A)(AT_ONCE);
    /** What has been seen to be there, with its size, or 0 where the registry does not say. */
    const there = new Map();
    /** What came through us, as `diff_ids` name it. */
    const diffIds = new Map();
    const runs = new Map();
    /** Repositories that nothing can be mounted from: those of registries without mounts, or not with our rights. */
    const mountless = new Set();
    const has = async ({ digest, size }, signal) => {
        if (!there.has(digest)) {
            const found = await registry.headBlob(digest, { signal });
            if (found === undefined)
                return false;
            there.set(digest, found.size ?? 0);
        }
        if ((there.get(digest) || size) === size)
            return true;
        there.delete(digest); // a part of it, which may be mended
        return false;
    };
    const mount = async (from, blob, signal) => {
        const repository = neighbour(registry.repository, from);
        if (repository === undefined || mountless.has(from))
            return false;
        // Its length is the manifest's word so far.
        return (await registry.mountBlob(blob.digest, repository.name, { signal })) && (await has(blob, signal));
    };
    const send = async (from, blob, content, signal) => {
        const { digest, size, diffId } = blob;
        if (diffId !== undefined) {
            diffIds.set(digest, await diffIdOf(content, (0,fetch_document/* documentUrl */.LJ)(from, digest), signal));
            requireDiffId(from, blob);
        }
        const isSent = await registry.putBlob(content, digest, { signal });
        there.set(digest, size);
        // It is whole at the source, and would have been mounted.
        if (isSent && neighbour(registry.repository, from) !== undefined)
            mountless.add(from);
        return isSent;
    };
    const requireDiffId = (from, { digest, diffId }) => {
        const found = diffIds.get(digest);
        if (diffId === undefined || found === undefined || found === diffId)
            return;
        throw new errors/* BuildcacheError */.fO('corrupt', 'the layer is not the one that the configuration of its image names', {
            url: (0,fetch_document/* documentUrl */.LJ)(from, digest),
            expected: `${diffId} uncompressed`,
            found,
            hint: 'somebody has changed the image: find out who, and push the spec again with --force',
        });
    };
    return {
        async hasAll(blobs, signal) {
            let isWhole = true;
            const limitOfImage = (0,p_limit/* default */.A)(AT_ONCE);
            const ask = async (blob) => {
                if (isWhole && !(await has(blob, signal)))
                    isWhole = false;
            };
            // A manifest may name any number of them, and one that is not there will do.
            await Promise.all(blobs.map((blob) => limitOfImage(ask, blob)));
            return isWhole;
        },
        async bring(from, blob, spool, signal) {
            const { digest, size, bytes, diffId } = blob;
            // An image that says something else of a blob must not fail those that are right.
            const key = [from.url, digest, size, diffId].join(' ');
            const run = runs.get(key) ?? (0,once/* once */.O)((mine, what) => limit(what, mine));
            runs.set(key, run);
            let way = 'there';
            await run(signal, async (mine) => {
                if (await has(blob, mine))
                    return;
                if (await mount(from, blob, mine)) {
                    way = 'between';
                    return;
                }
                const known = { key: digest, sha256: (0,registry_reference/* hexOf */.ZD)(digest), size };
                const isSent = bytes === undefined
                    ? await (0,copy_blob/* withBlob */.O7)(from, known, spool, mine, (content) => send(from, blob, content, mine))
                    : await send(from, blob, bytes, mine);
                if (isSent)
                    way = 'through';
            });
            // It may have been brought for another image.
            requireDiffId(from, blob);
            return way;
        },
    };
}
/** The other repository, where it is one of the same registry. */
function neighbour({ scheme, host, name }, from) {
    const other = (0,oci_storage/* registryOf */.Fv)(from)?.repository;
    return other?.scheme === scheme && other.host === host && other.name !== name ? other : undefined;
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/cache/index-place.js
var index_place = __webpack_require__(37955);
// EXTERNAL MODULE: ./build/cache/oci-signature.js
var oci_signature = __webpack_require__(92215);
// EXTERNAL MODULE: ./build/cache/oci-tags.js
var oci_tags = __webpack_require__(73296);
;// CONCATENATED MODULE: ./build/cache/oci-index.js
/**
 * The index of a registry, as Spack keeps it: under a tag of its own, dressed up as an image. Registries have no
 * conditional writes: what was written is read back until it is there.
 */








/** Milliseconds after which the slowest of several writers has most likely written. */
const PAUSE_MS = 100;
function ociIndex(registry) {
    const url = `${registry.url}/${oci_tags/* INDEX_TAG */.qA}`;
    const read = async (signal) => {
        const found = await registry.manifest(oci_tags/* INDEX_TAG */.qA, { signal });
        if (found === undefined)
            return index_place/* NO_INDEX */.lg;
        const location = locationIn(found, url);
        // Which version it is, only its bytes say.
        return { exists: true, etag: found.digest, locations: new Map(location && [[9, location]]) };
    };
    return {
        url,
        isView: false,
        sideBySide: false,
        read,
        async replace(base, indices, started, signal) {
            const index = indices.at(-1);
            if (index === undefined)
                return true;
            const digest = (0,oci_storage/* digestOfHex */.z9)(index.sha256);
            await registry.putBlob(index, digest, { signal });
            await registry.putBlob(oci_signature/* EMPTY */.wg, oci_signature/* EMPTY_DIGEST */.Vx, { signal });
            // It saves the loser a round, no more: between this look and our writing others may write.
            if ((await registry.headManifest(oci_tags/* INDEX_TAG */.qA, { signal }))?.digest !== base.etag)
                return false;
            await registry.putManifest(oci_tags/* INDEX_TAG */.qA, indexManifest(index), oci_image/* OCI_TYPE */.f.manifest, { signal });
            await (0,external_node_timers_promises_.setTimeout)(PAUSE_MS * (1 + Math.random()) + 2 * (Date.now() - started), undefined, { signal });
            return (await read(signal)).locations.get(9)?.sha256 === index.sha256;
        },
    };
}
/** Byte for byte Spack's, its lie about the layer's type included. */
function indexManifest({ sha256, size }) {
    return Buffer.from((0,json/* stringifyCompact */.LW)({
        mediaType: oci_image/* OCI_TYPE */.f.manifest,
        schemaVersion: 2,
        config: { mediaType: oci_image/* OCI_TYPE */.f.config, digest: oci_signature/* EMPTY_DIGEST */.Vx, size: oci_signature/* EMPTY */.wg.length },
        layers: [{ mediaType: oci_image/* OCI_TYPE */.f.layer, digest: (0,oci_storage/* digestOfHex */.z9)(sha256), size }],
    }));
}
function locationIn(found, url) {
    try {
        const [layer] = (0,oci_image/* parseImageManifest */.Sw)(found, url).layers;
        if (layer === undefined)
            return undefined;
        return { key: layer.digest, sha256: (0,registry_reference/* hexOf */.ZD)(layer.digest), size: layer.size, compression: 'none' };
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/spec/spec-file.js
var spec_file = __webpack_require__(5518);
// EXTERNAL MODULE: ./build/cache/oci-reader.js
var oci_reader = __webpack_require__(75030);
;// CONCATENATED MODULE: ./build/cache/oci-stored-image.js
/**
 * A spec's image as a registry has it: its manifest with what the configuration says of its layers. All of it is
 * attacker-controlled; what comes out fits together.
 */







/**
 * @param storage where its configuration is
 * @param url the manifest's, for messages
 * @throws BuildcacheError `unsupported` for what is no image; `corrupt` for the image of another spec or with another
 *   tarball than the spec's; `bad-input` for one that is malformed
 */
async function readStoredImage(storage, manifest, url, spec, signal) {
    const { mediaType, config, layers: descriptors, subject: attachedTo } = (0,oci_image/* parseImageManifest */.Sw)(manifest, url);
    // Put elsewhere it would be listed there among what is said of that other image: its signatures, for one.
    if (attachedTo !== undefined) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'the image is attached to another one', {
            url,
            expected: 'no "subject"',
            found: attachedTo.digest,
        });
    }
    const what = { what: 'the configuration', maxBytes: fetch_document/* MAX_SPEC_FILE */.o$, signal };
    const configBytes = await (0,oci_storage/* fetchBlob */.sZ)(storage, config, url, what);
    const { diffIds, env } = (0,oci_image/* parseImageConfig */.FB)(configBytes, url);
    const layers = descriptors.flatMap(({ digest, size }, i) => {
        const diffId = diffIds[i];
        return diffId === undefined ? [] : [{ digest, size, diffId }];
    });
    const [tarball, layer] = [descriptors.at(-1), layers.at(-1)];
    if (tarball === undefined || layer === undefined || descriptors.length !== diffIds.length) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'the image is malformed', {
            url,
            expected: 'layers, and as many diff_ids',
            found: `${descriptors.length} and ${diffIds.length}`,
        });
    }
    requireSpec(configBytes, spec, tarball, url);
    const subject = { mediaType, digest: manifest.digest, size: manifest.bytes.length };
    return { subject, config, tarball, configBytes, layers, layer: { ...layer, env } };
}
/** What stands under a spec's tag may be anything, and others' images are made of its layer. */
function requireSpec(config, spec, { digest, size }, url) {
    const file = (0,spec_file/* readSpecFile */.MB)(config, url);
    (0,oci_reader/* requireTarball */.U)(file, { tarball: { key: digest, sha256: (0,registry_reference/* hexOf */.ZD)(digest), size }, url });
    if (file.root.hash === spec.hash)
        return;
    throw new errors/* BuildcacheError */.fO('corrupt', 'this is the image of another spec', {
        url,
        expected: `/${spec.hash}`,
        found: `/${file.root.hash}`,
        hint: 'push the spec again with --force',
    });
}

// EXTERNAL MODULE: ./build/core/lazily.js
var lazily = __webpack_require__(14261);
// EXTERNAL MODULE: ./build/cache/trust.js
var trust = __webpack_require__(55155);
;// CONCATENATED MODULE: ./build/cache/oci-voucher.js
/**
 * Whose images lend their layers to one that we sign. Our signature is on its configuration, which names all its
 * layers, and whoever can write to the registry can put an image there, and a signature of his own. So a dependency's
 * image has to be signed itself, with the key that signs now or another one that is trusted.
 */




/** @param trustOthers whose signatures count beside the signer's own */
function openVoucher(registry, storage, { publicKey }, trustOthers) {
    const looked = new WeakMap();
    const own = (0,lazily/* lazily */.q)(() => (0,trust/* openTrust */.N)({ keys: [{ text: publicKey, source: 'the key that signs' }], fingerprints: [] }));
    const trusts = [own, ...(trustOthers === undefined ? [] : [(0,lazily/* lazily */.q)(trustOthers)])];
    const look = async (image, url, signal) => {
        const signatures = await (0,oci_signature/* findSignatures */.Df)(registry, storage, image, signal);
        if (signatures.length === 0)
            return 'no signature';
        const texts = signatures.filter(({ text }) => (0,oci_signature/* isAbout */.KH)(text, image)).map(({ text }) => text.toString());
        if (texts.length === 0)
            return 'a signature of another image';
        let problems = [];
        for (const open of trusts) {
            const trust = await open();
            if (trust === undefined)
                continue;
            // The last of those that are asked knows the most keys.
            problems = [];
            for (const text of texts) {
                const problem = await problemWith(text, image, trust, url);
                if (problem === undefined)
                    return undefined;
                problems.push(problem);
            }
        }
        return [...new Set(problems)].join('; ');
    };
    return {
        problemOf(image, url, signal) {
            const known = looked.get(image);
            if (known !== undefined)
                return known;
            const looking = look(image, url, signal);
            looked.set(image, looking);
            // That it could not be told once must not fail all that need it.
            looking.catch(() => looked.delete(image));
            return looking;
        },
    };
}
async function problemWith(message, image, trust, url) {
    try {
        const { text } = await trust.verify(message, url);
        // What was verified says it, not what stood around it.
        return (0,oci_signature/* isAbout */.KH)(Buffer.from(text), image) ? undefined : 'a signature of another image';
    }
    catch (error) {
        if (error instanceof errors/* BuildcacheError */.fO && error.code === 'untrusted')
            return error.facts.found ?? 'none';
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/cache/oci-known-layers.js
/**
 * The layers of packages that images can be made of: those this writer has sent, and those of the packages' own images
 * in the registry. For an image that is signed, the latter have to be vouched for.
 */






/** @param trust whose signatures count beside the signer's own */
function knownLayers(registry, storage, trust) {
    const layers = new Map();
    const vouchers = new WeakMap();
    const readImage = async (spec, signal) => {
        const tag = (0,oci_tags/* specTag */.W3)(spec);
        const found = await registry.manifest(tag, { signal });
        return found && (await readStoredImage(storage, found, (0,fetch_document/* documentUrl */.LJ)(storage, tag), spec, signal));
    };
    const known = (spec, signal) => {
        const before = layers.get(spec.hash);
        if (before !== undefined)
            return before;
        const found = readImage(spec, signal).then((image) => image && ofImage(image));
        layers.set(spec.hash, found);
        // That it could not be told once must not fail all that need it.
        found.catch(() => {
            if (layers.get(spec.hash) === found)
                layers.delete(spec.hash);
        });
        return found;
    };
    const voucherOf = (signer) => {
        const voucher = vouchers.get(signer) ?? openVoucher(registry, storage, signer, trust);
        vouchers.set(signer, voucher);
        return voucher;
    };
    /** The layer, and for an image that is signed why it must not be in it. */
    const look = async (spec, signer, signal) => {
        const found = await known(spec, signal);
        if (found?.image === undefined || signer === undefined)
            return { spec, layer: found?.layer };
        const url = (0,fetch_document/* documentUrl */.LJ)(storage, (0,oci_tags/* specTag */.W3)(spec));
        const problem = await voucherOf(signer).problemOf(found.image, url, signal);
        return { spec, layer: found.layer, problem };
    };
    const find = async (specs, signer, signal) => {
        const looked = await Promise.all(specs.map((spec) => look(spec, signer, signal)));
        const strange = looked.filter(({ problem }) => problem !== undefined);
        if (signer !== undefined && strange.length > 0)
            throw notVouchedFor(registry.url, strange, signer);
        return new Map(looked.flatMap(({ spec, layer }) => (layer === undefined ? [] : [[spec.hash, layer]])));
    };
    return {
        readImage,
        found: ({ hash }, image) => void layers.set(hash, Promise.resolve(ofImage(image))),
        sent: ({ hash }, layer) => void layers.set(hash, Promise.resolve({ layer, image: undefined })),
        find,
        async layersOf(specs, { failed, allowMissing, signer }, signal) {
            const reliable = specs.filter(({ hash }) => !failed.has(hash));
            const there = await find(reliable, signer, signal);
            const missing = specs.filter(({ hash }) => !there.has(hash));
            if (missing.length > 0 && !allowMissing)
                throw incompleteImage(registry.url, missing);
            return specs.flatMap(({ hash }) => there.get(hash) ?? []);
        },
    };
}
/** Without the bytes of its configuration. */
function ofImage({ layer, subject, config, tarball }) {
    return { layer, image: { subject, config, tarball } };
}
/** Named in a message. */
const SHOWN = 5;
function incompleteImage(url, missing) {
    const names = missing.slice(0, SHOWN).map(nameOf);
    return new errors/* BuildcacheError */.fO('not-found', `the image would lack what it runs with: ${names.join(', ')}${andMore(missing)}`, {
        url,
        expected: 'all that is linked or run in the registry, or pushed with it',
        hint: 'push it too, or accept images that are not whole with --allow-missing',
    });
}
function notVouchedFor(url, strange, { fingerprint }) {
    const shown = strange.slice(0, SHOWN).map(({ spec, problem }) => `${nameOf(spec)} (${problem})`);
    return new errors/* BuildcacheError */.fO('untrusted', 'the image would be signed with layers in it that nobody has signed who is trusted', {
        url,
        expected: `all it runs with to be signed by ${fingerprint}, which signs now, or another trusted key`,
        found: `${shown.join(', ')}${andMore(strange)}`,
        hint: 'push or sync that again, signed (what somebody else has signed: with push --force), or trust the key that ' +
            'signed it: `buildcache keys --install --trust`, --trusted-keys of sync, in the action the input trusted-keys',
    });
}
function andMore({ length }) {
    return length > SHOWN ? ` and ${length - SHOWN} more` : '';
}
function nameOf(spec) {
    return `${spec.name}@${spec.version}/${(0,node/* shortHash */.BC)(spec)}`;
}

// EXTERNAL MODULE: ./build/cache/oci-layers.js
var oci_layers = __webpack_require__(87499);
;// CONCATENATED MODULE: ./build/cache/take-image.js
/**
 * An image taken over from another repository as it is: the same blobs and the very bytes of its manifest, so that its
 * digest stays the same and the signatures that refer to it stay good. Its tag comes last: there never is an image
 * without its layers, nor one that looks unsigned for a while.
 *
 * What a signature vouches for is the configuration and the spec's own layer; the configuration names the other layers
 * uncompressed (`diff_ids`). Of a signed image, those that come through us are compared with that. What is mounted is
 * seen by nobody until somebody runs the image, and who does has to compare it too (OCI image specification).
 */






/**
 * @param blobs the target's
 * @param signer signs the image anew; undefined: the signatures that were found with it come along
 * @returns undefined where the entry is no image
 * @throws BuildcacheError `untrusted` when the entry counts as signed, but by nothing that is about it; `not-found`,
 *   `corrupt`, `bad-input` for an image that is not whole or not what it should be; else as the registries do
 */
async function takeImage(target, blobs, from, entry, name, signer, { spool }, signal) {
    const { image, url } = entry;
    if (from.layout !== 'oci' || image === undefined)
        return undefined;
    // What was verified, whatever the tag has come to mean meanwhile.
    const { manifest } = image;
    const stored = await readStoredImage(from.storage, manifest, url, name, signal);
    const signatures = signer === undefined ? signaturesOf(entry, stored) : [];
    const { config, configBytes, layers, subject } = stored;
    const isVouched = signer !== undefined || signatures.length > 0;
    const wanted = [
        ...layers.map(({ digest, size, diffId }) => ({ digest, size, diffId: isVouched ? diffId : undefined })),
        { digest: config.digest, size: config.size, bytes: configBytes },
    ];
    const moved = { there: 0, between: 0, through: 0 };
    const failures = [];
    const limit = (0,p_limit/* default */.A)(AT_ONCE);
    // What is under way comes to its end: others may wait for it. Nothing begins any more once something has failed, since
    // a hostile manifest names thousands of layers that are nowhere.
    const bringOne = async (blob) => {
        if (failures.length > 0)
            return;
        try {
            moved[await blobs.bring(from.storage, blob, spool, signal)] += blob.size;
        }
        catch (error) {
            failures.push(error);
        }
    };
    await Promise.all(wanted.map((blob) => limit(bringOne, blob)));
    if (failures.length > 0)
        throw failures[0];
    if (signer !== undefined)
        await (0,oci_signature/* putSignature */.mO)(target, stored, signer, signal);
    for (const signature of signatures)
        await (0,oci_signature/* carrySignature */.Eq)(target, signature, signal);
    await target.putManifest((0,oci_tags/* specTag */.W3)(name), manifest.bytes, subject.mediaType, { signal });
    return { between: moved.between, through: moved.through };
}
/** Those that are about the image; what else is attached to it is nobody's concern elsewhere. */
function signaturesOf({ image, signed, url }, stored) {
    const found = image?.signatures.filter(({ text }) => (0,oci_signature/* isAbout */.KH)(text, stored)) ?? [];
    if (found.length > 0 || !signed)
        return found;
    throw new errors/* BuildcacheError */.fO('untrusted', 'the signature is about another image', {
        url,
        hint: 'push the spec again with --force, or sign it anew with a key of yours',
    });
}

;// CONCATENATED MODULE: ./build/cache/oci-writer.js
/**
 * Publishing to a registry in Spack's form: a layer for each package, shared by the images of all that need it; the
 * spec in the image's configuration. Layers come first, then what names them, so that there never is an image without
 * its layers.
 */














function openOciWriter(registry, options) {
    const storage = (0,oci_storage/* registryStorage */.tD)(registry);
    const reader = (0,oci_reader.openOci)(registry, options);
    const blobs = repositoryBlobs(registry);
    const layers = knownLayers(registry, storage, options.trust);
    const bases = new Map();
    const baseFor = (spec, signal) => {
        const architecture = (0,oci_layers/* imageArchitecture */.l)(spec.target);
        const known = bases.get(architecture);
        if (known !== undefined)
            return known;
        const { base } = options;
        const found = base === undefined
            ? Promise.resolve(noBase(architecture))
            : copyBase(registry, base, architecture, signal);
        bases.set(architecture, found);
        return found;
    };
    /** @returns what is to be put under a tag; its configuration is there then */
    const makeImage = async (content, { base, own, extra, description }, signal) => {
        const { source } = options;
        const labels = source === undefined ? {} : { [SOURCE]: source };
        const config = (0,oci_image/* formatImageConfig */.lo)({
            base: base.config,
            diffIds: own.map(({ diffId }) => diffId),
            env: content.environment(base.config.env),
            labels,
            extra,
        });
        const named = { mediaType: base.configType, digest: (0,registry_reference/* digestOf */.ol)(config), size: config.length };
        const sent = await registry.putBlob(config, named.digest, { signal });
        const isOci = base.mediaType === oci_image/* OCI_TYPE */.f.manifest;
        const manifest = (0,oci_image/* formatImageManifest */.sE)({
            mediaType: base.mediaType,
            config: named,
            layers: [
                ...base.layers,
                ...own.map(({ digest, size }) => ({ mediaType: base.layerType, digest, size })),
            ],
            annotations: isOci
                ? { ...(description === undefined ? {} : { [DESCRIPTION]: description }), ...labels }
                : undefined,
        });
        const subject = { mediaType: base.mediaType, digest: (0,registry_reference/* digestOf */.ol)(manifest), size: manifest.length };
        return { manifest, subject, config: named, sent: sent ? named.size : 0 };
    };
    return {
        reader,
        index: ociIndex(registry),
        /** There is nothing to mark; whether it can be written to is better known before everything is packed. */
        async prepare(signal, dryRun) {
            if (dryRun === true)
                await registry.headManifest(oci_tags/* INDEX_TAG */.qA, { signal });
            else
                await registry.putBlob(oci_signature/* EMPTY */.wg, oci_signature/* EMPTY_DIGEST */.Vx, { signal });
            return false;
        },
        async hasWhole(spec, signed, signal) {
            try {
                const image = await layers.readImage(spec, signal);
                if (image === undefined)
                    return false;
                if (!(await blobs.hasAll(image.layers, signal)))
                    return false;
                if (signed) {
                    const signatures = await (0,oci_signature/* findSignatures */.Df)(registry, storage, image, signal);
                    if (!signatures.some(({ text }) => (0,oci_signature/* isAbout */.KH)(text, image)))
                        return false;
                }
                layers.found(spec, image);
                return true;
            }
            catch (error) {
                if ((0,oci_image/* isBroken */.Qr)(error))
                    return false; // it had better be pushed again
                throw error;
            }
        },
        async publish(spec, content, signer, signal) {
            const image = content.image?.();
            if (image === undefined)
                throw new errors/* BuildcacheError */.fO('internal', 'nothing is known of the image');
            const { tarball } = content;
            const layer = {
                digest: (0,oci_storage/* digestOfHex */.z9)(tarball.sha256),
                size: tarball.size,
                diffId: (0,oci_storage/* digestOfHex */.z9)(image.tarSha256),
            };
            let sent = (await registry.putBlob(tarball, layer.digest, { signal })) ? tarball.size : 0;
            layers.sent(spec, layer);
            image.layerSent();
            const base = await baseFor(spec, signal);
            const failed = await image.othersSent();
            const others = image.specs.filter(({ hash }) => hash !== spec.hash);
            const { allowMissing } = image;
            const own = [...(await layers.layersOf(others, { failed, allowMissing, signer }, signal)), layer];
            const extra = (0,oci_image/* specInConfig */.Bv)(content.document, tarball, new Date());
            const made = await makeImage(image, { base, own, extra, description: (0,format/* fullSpec */.vu)(spec) }, signal);
            sent += made.sent;
            // Before there is an image under that tag, so that nobody ever sees an unsigned one.
            if (signer !== undefined)
                await (0,oci_signature/* putSignature */.mO)(registry, { ...made, tarball: layer }, signer, signal);
            const tag = (0,oci_tags/* specTag */.W3)(spec);
            const digest = await registry.putManifest(tag, made.manifest, base.mediaType, { signal });
            return { sent, image: { name: imageName(registry, tag), sha256: (0,registry_reference/* hexOf */.ZD)(digest) } };
        },
        take: (...how) => takeImage(registry, blobs, ...how),
        // There is no place for keys that anybody would look at.
        publishKey: async () => false,
        updateKeyIndex: async () => false,
        async listIndices(signal) {
            const index = ociIndex(registry);
            return (await index.read(signal)).exists ? [index] : [];
        },
        /** Registries say no times: one that was pushed again since it was listed cannot be told. */
        async remove({ key }, signal) {
            const found = await registry.headManifest(key, { signal });
            if (found === undefined)
                return false;
            // By digest, since not all registries delete tags; but not another spec's image, filed under this tag as well.
            const isOthers = await isImageOfAnother(reader, key, signal);
            return await registry.deleteManifest(isOthers ? key : found.digest, { signal });
        },
        // Unfinished uploads are the registry's own to clear away.
        sweep: async () => 0,
        images: {
            nameOf: (spec) => imageName(registry, (0,oci_tags/* specTag */.W3)(spec)),
            async environmentsOf(specs, signer, signal) {
                const there = await layers.find(specs, signer, signal);
                return new Map([...there].flatMap(([hash, { env }]) => (env === undefined ? [] : [[hash, env]])));
            },
            async tag(tag, content, failed, signal) {
                requireFreeTag(tag);
                const [first] = content.specs;
                if (first === undefined)
                    throw new errors/* BuildcacheError */.fO('usage', `there is nothing to tag as ${tag}`);
                const unsigned = { failed, allowMissing: false, signer: undefined };
                const own = await layers.layersOf(content.specs, unsigned, signal);
                const base = await baseFor(first, signal);
                const { manifest } = await makeImage(content, { base, own, extra: {}, description: undefined }, signal);
                await registry.putManifest(tag, manifest, base.mediaType, { signal });
                return imageName(registry, tag);
            },
        },
        async close() {
            await Promise.all([registry.close(), options.base?.registry.close()]);
        },
    };
}
/** @throws BuildcacheError `usage` for what is no tag, or one that has a meaning already */
function requireFreeTag(tag) {
    if ((0,registry_reference/* isTag */.dz)(tag) && !(0,oci_tags/* isReservedTag */.HW)(tag))
        return;
    throw new errors/* BuildcacheError */.fO('usage', 'this cannot be the tag of an image', {
        expected: 'at most 128 letters, digits, _, . and -, not ending in .spack, and no sha256-…',
        found: JSON.stringify(tag.slice(0, 200)),
    });
}
const DESCRIPTION = 'org.opencontainers.image.description';
const SOURCE = 'org.opencontainers.image.source';
/** As docker writes it. */
function imageName({ repository: { host, name } }, tag) {
    return `${host}/${name}:${tag}`;
}
async function isImageOfAnother(reader, tag, signal) {
    try {
        const entry = await reader.readAt(tag, signal);
        return entry !== undefined && !reader.isPlaceOf(tag, (await reader.readSpec(entry, signal)).root);
    }
    catch (error) {
        if ((0,oci_image/* isBroken */.Qr)(error))
            return false;
        throw error;
    }
}


/***/ }),

/***/ 4150:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ZR: () => (/* binding */ mergeKeys),
/* harmony export */   eK: () => (/* binding */ readPublicKeys),
/* harmony export */   sr: () => (/* binding */ parseFingerprint)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);

/**
 * @param text armored keys, text around them ignored; or binary ones
 * @param source a file, a URL or an input, for messages
 * @throws BuildcacheError `bad-input` when there is none, or one that cannot be read
 */
async function readPublicKeys(text, source) {
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    const armored = typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
    const blocks = armored.match(BLOCK);
    if (/-----BEGIN PGP PRIVATE KEY/.test(armored))
        throw secretKey(source);
    if (blocks === null && (typeof text === 'string' || !looksBinary(text)))
        throw noKeys(source);
    try {
        const read = blocks !== null
            ? await Promise.all(blocks.map((armoredKeys) => openpgp.readKeys({ armoredKeys })))
            : [await openpgp.readKeys({ binaryKeys: Buffer.from(text) })];
        const keys = read.flat();
        if (keys.some((key) => key.isPrivate()))
            throw secretKey(source);
        return await Promise.all(keys.map((key) => knownKey(key.toPublic())));
    }
    catch (error) {
        if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO)
            throw error;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'the public key is damaged or of a kind that is not supported', { file: source, expected: 'an armored OpenPGP public key, its line ends kept' }, error);
    }
}
/** What can be said of a key at this moment. */
async function knownKey(key) {
    const expiry = await key.getExpirationTime();
    const expires = expiry instanceof Date ? expiry : undefined;
    return {
        fingerprint: key.getFingerprint().toUpperCase(),
        userIds: key.getUserIDs(),
        created: key.getCreationTime(),
        expires,
        problem: await problemOf(key, expires),
        key,
    };
}
/** The key with all that several copies of it say: a later expiry, a revocation. */
async function mergeKeys(known, other) {
    return await knownKey(await known.key.update(other.key));
}
/** A fingerprint as people write it: spaces, `0x` and lower case allowed. Undefined when it is none. */
function parseFingerprint(text) {
    const digits = text.replace(/^0x/i, '').replaceAll(/[\s:]/g, '').toUpperCase();
    return /^[0-9A-F]{40}$/.test(digits) ? digits : undefined;
}
const BLOCK = /-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g;
/** A packet's first byte has its first bit set, which no text's has. */
function looksBinary(bytes) {
    return ((bytes[0] ?? 0) & 0x80) !== 0;
}
function secretKey(source) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'a secret key does not belong among the trusted keys', {
        file: source,
        expected: 'a public key',
        hint: 'export it with `gpg --armor --export FINGERPRINT`',
    });
}
function noKeys(source) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'there is no public key in it', {
        file: source,
        expected: '-----BEGIN PGP PUBLIC KEY BLOCK-----',
        hint: 'export one with `gpg --armor --export FINGERPRINT`',
    });
}
async function problemOf(key, expires) {
    const now = new Date();
    if (await key.isRevoked(undefined, undefined, now))
        return 'revoked';
    if (key.getCreationTime() > now)
        return `from the future (${key.getCreationTime().toISOString()})`;
    if (expires !== undefined && expires <= now)
        return `expired on ${expires.toISOString().slice(0, 10)}`;
    return await key.getSigningKey(undefined, now).then(() => undefined, () => 'unable to sign');
}


/***/ }),

/***/ 55155:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ openTrust)
/* harmony export */ });
/* harmony import */ var _core_clearsigned_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49283);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _public_key_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4150);



/** @throws BuildcacheError `bad-input` for keys that cannot be read; `usage` for a fingerprint that is none */
async function openTrust({ keys, fingerprints }) {
    const pins = fingerprints.length === 0 ? undefined : new Set(fingerprints.map(pinOf));
    const known = new Map();
    for (const { text, source } of keys) {
        for (const key of await (0,_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .readPublicKeys */ .eK)(text, source))
            await add(known, key);
    }
    const isTrusted = ({ fingerprint }) => pins === undefined || pins.has(fingerprint);
    const missing = () => [...(pins ?? [])].filter((fingerprint) => !known.has(fingerprint));
    return {
        missing,
        trusted: () => [...(pins ?? known.keys())],
        async admit(text, source) {
            for (const key of await (0,_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .readPublicKeys */ .eK)(text, source)) {
                // By fingerprint only: a mirror must not bring another version of a key that somebody brought by hand.
                if (pins?.has(key.fingerprint) === true && !known.has(key.fingerprint))
                    await add(known, key);
            }
        },
        async verify(message, source) {
            const refuse = (found) => {
                const trusted = [...known.values()].filter(isTrusted).map(nameOf);
                throw untrusted(source, found, [
                    ...trusted,
                    ...missing().map((pin) => `${pin} (pinned, and the key was not found)`),
                ]);
            };
            if ((0,_core_clearsigned_js__WEBPACK_IMPORTED_MODULE_2__/* .clearsignedText */ .J)(message) === undefined)
                return refuse('no signature');
            const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
            const parsed = await openpgp.readCleartextMessage({ cleartextMessage: message }).catch(() => undefined);
            if (parsed === undefined)
                return refuse('a damaged signature');
            const keyIds = parsed.getSigningKeyIDs();
            if (keyIds.length > MAX_SIGNATURES)
                return refuse(`${keyIds.length} signatures`);
            const reasons = [];
            for (const keyId of keyIds) {
                const signers = [...known.values()].filter(({ key }) => key.getKeys(keyId).length > 0);
                if (signers.length === 0)
                    reasons.push(`one by ${keyId.toHex().toUpperCase()}, which is not trusted`);
                for (const signer of signers) {
                    const problem = isTrusted(signer)
                        ? await verifyWith(signer, keyId, parsed)
                        : `one by ${nameOf(signer)}, which is not among the pinned ones`;
                    if (problem === undefined)
                        return { text: parsed.getText(), fingerprint: signer.fingerprint };
                    reasons.push(problem);
                }
            }
            return refuse(reasons.length === 0 ? 'no signature' : reasons.join('; '));
        },
    };
}
/** Spack makes one. Each is checked with each key, and a hostile document has room for thousands. */
const MAX_SIGNATURES = 16;
/** Clocks of the machine that signed and of this one may differ by so much. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;
/** @returns what is wrong with the signatures by this key */
async function verifyWith(signer, keyId, message) {
    if (signer.problem !== undefined)
        return `one by ${nameOf(signer)}, which is ${signer.problem}`;
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    try {
        // The library looks at the key as it was when it signed. It has to be good now.
        await signer.key.getSigningKey(keyId, new Date());
    }
    catch {
        return `one by ${nameOf(signer)}, with a subkey that is expired, revoked or not for signing`;
    }
    const verifying = openpgp.verify({
        message,
        verificationKeys: signer.key,
        date: new Date(Date.now() + CLOCK_SKEW_MS),
    });
    // It throws for a signature of no known kind instead of finding it wrong.
    const { signatures } = await verifying.catch(() => ({ signatures: [] }));
    for (const { keyID, verified } of signatures) {
        // Only the one asked about: another subkey of the same key may be one that has expired.
        if (keyID.equals(keyId) && (await verified.catch(() => false)))
            return undefined;
    }
    return `one by ${nameOf(signer)} that does not fit the text: one of the two was changed`;
}
async function add(known, key) {
    const before = known.get(key.fingerprint);
    known.set(key.fingerprint, before === undefined ? key : await (0,_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .mergeKeys */ .ZR)(before, key));
}
function pinOf(text) {
    const fingerprint = (0,_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .parseFingerprint */ .sr)(text);
    if (fingerprint !== undefined)
        return fingerprint;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `not a fingerprint: ${JSON.stringify(text)}`, {
        expected: '40 hexadecimal digits, as `gpg --fingerprint` prints them',
    });
}
function nameOf({ fingerprint, userIds }) {
    return `${fingerprint} (${userIds[0] ?? 'no user id'})`;
}
/** Named in a message. */
const SHOWN = 4;
function untrusted(url, found, trusted) {
    const names = trusted.slice(0, SHOWN).join(', ');
    const more = trusted.length > SHOWN ? ` and ${trusted.length - SHOWN} more` : '';
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('untrusted', 'its signature is not to be trusted', {
        url,
        expected: trusted.length === 0 ? 'one by a trusted key, but no key is trusted yet' : `one by ${names}${more}`,
        found,
        hint: 'name the key of who signs with --trusted-keys FILE (in the action: the input trusted-keys), or trust one of ' +
            'the mirror with `buildcache keys --install --trust`; --unsigned does without (signed: false of the mirror)',
    });
}


/***/ }),

/***/ 14261:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ lazily)
/* harmony export */ });
/**
 * Opens something when it is first needed, once. Those who ask share what came of it, a failure too: for keys and the
 * like, which no second look changes.
 */
function lazily(open) {
    let opened;
    return () => {
        opened ??= open();
        return opened;
    };
}


/***/ }),

/***/ 85746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bV: () => (/* binding */ postOrder),
/* harmony export */   vz: () => (/* binding */ ofTypes),
/* harmony export */   yw: () => (/* binding */ recordOrder)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependencies before dependents (post-order, children in the
 * document's order), each once. Edges to nodes the graph does not hold are passed over.
 * @param follow which edges to walk; all of them when not given
 */
function postOrder(graph, hashes, follow) {
    return walk(graph, hashes, follow, () => false);
}
/**
 * The same, with what spliced nodes were built as, after their dependencies: an index or a database that has a record
 * of a spliced spec needs records of all these, or Spack 1.2 and newer refuse the whole document.
 * @param isFollowed whose dependencies and build spec are looked at; everybody's when not given
 */
function recordOrder(graph, hashes, isFollowed = () => true) {
    return walk(graph, hashes, (_, from) => isFollowed(from), isFollowed);
}
function walk(graph, hashes, follow, toBuildSpec) {
    const seen = new Set();
    const order = [];
    // An explicit stack: a lockfile may describe a chain deeper than the call stack.
    const stack = [];
    const enter = (hash) => {
        const node = graph.nodes.get(hash);
        if (node === undefined || seen.has(hash))
            return;
        seen.add(hash);
        stack.push({ node, next: 0 });
    };
    for (const hash of hashes) {
        enter(hash);
        for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
            const { buildSpec, dependencies } = top.node;
            const at = top.next++;
            const edge = dependencies[at];
            if (edge !== undefined) {
                if (follow === undefined || follow(edge.deptypes, top.node))
                    enter(edge.hash);
            }
            else if (at === dependencies.length && buildSpec !== undefined && toBuildSpec(top.node)) {
                enter(buildSpec.hash);
            }
            else {
                order.push(top.node);
                stack.pop();
            }
        }
    }
    return order;
}
/** An edge filter for {@link postOrder}: edges having at least one of these types. */
function ofTypes(...types) {
    return (deptypes) => deptypes.some((type) => types.includes(type));
}


/***/ }),

/***/ 63305:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NO: () => (/* binding */ runnableOn),
/* harmony export */   dy: () => (/* binding */ formatTargetSet),
/* harmony export */   lI: () => (/* binding */ targetInSet),
/* harmony export */   lf: () => (/* binding */ parseTargetSet),
/* harmony export */   pU: () => (/* binding */ microarchitectures),
/* harmony export */   qg: () => (/* binding */ targetSetsOverlap),
/* harmony export */   wd: () => (/* binding */ targetFamily)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _data_microarchitectures_json__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(22242);
/**
 * CPU targets as archspec knows them: which target's binaries run on which other, and the sets that `target=`
 * accepts (`zen2`, `x86_64_v3:`, `:haswell`, `x86_64_v2:icelake`, lists of these).
 *
 * Targets form a partial order: a target is above its ancestors, and runs what was built for them. One that
 * archspec does not know (data/NOTICE.md says which archspec) stands alone: it equals itself and is in no range.
 */


/** All targets archspec knows, by name. */
function microarchitectures() {
    known ??= readMicroarchitectures();
    return known;
}
/** The root of a target's tree, such as `x86_64` or `aarch64`; an unknown target is its own. */
function targetFamily(name) {
    const all = microarchitectures();
    const isRoot = (candidate) => all.get(candidate)?.ancestors.size === 0;
    return [name, ...(all.get(name)?.ancestors ?? [])].find(isRoot) ?? name;
}
/** Whether binaries built for `target` run on a `host` target: the same one, or an ancestor of it. */
function runnableOn(host, target) {
    return host === target || (microarchitectures().get(host)?.ancestors.has(target) ?? false);
}
/**
 * Reads the value of `target=`.
 * @throws BuildcacheError `usage` for a range whose bound archspec does not know: nothing could be said to be in it
 */
function parseTargetSet(text) {
    return text === '*' ? [{ kind: 'any' }] : text.split(',').map(parseItem);
}
/** The inverse of {@link parseTargetSet}. */
function formatTargetSet(set) {
    return set.map(formatItem).join(',');
}
/** Whether a concrete target is in the set. */
function targetInSet(name, set) {
    return set.some((item) => isInItem(name, item));
}
/** Whether some target, known to archspec or named in either, is in both sets. */
function targetSetsOverlap(a, b) {
    const named = [...a, ...b].flatMap((item) => (item.kind === 'exact' ? [item.name] : []));
    return [...named, ...microarchitectures().keys()].some((name) => targetInSet(name, a) && targetInSet(name, b));
}
let known;
function readMicroarchitectures() {
    const entries = _data_microarchitectures_json__WEBPACK_IMPORTED_MODULE_1__/* .targets */ .zV;
    const result = new Map();
    const read = (name) => {
        const done = result.get(name);
        if (done !== undefined)
            return done;
        const entry = entries[name];
        if (entry === undefined)
            throw new Error(`microarchitectures.json lacks ${name}`);
        const parents = entry.from.map(read);
        const target = {
            name,
            vendor: entry.vendor,
            ancestors: new Set(parents.flatMap((parent) => [parent.name, ...parent.ancestors])),
            features: new Set([...parents.flatMap((parent) => [...parent.features]), ...entry.adds]),
            generation: entry.generation ?? 0,
            part: entry.part,
        };
        result.set(name, target);
        return target;
    };
    for (const name of Object.keys(entries))
        read(name);
    return result;
}
function parseItem(text) {
    const colon = text.indexOf(':');
    if (colon < 0)
        return { kind: 'exact', name: text };
    return { kind: 'range', low: parseBound(text.slice(0, colon)), high: parseBound(text.slice(colon + 1)) };
}
function formatItem(item) {
    switch (item.kind) {
        case 'any':
            return '*';
        case 'exact':
            return item.name;
        case 'range':
            return `${item.low ?? ''}:${item.high ?? ''}`;
    }
}
function isInItem(name, item) {
    switch (item.kind) {
        case 'any':
            return true;
        case 'exact':
            return item.name === name;
        case 'range':
            return ((item.low === undefined || runnableOn(name, item.low)) &&
                (item.high === undefined || runnableOn(item.high, name)));
    }
}
function parseBound(name) {
    if (name === '')
        return undefined;
    if (microarchitectures().has(name))
        return name;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `${JSON.stringify(name)} cannot bound a range of targets: archspec does not know it`, {
        hint: 'name it without a range, or list the targets you mean',
    });
}


/***/ }),

/***/ 6961:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ topologicalOrder)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependents before dependencies, so that what is named first and what
 * is nearest comes first (children by name). Edges to nodes the graph does not hold are passed over.
 */
function topologicalOrder(graph, hashes, follow) {
    const roots = [...new Set(hashes)].flatMap((hash) => graph.nodes.get(hash) ?? []);
    const children = new Map();
    const waiting = new Map();
    const count = (nodes) => {
        for (const node of nodes)
            waiting.set(node, (waiting.get(node) ?? 0) + 1);
    };
    count(roots);
    // A set hands out what is added while it is walked through: it is its own queue.
    const seen = new Set(roots);
    for (const node of seen) {
        const below = node.dependencies
            .filter(({ deptypes }) => follow(deptypes, node))
            .sort((a, b) => order(a.name, b.name) || order(a.hash, b.hash))
            .flatMap(({ hash }) => graph.nodes.get(hash) ?? []);
        children.set(node, below);
        count(below);
        for (const child of below)
            seen.add(child);
    }
    const ordered = [];
    const arrive = (nodes) => {
        for (const node of nodes) {
            const left = (waiting.get(node) ?? 0) - 1;
            waiting.set(node, left);
            if (left === 0)
                ordered.push(node);
        }
    };
    arrive(roots);
    for (const node of ordered)
        arrive(children.get(node) ?? []);
    return ordered;
}
function order(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}


/***/ }),

/***/ 77801:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ once)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** Something asked for by many and done once: those who come while it is under way share it. */

/**
 * Whoever comes after a success returns at once; after a failure, the next one tries again, with its own
 * arguments. One that is cancelled fails nobody but itself.
 */
function once(run) {
    let shared;
    return async (signal, ...args) => {
        for (;;) {
            const mine = shared ?? run(signal, ...args);
            shared = mine;
            try {
                return await mine;
            }
            catch (error) {
                if (shared === mine)
                    shared = undefined;
                if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorCode */ .CA)(error) !== 'cancelled' || signal?.aborted === true)
                    throw error;
            }
        }
    };
}


/***/ }),

/***/ 22242:
/***/ ((module) => {

module.exports = /*#__PURE__*/JSON.parse('{"i0":{"0x41":"ARM","0x42":"Broadcom","0x43":"Cavium","0x44":"DEC","0x46":"Fujitsu","0x48":"HiSilicon","0x49":"Infineon Technologies AG","0x4d":"Motorola","0x4e":"Nvidia","0x50":"APM","0x51":"Qualcomm","0x53":"Samsung","0x56":"Marvell","0x61":"Apple","0x66":"Faraday","0x68":"HXT","0x69":"Intel"},"nF":{"sse4.1":"sse4_1","sse4.2":"sse4_2","avx1.0":"avx","lahf":"lahf_lm","sha":"sha_ni","popcnt lzcnt":"abm","clfsopt":"clflushopt","xsave":"xsavec xsaveopt"},"zV":{"x86":{"from":[],"vendor":"generic","adds":[]},"i686":{"from":["x86"],"vendor":"GenuineIntel","adds":[]},"pentium2":{"from":["i686"],"vendor":"GenuineIntel","adds":["mmx"]},"pentium3":{"from":["pentium2"],"vendor":"GenuineIntel","adds":["sse"]},"pentium4":{"from":["pentium3"],"vendor":"GenuineIntel","adds":["sse2"]},"prescott":{"from":["pentium4"],"vendor":"GenuineIntel","adds":["sse3"]},"x86_64":{"from":[],"vendor":"generic","adds":[]},"x86_64_v2":{"from":["x86_64"],"vendor":"generic","adds":["cx16","lahf_lm","mmx","popcnt","sse","sse2","sse3","sse4_1","sse4_2","ssse3"]},"x86_64_v3":{"from":["x86_64_v2"],"vendor":"generic","adds":["abm","avx","avx2","bmi1","bmi2","f16c","fma","movbe","xsave"]},"x86_64_v4":{"from":["x86_64_v3"],"vendor":"generic","adds":["avx512bw","avx512cd","avx512dq","avx512f","avx512vl"]},"nocona":{"from":["x86_64"],"vendor":"GenuineIntel","adds":["mmx","sse","sse2","sse3"]},"core2":{"from":["nocona"],"vendor":"GenuineIntel","adds":["ssse3"]},"nehalem":{"from":["core2","x86_64_v2"],"vendor":"GenuineIntel","adds":[]},"westmere":{"from":["nehalem"],"vendor":"GenuineIntel","adds":["aes","pclmulqdq"]},"sandybridge":{"from":["westmere"],"vendor":"GenuineIntel","adds":["avx"]},"ivybridge":{"from":["sandybridge"],"vendor":"GenuineIntel","adds":["f16c","rdrand"]},"haswell":{"from":["ivybridge","x86_64_v3"],"vendor":"GenuineIntel","adds":[]},"broadwell":{"from":["haswell"],"vendor":"GenuineIntel","adds":["adx","rdseed"]},"skylake":{"from":["broadwell"],"vendor":"GenuineIntel","adds":["clflushopt","xsavec","xsaveopt"]},"mic_knl":{"from":["broadwell"],"vendor":"GenuineIntel","adds":["avx512cd","avx512er","avx512f","avx512pf"]},"skylake_avx512":{"from":["skylake","x86_64_v4"],"vendor":"GenuineIntel","adds":["clwb"]},"cannonlake":{"from":["skylake"],"vendor":"GenuineIntel","adds":["avx512bw","avx512cd","avx512dq","avx512f","avx512ifma","avx512vbmi","avx512vl","sha_ni"]},"cascadelake":{"from":["skylake_avx512"],"vendor":"GenuineIntel","adds":["avx512_vnni"]},"icelake":{"from":["cascadelake","cannonlake"],"vendor":"GenuineIntel","adds":["avx512_bitalg","avx512_vbmi2","avx512_vpopcntdq","gfni","rdpid","vaes","vpclmulqdq"]},"sapphirerapids":{"from":["icelake"],"vendor":"GenuineIntel","adds":["amx_bf16","amx_int8","amx_tile","avx512_bf16","cldemote","movdir64b","movdiri","serialize","waitpkg"]},"k10":{"from":["x86_64"],"vendor":"AuthenticAMD","adds":["3dnow","3dnowext","abm","cx16","mmx","sse","sse2","sse4a"]},"bulldozer":{"from":["x86_64_v2"],"vendor":"AuthenticAMD","adds":["abm","aes","avx","fma4","pclmulqdq","sse4a","xop","xsave"]},"piledriver":{"from":["bulldozer"],"vendor":"AuthenticAMD","adds":["bmi1","f16c","fma","tbm"]},"steamroller":{"from":["piledriver"],"vendor":"AuthenticAMD","adds":["fsgsbase"]},"excavator":{"from":["steamroller","x86_64_v3"],"vendor":"AuthenticAMD","adds":[]},"zen":{"from":["x86_64_v3"],"vendor":"AuthenticAMD","adds":["aes","clflushopt","clzero","fsgsbase","pclmulqdq","rdseed","sse4a","xsavec","xsaveopt"]},"zen2":{"from":["zen"],"vendor":"AuthenticAMD","adds":["clwb"]},"zen3":{"from":["zen2"],"vendor":"AuthenticAMD","adds":["pku","vaes","vpclmulqdq"]},"zen4":{"from":["zen3","x86_64_v4"],"vendor":"AuthenticAMD","adds":["avx512_bf16","avx512_bitalg","avx512_vbmi2","avx512_vnni","avx512_vpopcntdq","avx512ifma","avx512vbmi","flush_l1d","gfni"]},"zen5":{"from":["zen4"],"vendor":"AuthenticAMD","adds":["avx512_vp2intersect","avx_vnni","ibrs_enhanced","movdir64b","movdiri","tsc_adjust"]},"ppc64":{"from":[],"vendor":"generic","adds":[]},"power7":{"from":["ppc64"],"vendor":"IBM","adds":[],"generation":7},"power8":{"from":["power7"],"vendor":"IBM","adds":[],"generation":8},"power9":{"from":["power8"],"vendor":"IBM","adds":[],"generation":9},"power10":{"from":["power9"],"vendor":"IBM","adds":[],"generation":10},"ppc64le":{"from":[],"vendor":"generic","adds":[]},"power8le":{"from":["ppc64le"],"vendor":"IBM","adds":[],"generation":8},"power9le":{"from":["power8le"],"vendor":"IBM","adds":[],"generation":9},"power10le":{"from":["power9le"],"vendor":"IBM","adds":[],"generation":10},"aarch64":{"from":[],"vendor":"generic","adds":[]},"armv8.1a":{"from":["aarch64"],"vendor":"generic","adds":[]},"armv8.2a":{"from":["armv8.1a"],"vendor":"generic","adds":[]},"armv8.3a":{"from":["armv8.2a"],"vendor":"generic","adds":[]},"armv8.4a":{"from":["armv8.3a"],"vendor":"generic","adds":[]},"armv8.5a":{"from":["armv8.4a"],"vendor":"generic","adds":[]},"armv8.6a":{"from":["armv8.5a"],"vendor":"generic","adds":[]},"armv9.0a":{"from":["armv8.5a"],"vendor":"generic","adds":[]},"thunderx2":{"from":["armv8.1a"],"vendor":"Cavium","adds":["aes","asimd","asimdrdm","atomics","cpuid","crc32","evtstrm","fp","pmull","sha1","sha2"],"part":"0x0af"},"a64fx":{"from":["armv8.2a"],"vendor":"Fujitsu","adds":["asimd","asimdhp","asimdrdm","atomics","cpuid","crc32","dcpop","evtstrm","fcma","fp","fphp","sha1","sha2","sve"],"part":"0x001"},"cortex_a72":{"from":["aarch64"],"vendor":"ARM","adds":["aes","asimd","cpuid","crc32","evtstrm","fp","pmull","sha1","sha2"],"part":"0xd08"},"neoverse_n1":{"from":["cortex_a72","armv8.2a"],"vendor":"ARM","adds":["asimddp","asimdhp","asimdrdm","atomics","dcpop","fphp","lrcpc"],"part":"0xd0c"},"neoverse_v1":{"from":["neoverse_n1","armv8.4a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","dgh","dit","fcma","flagm","i8mm","ilrcpc","jscvt","rng","sha3","sha512","sve","svebf16","svei8mm","uscat"],"part":"0xd40"},"neoverse_v2":{"from":["neoverse_n1","armv9.0a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","fcma","flagm","flagm2","frint","i8mm","ilrcpc","jscvt","sb","sha3","sha512","sve","sve2","svebf16","svei8mm","uscat"],"part":"0xd4f"},"neoverse_n2":{"from":["neoverse_n1","armv9.0a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","fcma","flagm","flagm2","frint","i8mm","ilrcpc","jscvt","sb","sha3","sha512","sve","sve2","svebf16","svei8mm","uscat"],"part":"0xd49"},"m1":{"from":["armv8.4a"],"vendor":"Apple","adds":["aes","asimd","asimddp","asimdfhm","asimdhp","asimdrdm","atomics","cpuid","crc32","dcpodp","dcpop","dit","evtstrm","fcma","flagm","flagm2","fp","fphp","frint","ilrcpc","jscvt","lrcpc","paca","pacg","pmull","sb","sha1","sha2","sha3","sha512","ssbs","uscat"],"part":"0x022"},"m2":{"from":["m1","armv8.5a"],"vendor":"Apple","adds":["bf16","bti","ecv","i8mm"],"part":"0x032"},"m3":{"from":["m2","armv8.6a"],"vendor":"Apple","adds":[],"part":"Unknown"},"m4":{"from":["m3","armv8.6a"],"vendor":"Apple","adds":["sme","sme2"],"part":"Unknown"},"arm":{"from":[],"vendor":"generic","adds":[]},"ppc":{"from":[],"vendor":"generic","adds":[]},"ppcle":{"from":[],"vendor":"generic","adds":[]},"sparc":{"from":[],"vendor":"generic","adds":[]},"sparc64":{"from":[],"vendor":"generic","adds":[]},"riscv64":{"from":[],"vendor":"generic","adds":[]},"u74mc":{"from":["riscv64"],"vendor":"SiFive","adds":[]}}}');

/***/ })

};
