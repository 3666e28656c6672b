export const id = 3583;
export const ids = [3583];
export const modules = {

/***/ 18188:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ conflictWith),
/* harmony export */   Q: () => (/* binding */ isSameDependency)
/* harmony export */ });
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(56832);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63305);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63166);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(59981);
/** Which dependencies of a constraint are one and the same to Spack, and which cannot be asked for together. */




/**
 * Whether Spack takes two dependencies of one parent for a single one: same name, types and condition. Then one
 * package has to meet both, whichever sigils they were written with: the first one's counts.
 */
function isSameDependency(a, b) {
    return isSameSlot(a, b) && typeMask(a) === typeMask(b);
}
/** Why a dependency cannot be asked for beside those already there; undefined if it can. */
function conflictWith(others, edge) {
    // Dependencies without a name are each one of their own.
    if (edge.spec.name === undefined)
        return undefined;
    const same = others.filter((other) => isSameDependency(other, edge));
    for (const other of same) {
        const reason = contradiction(other.spec, edge.spec);
        if (reason !== undefined)
            return `${reason} of dependency ${edge.spec.name}`;
    }
    const clashes = same.length === 0 && others.some((other) => isSameSlot(other, edge) && typesClash(other, edge));
    return clashes ? `conflicting types of dependency ${edge.spec.name}` : undefined;
}
function isSameSlot(a, b) {
    return a.spec.name !== undefined && a.spec.name === b.spec.name && conditionOf(a) === conditionOf(b);
}
function conditionOf({ when }) {
    return when === undefined ? '' : (0,_format_js__WEBPACK_IMPORTED_MODULE_2__.formatConstraint)(when);
}
function typeMask({ deptypes }) {
    return deptypes.reduce((mask, type) => mask | (1 << _node_js__WEBPACK_IMPORTED_MODULE_3__/* .DEPTYPES */ .Rt.indexOf(type)), 0);
}
/** A package can be there twice only as a build dependency and as one for run time. */
function typesClash(a, b) {
    const isRuntime = ({ deptypes }) => deptypes.includes('link') || deptypes.includes('run');
    return (typeMask(a) & typeMask(b)) !== 0 || (isRuntime(a) && isRuntime(b));
}
function contradiction(a, b) {
    if (differ(a.namespace, b.namespace))
        return 'conflicting namespaces';
    if (differ(a.platform, b.platform) || differ(a.os, b.os))
        return 'conflicting architectures';
    if (a.target !== undefined && b.target !== undefined && !(0,_target_js__WEBPACK_IMPORTED_MODULE_0__/* .targetSetsOverlap */ .qg)(a.target, b.target)) {
        return 'conflicting targets';
    }
    if (a.versions !== undefined && b.versions !== undefined && !(0,_version_js__WEBPACK_IMPORTED_MODULE_1__/* .versionSetsOverlap */ .rL)(a.versions, b.versions)) {
        return 'conflicting versions';
    }
    if (a.hash !== undefined &&
        b.hash !== undefined &&
        !a.hash.startsWith(b.hash) &&
        !b.hash.startsWith(a.hash)) {
        return 'conflicting hashes';
    }
    for (const variant of a.variants) {
        const other = b.variants.find(({ name }) => name === variant.name);
        if (other !== undefined && !variantsAgree(variant, other))
            return `conflicting values for variant ${variant.name}`;
    }
    return undefined;
}
function differ(a, b) {
    return a !== undefined && b !== undefined && a !== b;
}
function variantsAgree(a, b) {
    if (a.kind === 'boolean' || b.kind === 'boolean') {
        if (a.kind === 'boolean' && b.kind === 'boolean')
            return a.value === b.value;
        return [a, b].some((variant) => variant.kind === 'values' && variant.values.length === 0);
    }
    const isWithin = (inner, outer) => inner.every((v) => outer.includes(v));
    return (!a.exact || isWithin(b.values, a.values)) && (!b.exact || isWithin(a.values, b.values));
}


/***/ }),

/***/ 13583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  compileConstraint: () => (/* binding */ compileConstraint),
  intersects: () => (/* binding */ intersects),
  satisfies: () => (/* binding */ satisfies)
});

// EXTERNAL MODULE: ./build/spec/target.js
var spec_target = __webpack_require__(63305);
// EXTERNAL MODULE: ./build/spec/version.js
var version = __webpack_require__(63166);
// EXTERNAL MODULE: ./build/spec/constraint/reach.js
var reach = __webpack_require__(74591);
;// CONCATENATED MODULE: ./build/spec/constraint/attributes.js



