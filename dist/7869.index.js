export const id = 7869;
export const ids = [7869];
export const modules = {

/***/ 34651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $C: () => (/* binding */ KEY_INDEX),
/* harmony export */   H3: () => (/* binding */ updateKeyIndex),
/* harmony export */   Qr: () => (/* binding */ keyManifestKey),
/* harmony export */   TH: () => (/* binding */ listKeys),
/* harmony export */   jQ: () => (/* binding */ publishKey)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93355);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(57356);
/* harmony import */ var _put_blob_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(52394);
/** Public keys and the list of them in layout 3, where `spack buildcache keys` finds them. */




const KEYS = 'v3/manifests/key/';
const KEY_INDEX = `${KEYS}keys.manifest.json`;
const ATTEMPTS = 50;
function keyManifestKey(fingerprint) {
    return `${KEYS}${fingerprint}.key.manifest.json`;
}
/**
 * Publishes a public key, and the list of keys with it. Nothing is written where both are there.
 * @param armored its text
 * @returns whether anything was written
 */
async function publishKey(storage, fingerprint, armored, signal) {
    const sent = await publishDocument(storage, keyManifestKey(fingerprint), 'key', Buffer.from(armored), signal);
    return (await updateKeyIndex(storage, signal)) || sent;
}
/** Lists the keys that are published. @returns whether the list had to be written */
async function updateKeyIndex(storage, signal) {
    // Who adds a key lists them afterwards: whoever is last sees all. Two at once write the same or go again.
    for (let i = 0; i < ATTEMPTS; i++) {
        const text = keyIndexText(await listKeys(storage, signal));
        const sent = await publishDocument(storage, KEY_INDEX, 'keyIndex', Buffer.from(text), signal);
        if (text === keyIndexText(await listKeys(storage, signal)))
            return sent || i > 0;
    }
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('conflict', 'others kept adding keys', { url: (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .documentUrl */ .LJ)(storage, KEY_INDEX) });
}
/** The fingerprints keys are published under, as far as the storage can tell; unverified. */
async function listKeys(storage, signal) {
    const fingerprints = [];
    for await (const { key } of storage.list(KEYS, { signal })) {
        const name = /^([^/]+)\.key\.manifest\.json$/.exec(key.slice(KEYS.length))?.[1];
        if (name !== undefined)
            fingerprints.push(name);
    }
    return fingerprints.sort();
}
function keyIndexText(fingerprints) {
    return JSON.stringify({ keys: Object.fromEntries(fingerprints.map((name) => [name, {}])) });
}
/** A blob and the manifest that names it, unless they are there. */
async function publishDocument(storage, key, kind, bytes, signal) {
    const record = (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .blobRecord */ .RB)(kind, bytes, 'none');
    if (await isPublished(storage, key, kind, record.sha256, signal)) {
        if (await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .hasBlob */ .is)(storage, record, signal))
            return false;
    }
    await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .putBlob */ .HT)(storage, bytes, record, signal);
    await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .putManifest */ .RV)(storage, key, [record], { signal });
    return true;
}
async function isPublished(storage, key, kind, digest, signal) {
    const found = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .fetchDocument */ .sW)(storage, key, { what: 'the manifest of a key', signal });
    if (found === undefined)
        return false;
    try {
        return (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .findRecord */ .Tq)((0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseManifest */ .Ng)(found, (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .documentUrl */ .LJ)(storage, key)), kind)?.sha256 === digest;
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorCode */ .CA)(error) === 'bad-input')
            return false;
        throw error;
    }
}


/***/ }),

/***/ 52394:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HT: () => (/* binding */ putBlob),
/* harmony export */   RB: () => (/* binding */ blobRecord),
/* harmony export */   RV: () => (/* binding */ putManifest),
/* harmony export */   is: () => (/* binding */ hasBlob),
/* harmony export */   qi: () => (/* binding */ unlessDenied)
/* harmony export */ });
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65314);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57356);
/**
 * Writing layout 3's two kinds of documents: blobs under the digest of their content, and the manifests that name
 * them. A blob is written before what names it, so that nothing ever names what is not there.
 */




