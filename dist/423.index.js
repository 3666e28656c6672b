export const id = 423;
export const ids = [423];
export const modules = {

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

/***/ 81736:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ providedVirtuals)
/* harmony export */ });
/** What a node of format 6 says that it provides, whether or not anything uses it for that: `["mpi@:3", "blas"]`. */
/** @returns names without versions, which no question of ours asks about */
function providedVirtuals(dict) {
    const provided = dict['provided_virtuals'];
    if (!Array.isArray(provided))
        return [];
    return provided.flatMap((each) => {
        const name = typeof each === 'string' ? /^\w[\w-]*/.exec(each)?.[0] : undefined;
        return name ?? [];
    });
}


/***/ })

};