/** One test an attribute that asks something, the cheap ones first. */
function attributeTests(index, asked) {
    const { namespace, versions, platform, os, target } = asked;
    const tests = [];
    // A spec without a namespace is of every one.
    if (namespace !== undefined) {
        tests.push((node) => node.namespace === undefined || node.namespace === namespace);
    }
    if (versions !== undefined)
        tests.push(versionTest(versions));
    for (const variant of asked.variants)
        tests.push(variantTest(index, variant));
    // Spack lets `platform=*` and `os=*` switch off what else is asked of the architecture; here they ask nothing.
    if (platform !== undefined && platform !== '*')
        tests.push((node) => node.platform === platform);
    if (os !== undefined && os !== '*')
        tests.push((node) => node.os === os);
    if (target !== undefined)
        tests.push(remember((node) => node.target, (name) => (0,spec_target/* targetInSet */.lI)(name, target)));
    for (const flag of asked.flags)
        tests.push((node) => hasFlags(node, flag));
    return tests;
}
/** Whether a version written in a set is that of a compiler known by name and version only. */
function versionTest(versions) {
    return remember((spec) => spec.version, (text) => (0,version/* versionInSet */.QJ)((0,version/* parseVersion */.ot)(text), versions));
}
/** Caches by the one string of a node that decides: a graph has few of each. */
function remember(key, decide) {
    const known = new Map();
    return (node) => {
        const text = key(node);
        let answer = known.get(text);
        if (answer === undefined) {
            answer = decide(text);
            known.set(text, answer);
        }
        return answer;
    };
}
function variantTest(index, asked) {
    const { name } = asked;
    const matches = (value) => asked.kind === 'boolean' ? toBoolean(value) === asked.value : hasValues(value, asked);
    if (!asked.propagate) {
        return (node) => {
            const value = variantOf(node, name);
            return value !== undefined && matches(value);
        };
    }
    return (0,reach/* holdsThroughout */.w)(index, (node) => {
        const value = variantOf(node, name);
        return value === undefined || matches(value);
    });
}
function variantOf(node, name) {
    const value = node.variants.get(name);
    if (value !== undefined || name !== 'patches')
        return value;
    // Also a key of its own in the dictionary, where Spack keeps the order they apply in.
    const { patches } = node.dict;
    return Array.isArray(patches) ? patches.filter((patch) => typeof patch === 'string') : undefined;
}
/** Spack reads the words in any case as booleans, also where a document has them as strings. */
function toBoolean(value) {
    if (typeof value !== 'string')
        return typeof value === 'boolean' ? value : undefined;
    return /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined;
}
function hasValues(value, asked) {
    if (toBoolean(value) !== undefined)
        return asked.values.length === 0 && !asked.exact;
    const actual = typeof value === 'string' ? [value] : value;
    // Patches are named by the first digits of their SHA-256.
    const isPrefixed = asked.name === 'patches' && !asked.exact;
    const isThere = (wanted) => isPrefixed ? actual.some((one) => one.startsWith(wanted)) : actual.includes(wanted);
    return asked.values.every(isThere) && (!asked.exact || actual.every((one) => asked.values.includes(one)));
}
function hasFlags(node, asked) {
    const actual = node.flags.get(asked.name);
    return actual !== undefined && asked.values.every((flag) => actual.includes(flag));
}

// EXTERNAL MODULE: ./build/spec/constraint/compiler.js
var constraint_compiler = __webpack_require__(49491);
;// CONCATENATED MODULE: ./build/spec/constraint/compiler-edge.js
/**
 * The compiler of a spec from before format 5, where it was an attribute of the node: to Spack a build dependency
 * that provides c, cxx and fortran, of which no more than its name and version is known.
 */


const LANGUAGES = ['c', 'cxx', 'fortran'];
/**
 * Whether a node's compiler is a dependency that meets all of these, which are of the same name and types. Compilers
 * are found by the names of then and now: Spack changes `%clang` into `%llvm` and then finds no clang.
 */
