export const id = 4582;
export const ids = [4582];
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

/***/ 27015:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ LayerTurns)
/* harmony export */ });
/**
 * Who waits for whose layer, among the specs that go to one registry: an image names the layers of all it runs with. They
 * begin in an order, and each waits for those only that began before it, so that however few are under way at once,
 * nobody waits for ever.
 */
class LayerTurns {
    #places = new Map();
    #sent = new Map();
    #settle = new Map();
    #failed = new Set();
    /** @param hashes all that will be settled, one way or the other, in the order in which they begin */
    constructor(hashes) {
        for (const hash of hashes) {
            this.#places.set(hash, this.#places.size);
            this.#sent.set(hash, new Promise((resolve) => void this.#settle.set(hash, resolve)));
        }
    }
    /** Its layer is there, or was not to come. */
    settle(hash) {
        this.#settle.get(hash)?.();
        this.#settle.delete(hash);
    }
    /** Its layer will not come. One that is there all the same was to be replaced, and is nothing to rely on. */
    fail(hash) {
        if (!this.#settle.has(hash))
            return;
        this.#failed.add(hash);
        this.settle(hash);
    }
    hasFailed(hash) {
        return this.#failed.has(hash);
    }
    /** Whether a layer is still to come that a spec can wait for. */
    isToCome(hash, forWhom) {
        return this.#settle.has(hash) && this.#place(hash) < this.#place(forWhom);
    }
    /** Ends when none of these is {@link isToCome}. @returns those that have failed */
    async settled(hashes, forWhom) {
        for (const hash of hashes)
            if (this.isToCome(hash, forWhom))
                await this.#sent.get(hash);
        return new Set(hashes.filter((hash) => this.#failed.has(hash)));
    }
    #place(hash) {
        return this.#places.get(hash) ?? Number.POSITIVE_INFINITY;
    }
}


/***/ }),

/***/ 94582:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  syncImages: () => (/* binding */ syncImages)
});

// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(53916);
// EXTERNAL MODULE: ./build/cache/oci-layers.js
var oci_layers = __webpack_require__(87499);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/package/archive-path.js
var archive_path = __webpack_require__(81185);
// EXTERNAL MODULE: ./build/package/build-info-reader.js + 1 modules
var build_info_reader = __webpack_require__(33770);
// EXTERNAL MODULE: ./build/package/byte-string.js
var byte_string = __webpack_require__(90035);
// EXTERNAL MODULE: ./build/package/inflate-tarball.js
var inflate_tarball = __webpack_require__(44783);
// EXTERNAL MODULE: ./build/package/package-prefix.js
var package_prefix = __webpack_require__(53804);
// EXTERNAL MODULE: ./build/package/tar-reader.js + 1 modules
var tar_reader = __webpack_require__(10103);
;// CONCATENATED MODULE: ./build/package/scan-tarball.js
/**
 * What a package tarball is as the layer of an image, found out without unpacking it: one pass, in memory that grows
 * with the directories and symlinks, and by a number for each file. Every byte is attacker-controlled, and whoever
 * unpacks the layer has less to go by than an install: what could reach out of the package's prefix is refused, as an
 * install refuses it.
 */










/**
 * @param file the tar.gz, which nobody changes meanwhile
 * @throws BuildcacheError `corrupt` for a damaged or hostile archive or another package's; `too-large` over a limit;
 *   `bad-input` for a build info that is none; `unsupported`, also for set-id programs; `cancelled`; `io`
 */
