export const id = 6435;
export const ids = [6435];
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

/***/ 89555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ updateIndex)
/* harmony export */ });
/* harmony import */ var _cache_index_update_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(88273);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);


/**
 * @throws BuildcacheError `usage` for a view that is there and may not be replaced; `unsupported` for layout 2; else as
 *   the storage does
 */
async function updateIndex(options) {
    const { cache, only, force, keys, full, jobs, signal } = options;
    if (cache.index.isView && !force)
        await requireNoView(cache, signal);
    await cache.prepare(signal);
    const problems = [];
    const onProblem = (text) => void problems.push(text);
    const index = await (0,_cache_index_update_js__WEBPACK_IMPORTED_MODULE_0__/* .remakeIndex */ .w)(cache, { only, full, jobs, onProblem, signal });
    const keysChanged = keys && (await cache.updateKeyIndex(signal));
    return { url: cache.reader.storage.url, index, keysChanged, problems };
}
async function requireNoView({ index }, signal) {
    if (!(await index.read(signal)).exists)
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'there is an index of that name already', {
        url: index.url,
        hint: 'replace it with --force',
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

/***/ 63171:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   define: () => (/* binding */ define)
/* harmony export */ });
/* harmony import */ var _commands_update_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89555);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52875);
/* harmony import */ var _mirrors_open_target_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34042);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49601);





function define(command, context) {
    (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_4__/* .addSharedOptions */ .J0)(command)
        .argument('<mirror>', 'a configured name, a path or a URL')
        .option('-k, --keys', 'also the list of keys', false)
        .option('-n, --name <view>', 'an index of its own, of the specs of the environment')
        .option('-f, --force', 'replace a view that is there', false)
        .option('--full', 'read every spec again, also those the present index knows', false)
        .action((mirror, options) => run(mirror, options, context));
}
async function run(argument, options, context) {
    if (options.mirrorUrl.length > 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'update-index takes its mirror as an argument, not with --mirror-url');
    }
    const around = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_4__/* .readSurroundings */ .St)({ ...options, mirrorUrl: [argument] }, context);
    const [mirror] = around.mirrors;
    if (mirror === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('internal', 'a mirror got lost');
    const view = options.name ?? mirror.push.view;
    const only = view === undefined ? undefined : new Set((await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .readEnvironment */ .Qo)(around.environment)).nodes.keys());
    const cache = await (0,_mirrors_open_target_js__WEBPACK_IMPORTED_MODULE_3__/* .openPushMirror */ .Q)({ ...mirror, name: argument }, around.connection, view);
    try {
        const result = await (0,_commands_update_index_js__WEBPACK_IMPORTED_MODULE_0__/* .updateIndex */ .U)({
            cache,
            only,
            force: options.force,
            keys: options.keys,
            full: options.full,
            jobs: around.connection.jobs,
            signal: context.signal,
        });
        for (const problem of result.problems)
            around.reporter.warn(problem);
        const { index, problems } = result;
        if (options.json) {
            context.stdout.write(`${JSON.stringify({ version: 1, url: result.url, index, keys_changed: result.keysChanged, problems }, null, 2)}\n`);
        }
        else if (!options.quiet) {
            const what = index.changed ? `now has ${index.records} records` : 'was right already';
            context.stdout.write(`The index ${what}; ${index.read} specs were read.${result.keysChanged ? ' The list of keys was updated.' : ''}\n`);
        }
        context.exit(problems.length === 0 ? 0 : 1);
    }
    finally {
        await cache.close();
    }
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


/***/ })

};