function compilerEdgeTest(group) {
    const name = group[0]?.spec.name;
    const specs = group.map(({ spec }) => spec);
    const isPossible = group.every(({ deptypes, virtuals }) => deptypes.every((type) => type === 'build') && virtuals.every((one) => LANGUAGES.includes(one))) && specs.every(({ hash }) => hash === undefined);
    if (!isPossible)
        return () => false;
    const isLanguage = name !== undefined && LANGUAGES.includes(name);
    const asksTooMuch = !isLanguage && specs.some(asksOfWhatIsUnknown);
    const versionTests = specs.flatMap(({ versions }) => versions === undefined || isLanguage ? [] : [versionTest(versions)]);
    return (node) => {
        if (asksTooMuch || node.originalFormat >= 5)
            return false;
        const compiler = (0,constraint_compiler/* compilerOf */.Lx)(node);
        if (compiler === undefined)
            return false;
        return (isLanguage || isNamed(compiler, name)) && versionTests.every((test) => test(compiler));
    };
}
/** Whether a node's compiler cannot be what a condition describes. */
function compilerRulesOut(compiler, when) {
    if (compiler === undefined)
        return true;
    if (!isNamed(compiler, when.name))
        return true;
    return when.versions !== undefined && !versionTest(when.versions)(compiler);
}
function isNamed(compiler, name) {
    return name === undefined || name === compiler.name || name === (0,constraint_compiler/* packageOfCompiler */.Bx)(compiler.name);
}
/** Nothing lies below a compiler that could contradict what is propagated. */
function asksOfWhatIsUnknown({ variants, flags, platform, os, target }) {
    const isAsked = [platform, os, target].some((value) => value !== undefined);
    return isAsked || flags.length > 0 || variants.some(({ propagate }) => !propagate);
}

// EXTERNAL MODULE: ./build/spec/constraint/conflict.js
var conflict = __webpack_require__(18188);
;// CONCATENATED MODULE: ./build/spec/constraint/match.js





/**
 * A test for the nodes of a graph, worth keeping for many of them: the first question about what lies below a node
 * looks at the whole graph, all others at little more than that node. The graph must not change afterwards.
 */
function compileConstraint(graph, constraint) {
    const { index, tests } = memoryOf(graph);
    let test = tests.get(constraint);
    if (test === undefined) {
        test = compile(index, constraint, true);
        tests.set(constraint, test);
    }
    return test;
}
/**
 * Whether every build that the node describes (there is one) is one that the constraint describes.
 * What is compiled is kept as long as graph and constraint live.
 */