async function scanTarball(file, options) {
    const { signal } = options;
    const limits = { ...inflate_tarball/* TARBALL_LIMITS */.c, ...options.limits };
    const names = archiveNames(limits.maxEntries);
    const reader = (0,tar_reader/* readTar */.s)(names);
    const digest = (0,external_node_crypto_.createHash)('sha256');
    const onBytes = (chunk) => {
        digest.update(chunk);
        reader.write(chunk);
    };
    try {
        await (0,inflate_tarball/* inflateTarball */.U)((0,external_node_fs_.createReadStream)(file, { highWaterMark: READ }), onBytes, limits, signal);
    }
    catch (error) {
        if (signal?.aborted === true)
            throw new errors/* BuildcacheError */.fO('cancelled', 'cancelled', {}, error);
        throw (0,errors/* systemCode */.xU)(error) === undefined ? error : (0,errors/* fileError */.zS)(error, file, 'read the tarball');
    }
    reader.end();
    const found = (0,package_prefix/* requireBuildInfo */.Mt)(names.buildInfo());
    const prefix = (0,package_prefix/* packagePrefix */.lt)(names.directories, found.path);
    const info = (0,build_info_reader/* readBuildInfo */.ro)(Buffer.concat(found.bytes));
    (0,build_info_reader/* checkIdentity */.Z0)(info, options.hash);
    const isThere = (folder) => isFolder((0,byte_string/* byteStringOf */.d1)((0,posix_.join)((0,byte_string/* printable */.g$)(prefix), folder)), prefix, names);
    const folders = [...options.folders].filter(isThere);
    const at = `/${(0,byte_string/* printable */.g$)(prefix)}`;
    return {
        tarSha256: digest.digest('hex'),
        prefix: at,
        folders: new Set(folders.map((folder) => (0,posix_.join)(at, folder).replace(/\/+$/, ''))),
        info,
    };
}
/** Bytes read at a time. */
const READ = 256 * 1024;
/** Bytes of names of directories and symlinks; real packages have a few megabytes of them. */
const MAX_NAMES = 32 * 1024 * 1024;
/** What file systems take for a path, and what keeps following a link from taking long. */
const PATH_MAX = 4096;
/** Remembers what an archive has, and of its files no more than tells a hard link to one from a link to nothing. */
function archiveNames(maxEntries) {
    const directories = new Map();
    directories.set('', { listed: false, holds: undefined });
    const links = new Map();
    const files = new Set();
    let info;
    let isInInfo = false;
    let entries = 0;
    let heldBytes = 0;
    return {
        directories,
        links,
        buildInfo: () => info,
        entry(entry) {
            if (++entries > maxEntries) {
                throw new errors/* BuildcacheError */.fO('too-large', 'the archive has too many entries', {
                    expected: `at most ${maxEntries}`,
                });
            }
            const path = (0,archive_path/* archivePath */.oM)(entry.path);
            if (entry.type === 'directory') {
                directoryAt(path).listed = true;
                return;
            }
            if (directories.has(path) || links.has(path))
                throw twice(path);
            if (entry.type === 'file' && (entry.mode & SET_ID) !== 0)
                throw setId(path);
            directoryAt((0,archive_path/* parentPath */.yl)(path)).holds ??= path;
            isInInfo = (0,package_prefix/* isBuildInfo */.dR)(entry, path, info?.path);
            if (isInInfo) {
                requireSmall(entry);
                info = { path, bytes: [] };
            }
            if (entry.type === 'file')
                files.add(fingerprint(path));
            if (entry.type === 'symlink')
                addLink(path, entry.target);
            if (entry.type === 'hardlink')
                addHardLink(path, (0,archive_path/* archivePath */.oM)(entry.target));
        },
        data(chunk) {
            if (isInInfo)
                info?.bytes.push(Buffer.from(chunk));
        },
        entryEnd() {
            isInInfo = false;
        },
    };
    /** @throws where a link is on the way: whoever unpacks the layer may follow it */
    function directoryAt(path) {
        const known = directories.get(path);
        if (known !== undefined)
            return known;
        if (links.has(path))
            throw twice(path);
        directoryAt((0,archive_path/* parentPath */.yl)(path));
        hold(path);
        const made = { listed: false, holds: undefined };
        directories.set(path, made);
        return made;
    }
    function addLink(path, target) {
        hold(path, target);
        links.set(path, target);
    }
    /** What it shares has to be in the package, too, and there before. A second name of a symlink is one itself. */
    function addHardLink(path, target) {
        // Fingerprints can be forged: where it is, its name says.
        directoryAt((0,archive_path/* parentPath */.yl)(target)).holds ??= target;
        const pointee = links.get(target);
        if (pointee !== undefined)
            addLink(path, pointee);
        else if (files.has(fingerprint(target)))
            files.add(fingerprint(path));
        else
            throw linkToNothing(path, target);
    }
    function hold(...names) {
        for (const name of names)
            heldBytes += name.length;
        if (heldBytes <= MAX_NAMES)
            return;
        throw new errors/* BuildcacheError */.fO('too-large', 'the archive has too many directories and symlinks', {
            expected: `names of at most ${MAX_NAMES} bytes in all`,
        });
    }
}
/**
 * FNV-1a, in 32 bits. A link to what is not there passes where its name shares one with a file's: who unpacks the layer
 * fails over it then.
 */