/** What a manifest says of a blob. */
function blobRecord(kind, content, compression) {
    const isBytes = content instanceof Uint8Array;
    return {
        mediaType: _manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .MEDIA_TYPE */ .Ap[kind],
        compression,
        size: isBytes ? content.length : content.size,
        sha256: isBytes ? (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(content) : content.sha256,
    };
}
/**
 * What a question before writing comes to when it is not allowed: stores that may not be listed answer so for what is
 * not there, and whether we may write the write itself will tell.
 */
async function unlessDenied(question, otherwise) {
    return await question.catch((error) => {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) === 'denied')
            return otherwise;
        throw error;
    });
}
/** Whether the blob is there in its whole length. */
async function hasBlob(storage, { sha256: digest, size }, signal) {
    const found = await unlessDenied(storage.head((0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(digest), { signal }), undefined);
    return found !== undefined && (found.size === undefined || found.size === size);
}
/** Sends a blob unless it is there. @returns whether it was there */
async function putBlob(storage, content, record, signal) {
    if (await hasBlob(storage, record, signal))
        return 'reused';
    await storage.put((0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(record.sha256), content, { signal });
    return 'sent';
}
/** An unsigned manifest. @throws BuildcacheError `conflict` when the condition does not hold */
async function putManifest(storage, key, records, options = {}) {
    await storage.put(key, Buffer.from((0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .formatManifest */ .L_)(records)), {
        contentType: 'application/json',
        ...options,
    });
}


/***/ }),

/***/ 67844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KW: () => (/* binding */ cancelled),
/* harmony export */   dZ: () => (/* binding */ throwIfCancelled),
/* harmony export */   pj: () => (/* binding */ withGrace)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** Cancellation, said in one way: whoever notices an aborted signal throws the same `cancelled` error. */

/** The error an aborted signal stands for: its reason when that is one of ours, else `cancelled`. */
function cancelled(signal) {
    const reason = signal?.reason;
    if (reason instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO)
        return reason;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('cancelled', 'cancelled', {}, reason);
}
/** @throws BuildcacheError `cancelled` (or the signal's own reason) when the signal is aborted */
function throwIfCancelled(signal) {
    if (signal?.aborted === true)
        throw cancelled(signal);
}
/** A signal that fires so many milliseconds after another: the time there is for what must still be finished. */
function withGrace(signal, milliseconds) {
    const grace = new AbortController();
    const begin = () => {
        // Who has finished need not wait for it.
        setTimeout(() => grace.abort(signal.reason), milliseconds).unref();
    };
    if (signal.aborted)
        begin();
    else
        signal.addEventListener('abort', begin, { once: true });
    return grace.signal;
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
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `no install prefix is known for ${node.name}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_1__/* .shortHash */ .BC)(node)}`);
    }
    return prefix;
}


/***/ }),

/***/ 29890:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CO: () => (/* binding */ sequenceLength),
/* harmony export */   VV: () => (/* binding */ sortByName),
/* harmony export */   q0: () => (/* binding */ decodePath),
/* harmony export */   uJ: () => (/* binding */ joinPath)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/**
 * File names as the bytes they are on disk, and as the text Spack makes of them. Python decodes a name as UTF-8
 * and maps every byte that is not part of a valid sequence to the lone surrogate U+DC00 + byte
 * (PEP 383, "surrogateescape"); sorting, tar headers and the build info all see that text.
 * Names come from an install prefix and may hold anything but NUL and `/`.
 */

