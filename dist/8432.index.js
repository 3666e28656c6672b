export const id = 8432;
export const ids = [8432];
export const modules = {

/***/ 18432:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ isConcretized),
/* harmony export */   readIncludedLockfiles: () => (/* binding */ readIncludedLockfiles)
/* harmony export */ });
/* unused harmony export includedLockfiles */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(10432);
/* harmony import */ var _host_facts_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(45559);
/* harmony import */ var _include_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(36031);
/**
 * The concrete environments that a `spack.yaml` includes: `include: [DIR/spack.lock]`, or `include_concrete: [DIR]` of
 * older ones. Spack copies them into the environment's own lockfile, so they count only where there is none yet.
 */






/** @throws BuildcacheError as `readManifest`; `usage` for a path only Spack knows */
async function includedLockfiles(folder, env = {}) {
    const manifest = await (0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .readManifest */ .WI)(folder);
    if (manifest === undefined)
        return [];
    const entries = (name) => {
        const value = (0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .sectionOf */ .ZE)(manifest.sections, name)?.[1];
        return Array.isArray(value) ? value : [];
    };
    const older = entries('include_concrete');
    const newer = entries('include');
    const host = await (0,_host_facts_js__WEBPACK_IMPORTED_MODULE_5__/* .hostFactsFor */ .P)(JSON.stringify([older, newer]));
    const context = { base: folder, environment: folder, env, host };
    const found = [
        ...older
            .flatMap((entry) => (0,_include_js__WEBPACK_IMPORTED_MODULE_4__/* .includePath */ .qi)(entry, context) ?? [])
            .map((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path), 'spack.lock')),
        ...newer
            .flatMap((entry) => (0,_include_js__WEBPACK_IMPORTED_MODULE_4__/* .includePath */ .qi)(entry, context) ?? [])
            .filter((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path) === 'spack.lock'),
    ];
    return [...new Set(found)];
}
/** Whether `readEnvironment` has something to read. @throws BuildcacheError as {@link includedLockfiles} */
async function isConcretized({ lockfile, folder, env }) {
    const isThere = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(lockfile).then(() => true, () => false);
    return isThere || (await includedLockfiles(folder, env)).length > 0;
}
/**
 * @returns undefined where it includes none
 * @throws BuildcacheError `bad-input` for one that includes itself; as `readEnvironment` for each of them
 */
async function readIncludedLockfiles(files, above = []) {
    const lockfiles = await includedLockfiles(files.folder, files.env);
    if (lockfiles.length === 0)
        return undefined;
    const nodes = new Map();
    const roots = new Map();
    const chain = [...above, files.lockfile];
    for (const lockfile of lockfiles) {
        if (chain.includes(lockfile)) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', `it includes ${lockfile}, which includes it again`, {
                file: __webpack_require__.ab + "main/" + files.folder + '/spack.yaml',
                hint: 'take one of the includes out',
            });
        }
        const graph = await (0,_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .readEnvironment */ .Qo)({ ...files, folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(lockfile), lockfile }, chain);
        for (const [hash, node] of graph.nodes)
            if (!nodes.has(hash))
                nodes.set(hash, node);
        for (const root of graph.roots)
            if (!roots.has(root.hash))
                roots.set(root.hash, { ...root, included: true });
    }
    return { nodes, roots: [...roots.values()] };
}


/***/ })

};