function satisfies(graph, node, constraint) {
    return compileConstraint(graph, constraint)(node);
}
/** Whether some build is one that both describe. A concrete spec describes one build, so this is {@link satisfies}. */
function intersects(graph, node, constraint) {
    return satisfies(graph, node, constraint);
}
const memories = new WeakMap();
function memoryOf({ nodes }) {
    let memory = memories.get(nodes);
    if (memory === undefined) {
        memory = { index: (0,reach/* indexGraph */.f5)(nodes), tests: new WeakMap() };
        memories.set(nodes, memory);
    }
    return memory;
}
function compile(index, asked, withDependencies) {
    const { name, hash } = asked;
    const attributes = attributeTests(index, asked);
    const dependencies = withDependencies ? dependencyTests(index, [asked]).map(({ ofNode }) => ofNode) : [];
    const providers = name === undefined ? undefined : index.providersOf(name);
    return (node) => {
        if (hash !== undefined && !node.hash.startsWith(hash))
            return false;
        const isNamed = name === undefined || node.name === name;
        // Its own attributes are asked of the virtual package then, about which a node says nothing.
        const meetsOwn = isNamed ? attributes.every((test) => test(node)) : providers?.has(node.hash);
        return meetsOwn === true && dependencies.every((test) => test(node));
    };
}
/** One test a dependency of what is asked of one node. Those written more than once are one, as they are to Spack. */
function dependencyTests(index, asked) {
    const groups = [];
    for (const edge of asked.flatMap(({ dependencies }) => dependencies)) {
        const isSame = ([first]) => first !== undefined && (0,conflict/* isSameDependency */.Q)(first, edge);
        const same = edge.spec.name === undefined ? undefined : groups.find(isSame);
        if (same !== undefined)
            same.push(edge);
        else
            groups.push([edge]);
    }
    return groups.map((group) => dependencyTest(index, group));
}
/** @param group the same dependency, as it was written each time; the first one's sigil and condition count */
function dependencyTest(index, group) {
    const specs = group.map(({ spec }) => spec);
    const kind = group[0]?.kind;
    const when = group[0]?.when;
    const passes = edgeTest(index, group);
    const isCompiler = compilerEdgeTest(group);
    const below = dependencyTests(index, specs);
    const findBelow = kind === '^' ? (0,reach/* nearestBelow */.Cv)(index, passes) : undefined;
    const meetsRest = ({ hash }) => {
        if (below.length === 0)
            return true;
        const child = index.nodes.get(hash);
        return child !== undefined && below.every(({ ofNode }) => ofNode(child));
    };
    const applies = when === undefined ? undefined : compile(index, when, true);
    return {
        ofNode(node) {
            if (applies?.(node) === false)
                return true;
            // What is asked of the dependency's own dependencies, the first one that passes has to meet.
            const direct = node.dependencies.find(passes);
            if (direct !== undefined)
                return meetsRest(direct);
            if (isCompiler(node))
                return below.every(({ ofCompiler }) => ofCompiler(node));
            const found = findBelow?.(node);
            return found !== undefined && meetsRest(found);
        },
        ofCompiler: (node) => when !== undefined && compilerRulesOut((0,constraint_compiler/* compilerOf */.Lx)(node), when),
    };
}
/** Whether one edge has all that is asked: its types, its virtuals and the node it leads to. */
function edgeTest(index, group) {
    const name = group[0]?.spec.name;
    const deptypes = group[0]?.deptypes ?? [];
    const virtuals = group.flatMap((edge) => edge.virtuals);
    const specs = group.map(({ spec }) => spec);
    const tests = specs.map((spec) => compile(index, spec, false));
    const test = (edge) => {
        const isNamed = name === undefined || edge.name === name;
        if (!isNamed && !edge.virtuals.includes(name))
            return false;
        if (!virtuals.every((virtual) => edge.virtuals.includes(virtual)))
            return false;
        if (!deptypes.every((type) => edge.deptypes.includes(type)))
            return false;
        if (!isNamed)
            return specs.every(({ hash = '' }) => edge.hash.startsWith(hash));
        const child = index.nodes.get(edge.hash);
        if (child !== undefined)
            return tests.every((test) => test(child));
        // A pruned cache: of a package that is not in the graph we know what the edge says.
        return specs.every((spec) => edge.hash.startsWith(spec.hash ?? '') && asksOnlyNameAndHash(spec));
    };
    const isVirtual = name !== undefined && index.providersOf(name).size > 0;
    return Object.assign(test, { ofTarget: virtuals.length + deptypes.length === 0 && !isVirtual });
}
function asksOnlyNameAndHash({ namespace, versions, variants, flags, platform, os, target, }) {
    const attributes = [namespace, versions, platform, os, target];
    return attributes.every((value) => value === undefined) && variants.length + flags.length === 0;
}


/***/ }),

/***/ 74591:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CV: () => (/* binding */ findPackage),
/* harmony export */   Cv: () => (/* binding */ nearestBelow),
/* harmony export */   f5: () => (/* binding */ indexGraph),
/* harmony export */   w: () => (/* binding */ holdsThroughout)
/* harmony export */ });
/* harmony import */ var _graph_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85746);
/* harmony import */ var _provided_virtuals_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(81736);
/**
 * Questions about everything below a node, answered for a whole graph in one walk, so that asking each of 100,000
 * nodes costs no more than asking one. Nothing here recurses: a lockfile may describe any depth, and cycles.
 */


function indexGraph(nodes) {
    let providers;
    let order;
    return {
        nodes,
        providersOf(virtual) {
            providers ??= collectProviders(nodes);
            return providers.get(virtual) ?? NOBODY;
        },
        order() {
            order ??= (0,_graph_js__WEBPACK_IMPORTED_MODULE_0__/* .postOrder */ .bV)({ nodes }, nodes.keys());
            return order;
        },
    };
}
/**
 * For a node of which no direct edge passes: the first one further below that does, met by going, level by level,
 * through link and run dependencies to each package once. By which of several edges a package is first met depends on
 * where one starts; nodes for which that decides are walked one by one, all others are answered by the one walk.
 */
function nearestBelow(index, passes) {
    let known;
    return (node) => {
        known ??= collectNearest(index, passes);
        const found = nearest(node, known.below)?.edge;
        return found !== undefined && known.disputed.has(found.hash) ? walk(index, node, passes) : found;
    };
}
/** Whether a test holds for a node and everything below it, by edges of any type. */
function holdsThroughout(index, holds) {
    let broken;
    const isBroken = (node, known) => !holds(node) || node.dependencies.some((edge) => known.has(edge.hash));
    return (node) => {
        broken ??= collect(index, isBroken);
        return !isBroken(node, broken);
    };
}
/**
 * The package that a node means by a name, as Spack's `spec[name]`: a direct build or test dependency, else the
 * nearest of the node itself and its link and run dependencies. A virtual package's name stands for its provider.
 */