function fingerprint(path) {
    let hash = 0x811c9dc5 | 0;
    for (let i = 0; i < path.length; i++)
        hash = Math.imul(hash ^ path.charCodeAt(i), 0x01000193);
    return hash;
}
/** As `stat` would say once the archive is unpacked. What a link says of places outside of the package is believed. */
function isFolder(path, prefix, { directories, links }) {
    let at = '';
    let hops = 0;
    const left = path.split('/').reverse();
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
        if (name === '' || name === '.')
            continue;
        if (name === '..') {
            at = (0,archive_path/* parentPath */.yl)(at);
            continue;
        }
        const next = at === '' ? name : `${at}/${name}`;
        const target = links.get(next);
        if (target === undefined) {
            if (!directories.has(next))
                return !(0,archive_path/* isWithin */.UO)(next, prefix);
            at = next;
            continue;
        }
        if (++hops > MOST_HOPS || target.length > PATH_MAX)
            return false;
        if (target.startsWith('/'))
            at = '';
        left.push(...target.split('/').reverse());
    }
    return true;
}
/** As Linux. */
const MOST_HOPS = 40;
function requireSmall({ path, size }) {
    if (size <= build_info_reader/* MAX_BUILD_INFO */.by)
        return;
    throw new errors/* BuildcacheError */.fO('too-large', 'the build info is too long', {
        file: (0,byte_string/* printable */.g$)(path),
        expected: `at most ${build_info_reader/* MAX_BUILD_INFO */.by} bytes`,
        found: String(size),
    });
}
/** Of files; of a directory it says no more than whose group the files in it get. */
const SET_ID = 0o6000;
/** An install takes these bits away, and today's packers do not write them. A layer is as it was packed. */
function setId(path) {
    return new errors/* BuildcacheError */.fO('unsupported', 'the package has a set-id program, which is not for an image', {
        file: (0,byte_string/* printable */.g$)(path),
        expected: 'no set-user-ID or set-group-ID bits on files',
        hint: 'install the package, and push it from there',
    });
}
function linkToNothing(path, target) {
    return new errors/* BuildcacheError */.fO('corrupt', 'a hard link points at no file of the archive', {
        file: (0,byte_string/* printable */.g$)(path),
        expected: 'the path of an earlier file',
        found: (0,byte_string/* printable */.g$)(target),
    });
}
function twice(path) {
    return new errors/* BuildcacheError */.fO('corrupt', 'the archive has two entries of one name, or one below a link', {
        file: (0,byte_string/* printable */.g$)(path),
        expected: 'each name once',
    });
}

// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/tree/run-environment.js
var run_environment = __webpack_require__(66464);
// EXTERNAL MODULE: ./build/commands/layer-turns.js
var layer_turns = __webpack_require__(27015);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/cache/copy.js
var copy = __webpack_require__(13200);
// EXTERNAL MODULE: ./build/cache/index-nodes.js
var index_nodes = __webpack_require__(92749);
// EXTERNAL MODULE: ./build/spec/graph.js
var graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/commands/give-up.js
var give_up = __webpack_require__(31518);
;// CONCATENATED MODULE: ./build/commands/sync-order.js
/** The order in which images are made: what others run with comes first. */





/**
 * Where it is not known who needs whom, spec files are read, unless the registry has the image. They are read again, and
 * verified, when they are copied: nothing but the order rests on them here. What is to replace an image has its place in
 * it, since whoever came before would be made of the layer that is replaced.
 */