/** The text of a name: UTF-8, with U+DC80 to U+DCFF standing for bytes that are not. */
function decodePath(bytes) {
    if ((0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(bytes))
        return bytes.toString('utf8');
    let text = '';
    let at = 0;
    while (at < bytes.length) {
        const length = sequenceLength(bytes[at] ?? 0);
        const sequence = bytes.subarray(at, at + length);
        if (length > 0 && sequence.length === length && (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(sequence)) {
            text += sequence.toString('utf8');
            at += length;
        }
        else {
            text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
            at += 1;
        }
    }
    return text;
}
/** Sorts names, in place, by the code points of their text: Python's order of strings. */
function sortByName(entries) {
    // The order of valid UTF-8 is the order of its code points; only escaped bytes sort elsewhere.
    if (entries.every((entry) => (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(entry.name))) {
        return entries.sort((a, b) => Buffer.compare(a.name, b.name));
    }
    const keys = new Map(entries.map((entry) => [entry, codePoints(entry.name)]));
    return entries.sort((a, b) => compareCodePoints(keys.get(a) ?? [], keys.get(b) ?? []));
}
/** `parent/name`, or either alone where the other is the empty path. */
function joinPath(parent, name) {
    if (parent.length === 0)
        return name;
    if (name.length === 0)
        return parent;
    const path = Buffer.allocUnsafe(parent.length + 1 + name.length);
    parent.copy(path);
    path[parent.length] = 0x2f;
    name.copy(path, parent.length + 1);
    return path;
}
/** How many bytes a UTF-8 sequence has that starts with this byte; 0 where none does. */
function sequenceLength(lead) {
    if (lead < 0x80)
        return 1;
    if (lead < 0xc2)
        return 0;
    if (lead < 0xe0)
        return 2;
    if (lead < 0xf0)
        return 3;
    return lead < 0xf5 ? 4 : 0;
}
function codePoints(name) {
    return Array.from(decodePath(name), (character) => character.codePointAt(0) ?? 0);
}
function compareCodePoints(a, b) {
    for (let i = 0; i < a.length && i < b.length; i++) {
        const difference = (a[i] ?? 0) - (b[i] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return a.length - b.length;
}


/***/ }),

/***/ 21743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ specEmitter),
/* harmony export */   s: () => (/* binding */ documentOrder)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56832);
/**
 * Concrete specs written as Spack 1.x writes them (format 5), whatever format they were read from: the nodes of an
 * index and of a `spec.json`. What a document says beyond what we model is kept.
 */



/**
 * An emitter for the specs of one graph. Nodes stand in many documents, so each one's text is made once and kept.
 * The documents' methods throw BuildcacheError `not-found` where the graph lacks a node.
 */
function specEmitter(graph) {
    const texts = new Map();
    const node = (from) => {
        let text = texts.get(from.hash);
        if (text === undefined) {
            text = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringifyCompact */ .LW)(format5(from));
            texts.set(from.hash, text);
        }
        return text;
    };
    const spec = (hash) => {
        const nodes = documentOrder(graph, hash).map(node);
        return `"spec":{"_meta":{"version":5},"nodes":[${nodes.join(',')}]}`;
    };
    return {
        node,
        // Spack still writes this version, an older layout's, for the sake of registries.
        document: (hash) => `{${spec(hash)},"buildcache_layout_version":2}`,
        installedDocument: (hash) => `{${spec(hash)}}`,
    };
}
/**
 * A spec and all below it, each once: depth first, a node before what it depends on, children by name; after a
 * spliced node the nodes of the spec it was built as.
 * @throws BuildcacheError `not-found` where the graph lacks a node
 */
function documentOrder(graph, hash) {
    const order = new Map();
    // Visited and written are not the same for what a build spec brought in: Spack still walks through it.
    const visited = new Set();
    const stack = [nodeOf(graph, hash, undefined)];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        if (visited.has(node.hash))
            continue;
        visited.add(node.hash);
        order.set(node.hash, node);
        if (node.buildSpec !== undefined && node.buildSpec.hash !== node.hash) {
            const built = documentOrder(graph, nodeOf(graph, node.buildSpec.hash, node).hash);
            for (const each of built)
                if (!order.has(each.hash))
                    order.set(each.hash, each);
        }
        const children = [...node.dependencies].sort((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0));
        for (const edge of children)
            stack.push(nodeOf(graph, edge.hash, node));
    }
    return [...order.values()];
}
/** The node's dictionary as format 5 has it, without the mark of direct dependencies, which databases drop. */
function format5(node) {
    const { compiler: _, annotations, dependencies: __, hash: ___, build_spec, ...rest } = node.dict;
    const dependencies = node.dependencies.map(({ name, hash, deptypes, virtuals }) => ({
        name,
        hash,
        parameters: { deptypes, virtuals },
    }));
    return {
        ...rest,
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
        hint: 'name the environment it was concretized in with --environment, or run `spack reindex`',
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

/***/ 66464:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AG: () => (/* binding */ shellVariables),
/* harmony export */   Es: () => (/* binding */ exportLines),
/* harmony export */   Ll: () => (/* binding */ defaultInspections),
/* harmony export */   Xg: () => (/* binding */ imageEnvironment),
/* harmony export */   t7: () => (/* binding */ runEnvironment),
/* harmony export */   wJ: () => (/* binding */ configuredInspections)
/* harmony export */ });
/* unused harmony export changedVariables */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28314);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(85746);
/* harmony import */ var _spec_topological_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6961);
/**
 * What installed specs add to the environment of whoever runs them: folders of their prefixes, by Spack's prefix
 * inspections. What recipes add beside that (`setup_run_environment`) only recipes know, so it is not in here.
 */






/** Those of Spack's own configuration, 0.23 and 1.x alike. @param platform as specs have it: `linux`, `darwin` */
function defaultInspections(platform) {
    const everywhere = [
        ['./bin', ['PATH']],
        ['./man', ['MANPATH']],
        ['./share/man', ['MANPATH']],
        ['./share/aclocal', ['ACLOCAL_PATH']],
        ['./lib/pkgconfig', ['PKG_CONFIG_PATH']],
        ['./lib64/pkgconfig', ['PKG_CONFIG_PATH']],
        ['./share/pkgconfig', ['PKG_CONFIG_PATH']],
        ['./', ['CMAKE_PREFIX_PATH']],
    ];
    if (platform !== 'darwin')
        return new Map(everywhere);
    const libraries = ['DYLD_FALLBACK_LIBRARY_PATH'];
    return new Map([['./lib', libraries], ['./lib64', libraries], ...everywhere]);
}
/**
 * `modules:prefix_inspections` of a configuration over others, merged as Spack merges: what is configured comes
 * first, and a key with a colon too many (`./bin::`) replaces instead of adding.
 * @param section the value of `prefix_inspections`, from YAML
 * @param file the file it stands in, for messages
 * @throws BuildcacheError `bad-input`
 */
