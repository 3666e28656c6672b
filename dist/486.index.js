export const id = 486;
export const ids = [486,3296];
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
    const order = (0,_spec_topological_js__WEBPACK_IMPORTED_MODULE_1__/* .topologicalOrder */ ._)(graph, roots, (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_2__/* .ofTypes */ .v)('link', 'run'));
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

/***/ 486:
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
// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/spec/spec-file.js
var spec_file = __webpack_require__(5518);
// EXTERNAL MODULE: ./build/storage/registry-reference.js
var registry_reference = __webpack_require__(53327);
// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
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

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
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
            return { exists: false, etag: undefined, location: undefined };
        return { exists: true, etag: found.digest, location: locationIn(found, url) };
    };
    return {
        url,
        isView: false,
        read,
        async replace(base, index, started, signal) {
            const digest = (0,oci_storage/* digestOfHex */.z9)(index.sha256);
            await registry.putBlob(index, digest, { signal });
            await registry.putBlob(oci_signature/* EMPTY */.wg, oci_signature/* EMPTY_DIGEST */.Vx, { signal });
            // It saves the loser a round, no more: between this look and our writing others may write.
            if ((await registry.headManifest(oci_tags/* INDEX_TAG */.qA, { signal }))?.digest !== base.etag)
                return false;
            await registry.putManifest(oci_tags/* INDEX_TAG */.qA, indexManifest(index), oci_image/* OCI_TYPE */.f.manifest, { signal });
            await (0,promises_.setTimeout)(PAUSE_MS * (1 + Math.random()) + 2 * (Date.now() - started), undefined, { signal });
            return (await read(signal)).location?.sha256 === index.sha256;
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

// EXTERNAL MODULE: ./build/cache/oci-layers.js
var oci_layers = __webpack_require__(87499);
// EXTERNAL MODULE: ./build/cache/oci-reader.js
var oci_reader = __webpack_require__(75030);
;// CONCATENATED MODULE: ./build/cache/oci-writer.js
/**
 * Publishing to a registry in Spack's form: a layer for each package, shared by the images of all that need it; the
 * spec in the image's configuration. Layers come first, then what names them, so that there never is an image without
 * its layers.
 */














function openOciWriter(registry, options) {
    const storage = (0,oci_storage/* registryStorage */.tD)(registry);
    const reader = (0,oci_reader.openOci)(registry, options);
    const layers = new Map();
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
    /** An image as the registry has it. */
    const readImage = async (spec, signal) => {
        const tag = (0,oci_tags/* specTag */.W3)(spec);
        const found = await registry.manifest(tag, { signal });
        if (found === undefined)
            return undefined;
        const url = (0,fetch_document/* documentUrl */.LJ)(storage, tag);
        const { mediaType, config, layers: all } = (0,oci_image/* parseImageManifest */.Sw)(found, url);
        const what = { what: 'the configuration', maxBytes: fetch_document/* MAX_SPEC_FILE */.o$, signal };
        const bytes = await (0,oci_storage/* fetchBlob */.sZ)(storage, config, url, what);
        const { diffIds } = (0,oci_image/* parseImageConfig */.FB)(bytes, url);
        const [tarball, diffId] = [all.at(-1), diffIds.at(-1)];
        if (tarball === undefined || diffId === undefined || all.length !== diffIds.length) {
            throw new errors/* BuildcacheError */.fO('bad-input', 'the image is malformed', {
                url,
                expected: 'layers, and as many diff_ids',
                found: `${all.length} and ${diffIds.length}`,
            });
        }
        requireSpec(bytes, spec, {
            tarball: { key: tarball.digest, sha256: (0,registry_reference/* hexOf */.ZD)(tarball.digest), size: tarball.size },
            url,
        });
        const subject = { mediaType, digest: found.digest, size: found.bytes.length };
        const layer = { digest: tarball.digest, size: tarball.size, diffId };
        return { subject, config, tarball, layer };
    };
    const layerOf = (spec, signal) => {
        const known = layers.get(spec.hash);
        if (known !== undefined)
            return known;
        const found = readImage(spec, signal).then((image) => image?.layer);
        layers.set(spec.hash, found);
        return found;
    };
    const layersOf = async (specs, allowMissing, signal) => {
        const found = await Promise.all(specs.map(async (spec) => ({ spec, layer: await layerOf(spec, signal) })));
        const missing = found.filter(({ layer }) => layer === undefined).map(({ spec }) => spec);
        if (missing.length > 0 && !allowMissing)
            throw incompleteImage(registry.url, missing);
        return found.flatMap(({ layer }) => layer ?? []);
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
                const image = await readImage(spec, signal);
                if (image === undefined)
                    return false;
                const stored = await registry.headBlob(image.layer.digest, { signal });
                if (stored === undefined || (stored.size || image.layer.size) !== image.layer.size)
                    return false;
                if (signed) {
                    const texts = await (0,oci_signature/* findSignatures */.Df)(registry, storage, image, signal);
                    if (!texts.some((text) => (0,oci_signature/* isAbout */.KH)(text, image)))
                        return false;
                }
                layers.set(spec.hash, Promise.resolve(image.layer));
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
            layers.set(spec.hash, Promise.resolve(layer));
            image.layerSent();
            const base = await baseFor(spec, signal);
            await image.othersSent();
            const others = image.specs.filter(({ hash }) => hash !== spec.hash);
            const own = [...(await layersOf(others, image.allowMissing, signal)), layer];
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
            async tag(tag, content, signal) {
                requireFreeTag(tag);
                const [first] = content.specs;
                if (first === undefined)
                    throw new errors/* BuildcacheError */.fO('usage', `there is nothing to tag as ${tag}`);
                const own = await layersOf(content.specs, false, signal);
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
/** What stands under a spec's tag may be anything, and others' images are made of its layer. */
function requireSpec(config, spec, entry) {
    const file = (0,spec_file/* readSpecFile */.M)(config, entry.url);
    (0,oci_reader/* requireTarball */.U)(file, entry);
    if (file.root.hash === spec.hash)
        return;
    throw new errors/* BuildcacheError */.fO('corrupt', 'this is the image of another spec', {
        url: entry.url,
        expected: `/${spec.hash}`,
        found: `/${file.root.hash}`,
        hint: 'push the spec again with --force',
    });
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
function incompleteImage(url, missing) {
    const names = missing.slice(0, 5).map((spec) => `${spec.name}@${spec.version}/${(0,node/* shortHash */.BC)(spec)}`);
    const more = missing.length > names.length ? ` and ${missing.length - names.length} more` : '';
    return new errors/* BuildcacheError */.fO('not-found', `the image would lack what it runs with: ${names.join(', ')}${more}`, {
        url,
        expected: 'all that is linked or run in the registry, or pushed with it',
        hint: 'push it too, or accept images that are not whole with --allow-missing',
    });
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

/***/ 85746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ postOrder),
/* harmony export */   v: () => (/* binding */ ofTypes)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependencies before dependents (post-order, children in the
 * document's order), each once. Edges to nodes the graph does not hold are passed over.
 * @param follow which edges to walk; all of them when not given
 */
function postOrder(graph, hashes, follow) {
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
            const edge = top.node.dependencies[top.next++];
            if (edge === undefined) {
                order.push(top.node);
                stack.pop();
            }
            else if (follow === undefined || follow(edge.deptypes, top.node)) {
                enter(edge.hash);
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

/***/ 22242:
/***/ ((module) => {

module.exports = /*#__PURE__*/JSON.parse('{"i0":{"0x41":"ARM","0x42":"Broadcom","0x43":"Cavium","0x44":"DEC","0x46":"Fujitsu","0x48":"HiSilicon","0x49":"Infineon Technologies AG","0x4d":"Motorola","0x4e":"Nvidia","0x50":"APM","0x51":"Qualcomm","0x53":"Samsung","0x56":"Marvell","0x61":"Apple","0x66":"Faraday","0x68":"HXT","0x69":"Intel"},"nF":{"sse4.1":"sse4_1","sse4.2":"sse4_2","avx1.0":"avx","lahf":"lahf_lm","sha":"sha_ni","popcnt lzcnt":"abm","clfsopt":"clflushopt","xsave":"xsavec xsaveopt"},"zV":{"x86":{"from":[],"vendor":"generic","adds":[]},"i686":{"from":["x86"],"vendor":"GenuineIntel","adds":[]},"pentium2":{"from":["i686"],"vendor":"GenuineIntel","adds":["mmx"]},"pentium3":{"from":["pentium2"],"vendor":"GenuineIntel","adds":["sse"]},"pentium4":{"from":["pentium3"],"vendor":"GenuineIntel","adds":["sse2"]},"prescott":{"from":["pentium4"],"vendor":"GenuineIntel","adds":["sse3"]},"x86_64":{"from":[],"vendor":"generic","adds":[]},"x86_64_v2":{"from":["x86_64"],"vendor":"generic","adds":["cx16","lahf_lm","mmx","popcnt","sse","sse2","sse3","sse4_1","sse4_2","ssse3"]},"x86_64_v3":{"from":["x86_64_v2"],"vendor":"generic","adds":["abm","avx","avx2","bmi1","bmi2","f16c","fma","movbe","xsave"]},"x86_64_v4":{"from":["x86_64_v3"],"vendor":"generic","adds":["avx512bw","avx512cd","avx512dq","avx512f","avx512vl"]},"nocona":{"from":["x86_64"],"vendor":"GenuineIntel","adds":["mmx","sse","sse2","sse3"]},"core2":{"from":["nocona"],"vendor":"GenuineIntel","adds":["ssse3"]},"nehalem":{"from":["core2","x86_64_v2"],"vendor":"GenuineIntel","adds":[]},"westmere":{"from":["nehalem"],"vendor":"GenuineIntel","adds":["aes","pclmulqdq"]},"sandybridge":{"from":["westmere"],"vendor":"GenuineIntel","adds":["avx"]},"ivybridge":{"from":["sandybridge"],"vendor":"GenuineIntel","adds":["f16c","rdrand"]},"haswell":{"from":["ivybridge","x86_64_v3"],"vendor":"GenuineIntel","adds":[]},"broadwell":{"from":["haswell"],"vendor":"GenuineIntel","adds":["adx","rdseed"]},"skylake":{"from":["broadwell"],"vendor":"GenuineIntel","adds":["clflushopt","xsavec","xsaveopt"]},"mic_knl":{"from":["broadwell"],"vendor":"GenuineIntel","adds":["avx512cd","avx512er","avx512f","avx512pf"]},"skylake_avx512":{"from":["skylake","x86_64_v4"],"vendor":"GenuineIntel","adds":["clwb"]},"cannonlake":{"from":["skylake"],"vendor":"GenuineIntel","adds":["avx512bw","avx512cd","avx512dq","avx512f","avx512ifma","avx512vbmi","avx512vl","sha_ni"]},"cascadelake":{"from":["skylake_avx512"],"vendor":"GenuineIntel","adds":["avx512_vnni"]},"icelake":{"from":["cascadelake","cannonlake"],"vendor":"GenuineIntel","adds":["avx512_bitalg","avx512_vbmi2","avx512_vpopcntdq","gfni","rdpid","vaes","vpclmulqdq"]},"sapphirerapids":{"from":["icelake"],"vendor":"GenuineIntel","adds":["amx_bf16","amx_int8","amx_tile","avx512_bf16","cldemote","movdir64b","movdiri","serialize","waitpkg"]},"k10":{"from":["x86_64"],"vendor":"AuthenticAMD","adds":["3dnow","3dnowext","abm","cx16","mmx","sse","sse2","sse4a"]},"bulldozer":{"from":["x86_64_v2"],"vendor":"AuthenticAMD","adds":["abm","aes","avx","fma4","pclmulqdq","sse4a","xop","xsave"]},"piledriver":{"from":["bulldozer"],"vendor":"AuthenticAMD","adds":["bmi1","f16c","fma","tbm"]},"steamroller":{"from":["piledriver"],"vendor":"AuthenticAMD","adds":["fsgsbase"]},"excavator":{"from":["steamroller","x86_64_v3"],"vendor":"AuthenticAMD","adds":[]},"zen":{"from":["x86_64_v3"],"vendor":"AuthenticAMD","adds":["aes","clflushopt","clzero","fsgsbase","pclmulqdq","rdseed","sse4a","xsavec","xsaveopt"]},"zen2":{"from":["zen"],"vendor":"AuthenticAMD","adds":["clwb"]},"zen3":{"from":["zen2"],"vendor":"AuthenticAMD","adds":["pku","vaes","vpclmulqdq"]},"zen4":{"from":["zen3","x86_64_v4"],"vendor":"AuthenticAMD","adds":["avx512_bf16","avx512_bitalg","avx512_vbmi2","avx512_vnni","avx512_vpopcntdq","avx512ifma","avx512vbmi","flush_l1d","gfni"]},"zen5":{"from":["zen4"],"vendor":"AuthenticAMD","adds":["avx512_vp2intersect","avx_vnni","ibrs_enhanced","movdir64b","movdiri","tsc_adjust"]},"ppc64":{"from":[],"vendor":"generic","adds":[]},"power7":{"from":["ppc64"],"vendor":"IBM","adds":[],"generation":7},"power8":{"from":["power7"],"vendor":"IBM","adds":[],"generation":8},"power9":{"from":["power8"],"vendor":"IBM","adds":[],"generation":9},"power10":{"from":["power9"],"vendor":"IBM","adds":[],"generation":10},"ppc64le":{"from":[],"vendor":"generic","adds":[]},"power8le":{"from":["ppc64le"],"vendor":"IBM","adds":[],"generation":8},"power9le":{"from":["power8le"],"vendor":"IBM","adds":[],"generation":9},"power10le":{"from":["power9le"],"vendor":"IBM","adds":[],"generation":10},"aarch64":{"from":[],"vendor":"generic","adds":[]},"armv8.1a":{"from":["aarch64"],"vendor":"generic","adds":[]},"armv8.2a":{"from":["armv8.1a"],"vendor":"generic","adds":[]},"armv8.3a":{"from":["armv8.2a"],"vendor":"generic","adds":[]},"armv8.4a":{"from":["armv8.3a"],"vendor":"generic","adds":[]},"armv8.5a":{"from":["armv8.4a"],"vendor":"generic","adds":[]},"armv8.6a":{"from":["armv8.5a"],"vendor":"generic","adds":[]},"armv9.0a":{"from":["armv8.5a"],"vendor":"generic","adds":[]},"thunderx2":{"from":["armv8.1a"],"vendor":"Cavium","adds":["aes","asimd","asimdrdm","atomics","cpuid","crc32","evtstrm","fp","pmull","sha1","sha2"],"part":"0x0af"},"a64fx":{"from":["armv8.2a"],"vendor":"Fujitsu","adds":["asimd","asimdhp","asimdrdm","atomics","cpuid","crc32","dcpop","evtstrm","fcma","fp","fphp","sha1","sha2","sve"],"part":"0x001"},"cortex_a72":{"from":["aarch64"],"vendor":"ARM","adds":["aes","asimd","cpuid","crc32","evtstrm","fp","pmull","sha1","sha2"],"part":"0xd08"},"neoverse_n1":{"from":["cortex_a72","armv8.2a"],"vendor":"ARM","adds":["asimddp","asimdhp","asimdrdm","atomics","dcpop","fphp","lrcpc"],"part":"0xd0c"},"neoverse_v1":{"from":["neoverse_n1","armv8.4a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","dgh","dit","fcma","flagm","i8mm","ilrcpc","jscvt","rng","sha3","sha512","sve","svebf16","svei8mm","uscat"],"part":"0xd40"},"neoverse_v2":{"from":["neoverse_n1","armv9.0a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","fcma","flagm","flagm2","frint","i8mm","ilrcpc","jscvt","sb","sha3","sha512","sve","sve2","svebf16","svei8mm","uscat"],"part":"0xd4f"},"neoverse_n2":{"from":["neoverse_n1","armv9.0a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","fcma","flagm","flagm2","frint","i8mm","ilrcpc","jscvt","sb","sha3","sha512","sve","sve2","svebf16","svei8mm","uscat"],"part":"0xd49"},"m1":{"from":["armv8.4a"],"vendor":"Apple","adds":["aes","asimd","asimddp","asimdfhm","asimdhp","asimdrdm","atomics","cpuid","crc32","dcpodp","dcpop","dit","evtstrm","fcma","flagm","flagm2","fp","fphp","frint","ilrcpc","jscvt","lrcpc","paca","pacg","pmull","sb","sha1","sha2","sha3","sha512","ssbs","uscat"],"part":"0x022"},"m2":{"from":["m1","armv8.5a"],"vendor":"Apple","adds":["bf16","bti","ecv","i8mm"],"part":"0x032"},"m3":{"from":["m2","armv8.6a"],"vendor":"Apple","adds":[],"part":"Unknown"},"m4":{"from":["m3","armv8.6a"],"vendor":"Apple","adds":["sme","sme2"],"part":"Unknown"},"arm":{"from":[],"vendor":"generic","adds":[]},"ppc":{"from":[],"vendor":"generic","adds":[]},"ppcle":{"from":[],"vendor":"generic","adds":[]},"sparc":{"from":[],"vendor":"generic","adds":[]},"sparc64":{"from":[],"vendor":"generic","adds":[]},"riscv64":{"from":[],"vendor":"generic","adds":[]},"u74mc":{"from":["riscv64"],"vendor":"SiFive","adds":[]}}}');

/***/ })

};