async function dependenciesFirst({ jobs, nodes, cache, signed }, { jobs: atOnce, signal }) {
    const known = new Map(nodes);
    const hashes = jobs.map(({ wanted }) => wanted.hash);
    const gaps = (0,index_nodes/* withGaps */.c)(known, hashes);
    const unknown = jobs.filter(({ source, wanted }) => gaps.has(wanted.hash) && isOtherLayout(source));
    const tagged = unknown.length === 0 ? new Set() : await hashesIn(cache.reader, signal);
    const there = new Set();
    const isThere = async ({ hash, name }) => {
        if (!tagged.has(hash))
            return false;
        // By its hash alone, as layout 2 has it, nothing can be asked for; what is replaced then was broken.
        if (name === undefined)
            return !signed;
        if (!(await cache.hasWhole(name, signed, signal)))
            return false;
        there.add(hash);
        return true;
    };
    const limit = (0,p_limit/* default */.A)(atOnce);
    const failures = new give_up/* FailuresInARow */.c();
    const read = async ({ source, wanted }) => {
        if (signal.aborted || failures.isGivenUp(source))
            return;
        try {
            if ((await isThere(wanted)) || !gaps.has(wanted.hash))
                return;
            const { reader: from, entry } = await (0,copy/* readEntry */.h)(source, wanted, signal);
            for (const [hash, node] of (await from.readSpec(entry, signal)).nodes) {
                known.set(hash, node);
                gaps.delete(hash);
            }
            failures.succeeded(source);
        }
        catch (error) {
            failures.failed(source, error); // It is read again when it is copied, which says what is wrong.
        }
    };
    await Promise.all(unknown.map((job) => limit(read, job)));
    const places = new Map((0,graph/* postOrder */.bV)({ nodes: known }, hashes).map(({ hash }, place) => [hash, place]));
    const placeOf = ({ wanted }) => places.get(wanted.hash) ?? places.size;
    return { jobs: [...jobs].sort((a, b) => placeOf(a) - placeOf(b)), there };
}
/** Images of other registries are taken over with all their layers, and wait for nobody. */
function isOtherLayout({ readers }) {
    return readers.some(({ layout }) => layout !== 'oci');
}
async function hashesIn({ list }, signal) {
    const hashes = new Set();
    try {
        for await (const { hash } of list?.(signal) ?? [])
            hashes.add(hash);
    }
    catch {
        // Not all registries list, and a new one has nothing to list.
    }
    return hashes;
}

;// CONCATENATED MODULE: ./build/commands/sync-images.js
/**
 * Images of what is synced to a registry from a mirror that has none. What an install tree would say of the packages is
 * found in their tarballs; of those that are in the registry already, in the `Env` of their own images, which has the
 * folders that were there. Prefixes of externals are on no machine we know of and in no layer: they add nothing.
 */