function configuredInspections(section, file, below) {
    if (section === undefined || section === null)
        return below;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(section))
        throw malformed(file, 'prefix_inspections', section);
    const merged = new Map();
    for (const [key, value] of Object.entries(section)) {
        const folder = key.replace(/:$/, '');
        if (!isVariables(value))
            throw malformed(file, `prefix_inspections:${folder}`, value);
        const others = key === folder ? (below.get(folder) ?? []) : [];
        merged.set(folder, [...value, ...others.filter((variable) => !value.includes(variable))]);
    }
    for (const [folder, variables] of below)
        if (!merged.has(folder))
            merged.set(folder, variables);
    return merged;
}
/**
 * The changes in the order in which they are made: dependencies first, so that roots end up first in their
 * variables, of several roots the first one. Only folders that are there count, and none of the system's own.
 * @param roots hashes of specs
 */
function runEnvironment(graph, roots, { inspections, prefixOf, filesOf = (_, prefix) => prefix }) {
    const changes = [];
    for (const node of (0,_spec_topological_js__WEBPACK_IMPORTED_MODULE_4__/* .topologicalOrder */ ._)(graph, roots, (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_5__/* .ofTypes */ .v)('link', 'run')).reverse()) {
        const prefix = prefixOf(node);
        if (prefix === undefined)
            continue;
        const files = filesOf(node, prefix);
        for (const [below, variables] of inspections) {
            const folder = withoutSlash((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(prefix, below));
            if (SYSTEM_FOLDERS.has(folder) || !isFolder((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(files, below)))
                continue;
            for (const variable of variables)
                changes.push({ variable, folder });
        }
    }
    return changes;
}
/** The variables that change, with their new values, by name. @param env what they are now */
function changedVariables(changes, env) {
    const values = new Map();
    for (const { variable, folder } of changes) {
        const now = values.get(variable) ?? env[variable];
        values.set(variable, now ? `${folder}:${now}` : folder);
    }
    return new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}
/**
 * The same for a shell or a job: a `MANPATH` ends in a colon, which stands for the system's own manual pages.
 */
function shellVariables(changes, env) {
    const values = changedVariables(changes, env);
    const manuals = values.get('MANPATH');
    if (manuals !== undefined && !manuals.endsWith(':'))
        values.set('MANPATH', `${manuals}:`);
    return values;
}
/** Lines for a POSIX shell to evaluate, without their ends. */
function exportLines(values) {
    return [...values].map(([variable, value]) => `export ${variable}=${shellQuoted(value)};`);
}
/**
 * The `Env` of a container image's configuration.
 * @param base the base image's; without one there is a `PATH`
 * @returns variables in the base's order, new ones behind them by name
 */
function imageEnvironment(changes, base = []) {
    const env = new Map([['PATH', '/bin:/usr/bin']]);
    for (const entry of base) {
        const sign = entry.indexOf('=');
        if (sign > 0)
            env.set(entry.slice(0, sign), entry.slice(sign + 1));
    }
    for (const [name, value] of changedVariables(changes, Object.fromEntries(env)))
        env.set(name, value);
    return [...env].map(([name, value]) => `${name}=${value}`);
}
const SYSTEM_FOLDERS = new Set(['/', '/usr', '/usr/local'].flatMap((root) => ['', 'bin', 'bin64', 'include', 'lib', 'lib64'].map((name) => withoutSlash((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, name)))));
function withoutSlash(folder) {
    return folder === '/' ? folder : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.normalize)(folder).replace(/\/+$/, '');
}
function isFolder(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).isDirectory();
    }
    catch {
        return false; // whatever is wrong with it, nothing can be run from there
    }
}
function shellQuoted(value) {
    return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`;
}
/** Names end up in `export` lines and in files of the runner. */
function isVariables(value) {
    return (Array.isArray(value) && value.every((item) => typeof item === 'string' && /^[A-Za-z_]\w*$/.test(item)));
}
function malformed(file, where, found) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', `modules:${where} is malformed`, {
        file,
        expected: 'folders below a prefix, each with a list of names of variables',
        found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .kindOf */ .I)(found),
    });
}


/***/ })

};