function findPackage({ nodes }, node, name) {
    const isMeant = (edge) => edge.name === name || edge.virtuals.includes(name);
    const direct = node.dependencies.find((edge) => (isBuild(edge.deptypes) || edge.deptypes.includes('test')) && isMeant(edge));
    if (direct !== undefined)
        return nodes.get(direct.hash);
    if (node.name === name)
        return node;
    const queue = [node];
    const seen = new Set(queue);
    for (const current of queue) {
        const edges = current.dependencies.filter((edge) => isRuntime(edge.deptypes));
        // Spack looks at a level in the order it was reached, and at siblings by name.
        edges.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
        const found = edges.find(isMeant);
        if (found !== undefined)
            return nodes.get(found.hash);
        for (const edge of edges) {
            const child = nodes.get(edge.hash);
            if (child === undefined || seen.has(child))
                continue;
            seen.add(child);
            queue.push(child);
        }
    }
    return undefined;
}
const NOBODY = new Set();
/** The hashes of all nodes that pass, given those of the nodes below them that do. */
function collect(index, passes) {
    const found = new Set();
    for (const node of index.order()) {
        if (passes(node, found))
            found.add(node.hash);
    }
    return found;
}
function collectNearest(index, passes) {
    const below = new Map();
    const passed = new Set();
    for (const node of index.order()) {
        let direct;
        for (const edge of node.dependencies) {
            if (!isRuntime(edge.deptypes) || !passes(edge))
                continue;
            direct ??= { edge, distance: 1 };
            if (passes.ofTarget === true)
                break;
            passed.add(edge.hash);
        }
        const found = direct ?? oneFurther(nearest(node, below));
        if (found !== undefined)
            below.set(node.hash, found);
    }
    const disputed = new Set();
    for (const { dependencies } of passed.size === 0 ? [] : index.order()) {
        for (const edge of dependencies) {
            if (passed.has(edge.hash) && isRuntime(edge.deptypes) && !passes(edge))
                disputed.add(edge.hash);
        }
    }
    return { below, disputed };
}
function oneFurther(found) {
    if (found === undefined)
        return undefined;
    found.further ??= { edge: found.edge, distance: found.distance + 1 };
    return found.further;
}
/** What is nearest below a node's direct dependencies; among siblings the first in the document's order. */
function nearest(node, below) {
    let best;
    for (const edge of node.dependencies) {
        const found = isRuntime(edge.deptypes) ? below.get(edge.hash) : undefined;
        if (found !== undefined && (best === undefined || found.distance < best.distance))
            best = found;
    }
    return best;
}
function walk({ nodes }, start, passes) {
    const queue = start.dependencies.filter((edge) => isRuntime(edge.deptypes));
    const met = new Set(queue.map(({ hash }) => hash));
    for (const { hash } of queue) {
        for (const edge of nodes.get(hash)?.dependencies ?? []) {
            if (!isRuntime(edge.deptypes) || met.has(edge.hash))
                continue;
            if (passes(edge))
                return edge;
            met.add(edge.hash);
            queue.push(edge);
        }
    }
    return undefined;
}
// To Spack an edge without types, which nothing writes any more, is of every type.
function isRuntime(deptypes) {
    return deptypes.length === 0 || deptypes.includes('link') || deptypes.includes('run');
}
function isBuild(deptypes) {
    return deptypes.length === 0 || deptypes.includes('build');
}
function collectProviders(nodes) {
    const providers = new Map();
    const add = (virtual, hash) => {
        const hashes = providers.get(virtual);
        if (hashes === undefined)
            providers.set(virtual, new Set([hash]));
        else
            hashes.add(hash);
    };
    for (const node of nodes.values()) {
        for (const virtual of (0,_provided_virtuals_js__WEBPACK_IMPORTED_MODULE_1__/* .providedVirtuals */ .U)(node.dict))
            add(virtual, node.hash);
        for (const edge of node.dependencies)
            for (const virtual of edge.virtuals)
                add(virtual, edge.hash);
    }
    return providers;
}


/***/ })

};