async function syncImages(task, images, options) {
    const { jobs, there } = await dependenciesFirst(task, options);
    const turns = new layer_turns/* LayerTurns */.i(jobs.map(({ wanted }) => wanted.hash));
    const misplaced = [];
    const onMisplaced = (text) => void misplaced.push(text);
    const { inspections = run_environment/* defaultInspections */.Ll } = options;
    return {
        jobs,
        there,
        makeImage: imageMaker({ images, turns, inspections, onMisplaced }),
        settle: (hash, isThere) => (isThere ? turns.settle(hash) : turns.fail(hash)),
        notes: () => (misplaced.length === 0 ? [] : [misplacedText(misplaced)]),
    };
}
/** What was found out about one image is remembered for the others. */
function imageMaker({ images, turns, inspections, onMisplaced }) {
    /** Those whose layers this sync has sent. */
    const sent = new Map();
    /**
     * @param prefixes that are known otherwise, by hash
     * @throws BuildcacheError `not-found` where there is no layer; `untrusted` for one that is not to be signed
     */
    const find = async (specs, root, prefixes, signer, signal) => {
        const found = new Map();
        const missing = [];
        const toAsk = specs.filter(({ hash }) => !sent.has(hash) && !turns.hasFailed(hash));
        const there = await images.environmentsOf(toAsk, signer, signal);
        for (const spec of specs) {
            const env = there.get(spec.hash);
            if (sent.has(spec.hash))
                found.set(spec.hash, sent.get(spec.hash));
            else if (env === undefined)
                missing.push(spec);
            else
                found.set(spec.hash, placedByEnvironment(spec, env, prefixes.get(spec.hash)));
        }
        if (missing.length > 0)
            throw incomplete(root, missing);
        return found;
    };
    return async (document, signer, signal) => {
        const { root } = document;
        const specs = (0,oci_layers/* imageSpecs */.S)(document, [root.hash]);
        const others = specs.filter(({ hash }) => hash !== root.hash);
        const before = others.filter(({ hash }) => !turns.isToCome(hash, root.hash));
        await find(before, root, new Map(), signer, signal);
        return async (tarball) => {
            const inspected = inspections(root.platform);
            const folders = inspected.keys();
            const { tarSha256, info, ...own } = await scanTarball(tarball, { hash: root.hash, folders, signal });
            const placed = new Map([[root.hash, own]]);
            return {
                specs,
                tarSha256,
                allowMissing: false,
                layerSent() {
                    sent.set(root.hash, own);
                    turns.settle(root.hash);
                },
                async othersSent() {
                    const hashes = others.map(({ hash }) => hash);
                    const failed = await turns.settled(hashes, root.hash);
                    const found = await find(others, root, info.hashToPrefix, signer, signal);
                    for (const [hash, each] of found)
                        placed.set(hash, each);
                    const text = misplaced(specs, placed, info.hashToPrefix);
                    if (text !== undefined)
                        onMisplaced(text);
                    return failed;
                },
                environment(base) {
                    const there = new Set([...placed.values()].flatMap((each) => [...(each?.folders ?? [])]));
                    const changes = (0,run_environment/* runEnvironment */.t7)(document, [root.hash], {
                        inspections: inspected,
                        prefixOf: ({ hash }) => placed.get(hash)?.prefix,
                        isThere: (folder) => there.has(withoutSlash(folder)),
                    });
                    return (0,run_environment/* imageEnvironment */.Xg)(changes, base);
                },
            };
        };
    };
}
/**
 * What an image says of its own package, which comes first in a list of folders. Its prefix is what CMake is told.
 * @param builtWith the prefix by which another package knows it: for images that tell CMake nothing
 */
function placedByEnvironment(spec, env, builtWith) {
    const lists = new Map(env.map((entry) => {
        const sign = entry.indexOf('=');
        return [entry.slice(0, sign), entry.slice(sign + 1).split(':')];
    }));
    const [first, ...rest] = lists.get('CMAKE_PREFIX_PATH') ?? [];
    // A recipe may have put a folder below it before it.
    const named = [first, ...rest].filter((folder) => folder?.includes((0,node/* shortHash */.BC)(spec)));
    const [shortest = first ?? builtWith] = named.sort((a = '', b = '') => a.length - b.length);
    if (!shortest?.startsWith('/'))
        return undefined;
    const prefix = withoutSlash(shortest);
    const all = [...lists.values()].flat().map(withoutSlash);
    return { prefix, folders: new Set(all.filter((each) => each === prefix || each.startsWith(`${prefix}/`))) };
}
/** What stands in the way of an image that runs: a package knows those it runs with by the prefixes it was built with. */
function misplaced(specs, placed, expected) {
    for (const spec of specs) {
        const at = placed.get(spec.hash)?.prefix;
        const wanted = expected.get(spec.hash);
        if (at === undefined || wanted === undefined || at === withoutSlash(wanted))
            continue;
        return `${nameOf(specs.at(-1) ?? spec)} was built with ${nameOf(spec)} at ${wanted}, which is at ${at} in images`;
    }
    return undefined;
}
function misplacedText([first, ...more]) {
    const others = more.length === 0 ? '' : ` (and ${more.length} more like it)`;
    return `${first}${others}: it can be installed from there, but will not run as an image; build all in one install tree for that`;
}
function incomplete(root, missing) {
    const names = missing.slice(0, 5).map(nameOf).join(', ');
    const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
    return new errors/* BuildcacheError */.fO('not-found', `the image would lack what it runs with: ${names}${more}`, {
        expected: `all that ${nameOf(root)} links to or runs in the registry, or copied with it`,
        hint: 'copy it too: without SPECs all of the environment is copied, with --all all that the mirror holds; if it failed, see why',
    });
}
function nameOf(spec) {
    return `${spec.name}@${spec.version}/${(0,node/* shortHash */.BC)(spec)}`;
}
function withoutSlash(folder) {
    return (0,posix_.normalize)(folder).replace(/(?<=.)\/+$/, '');
}


/***/ })

};
