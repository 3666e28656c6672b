export const id = 4803;
export const ids = [4803];
export const modules = {

/***/ 64803:
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
    const dependencies = withDependencies ? dependencyTests(index, asked) : [];
    const providers = name === undefined ? undefined : index.providersOf(name);
    return (node) => {
        if (hash !== undefined && !node.hash.startsWith(hash))
            return false;
        // What else is asked is asked of the virtual package, about which a node says nothing.
        if (name !== undefined && node.name !== name)
            return providers?.has(node.hash) ?? false;
        return attributes.every((test) => test(node)) && dependencies.every((test) => test(node));
    };
}
/** Tests for the whole tree of dependencies, each to be put to the node at its root. */
function dependencyTests(index, root) {
    const tests = [];
    const parents = [root];
    for (const parent of parents) {
        for (const [first, all] of groupSame(parent.dependencies)) {
            const specs = all.map(({ spec }) => spec);
            const virtuals = all.flatMap((edge) => edge.virtuals);
            tests.push(edgeTest(index, { parent: parent.name, first, specs, virtuals }));
            parents.push(...specs.filter(({ dependencies }) => dependencies.length > 0));
        }
    }
    return tests;
}
/** The same dependencies, by the first of them. */
function groupSame(edges) {
    const groups = new Map();
    for (const edge of edges) {
        const first = [...groups.keys()].find((other) => (0,conflict/* isSameDependency */.Q)(other, edge)) ?? edge;
        groups.set(first, [...(groups.get(first) ?? []), edge]);
    }
    return groups;
}
function edgeTest(index, edge) {
    const test = edge.first.kind === '^' ? transitiveTest(index, edge) : directTest(index, edge);
    const { parent } = edge;
    const { when } = edge.first;
    if (when === undefined)
        return test;
    const applies = compile(index, when, true);
    return (node) => {
        const subject = parent === undefined || parent === node.name ? node : (0,reach/* findPackage */.CV)(index, node, parent);
        return (subject !== undefined && !applies(subject)) || test(node);
    };
}
/** `^`: the virtuals may come with other edges to a package of that name than the one that meets the rest. */
function transitiveTest(index, { first, specs, virtuals }) {
    const { name } = first.spec;
    const isNamed = (edge) => name === undefined || edge.name === name || edge.virtuals.includes(name);
    const matches = childTest(index, specs, false);
    const tests = virtuals.map((virtual) => (0,reach/* hasDependency */.ws)(index, (edge) => isNamed(edge) && (edge.virtuals.includes(virtual) || edge.name === virtual)));
    tests.push((0,reach/* hasDependency */.ws)(index, (edge) => isNamed(edge) && matches(edge)));
    return (node) => tests.every((test) => test(node));
}
function directTest(index, edge) {
    const { parent, first, specs } = edge;
    const { name } = first.spec;
    const isVirtual = name !== undefined && index.providersOf(name).size > 0;
    const virtuals = isVirtual ? [...edge.virtuals, name] : edge.virtuals;
    const isNamed = ({ name: found, virtuals: provided }) => {
        const assigned = virtuals.length === 0 || virtuals.some((virtual) => provided.includes(virtual));
        return isVirtual ? assigned || found === name : assigned && (name === undefined || found === name);
    };
    const matches = childTest(index, specs, true);
    const isCompiler = compilerTest(specs);
    return (node) => {
        const subject = parent === undefined || parent === name ? node : (0,reach/* findPackage */.CV)(index, node, parent);
        if (subject === undefined)
            return false;
        if (lacksCompilerEdges(subject))
            return isCompiler(subject);
        return subject.dependencies.some((found) => isNamed(found) && first.deptypes.every((type) => found.deptypes.includes(type)) && matches(found));
    };
}
/** Whether the node at the end of an edge meets all of these. */
function childTest(index, specs, deep) {
    const tests = specs.map((spec) => compile(index, spec, deep));
    return (edge) => {
        const child = index.nodes.get(edge.hash);
        if (child !== undefined)
            return tests.every((test) => test(child));
        // A pruned cache: of a package that is not in the graph we know what the edge says.
        return specs.every((spec) => edgeAloneMeets(edge, spec));
    };
}
function edgeAloneMeets(edge, spec) {
    if (!edge.hash.startsWith(spec.hash ?? ''))
        return false;
    if (spec.name !== undefined && spec.name !== edge.name)
        return edge.virtuals.includes(spec.name);
    return asksNothingElse(spec);
}
function asksNothingElse(spec) {
    const { namespace, versions, variants, flags, platform, os, target, dependencies } = spec;
    const attributes = [namespace, versions, platform, os, target];
    return (attributes.every((value) => value === undefined) &&
        variants.length + flags.length + dependencies.length === 0);
}
/** Before format 5 the compiler was no dependency; and an external spec has no dependencies that could tell it. */
function lacksCompilerEdges(node) {
    return node.originalFormat < 5 || (node.external !== undefined && node.dependencies.length === 0);
}
/**
 * Whether a node's compiler, of which only name and version are known, meets all of these. Spack 1.2 knows the
 * old compiler names in what is asked but not in old specs, so that its `%clang` finds nothing there; ours does.
 */
function compilerTest(specs) {
    const versionTests = specs.flatMap(({ versions }) => versions === undefined ? [] : [versionTest(versions)]);
    // Nothing lies below a compiler that could contradict what is propagated.
    const rest = specs.map((spec) => ({
        ...spec,
        namespace: undefined,
        versions: undefined,
        variants: spec.variants.filter(({ propagate }) => !propagate),
    }));
    const canHold = rest.every((spec) => spec.hash === undefined && asksNothingElse(spec));
    return (node) => {
        const compiler = (0,constraint_compiler/* compilerOf */.Lx)(node);
        if (compiler === undefined || !canHold)
            return false;
        const isNamed = specs.every(({ name }) => name === undefined || name === (0,constraint_compiler/* packageOfCompiler */.Bx)(compiler.name));
        return isNamed && versionTests.every((test) => test(compiler));
    };
}


/***/ }),

/***/ 74591:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CV: () => (/* binding */ findPackage),
/* harmony export */   f5: () => (/* binding */ indexGraph),
/* harmony export */   w: () => (/* binding */ holdsThroughout),
/* harmony export */   ws: () => (/* binding */ hasDependency)
/* harmony export */ });
/* harmony import */ var _graph_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85746);
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
            order ??= (0,_graph_js__WEBPACK_IMPORTED_MODULE_0__/* .postOrder */ .b)({ nodes }, nodes.keys());
            return order;
        },
    };
}
/**
 * Whether an edge that passes is among a node's direct build, link and run dependencies, or further below among
 * the link and run dependencies of those: what `^` looks at.
 */
function hasDependency(index, passes) {
    let above;
    const isAbove = (node, known) => node.dependencies.some((edge) => isRuntime(edge.deptypes) && (known.has(edge.hash) || passes(edge)));
    return (node) => {
        above ??= collect(index, isAbove);
        return isAbove(node, above) || node.dependencies.some((edge) => isBuild(edge.deptypes) && passes(edge));
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
// To Spack an edge without types, which nothing writes any more, is of every type.
function isRuntime(deptypes) {
    return deptypes.length === 0 || deptypes.includes('link') || deptypes.includes('run');
}
function isBuild(deptypes) {
    return deptypes.length === 0 || deptypes.includes('build');
}
function collectProviders(nodes) {
    const providers = new Map();
    for (const node of nodes.values()) {
        for (const edge of node.dependencies) {
            for (const virtual of edge.virtuals) {
                const hashes = providers.get(virtual);
                if (hashes === undefined)
                    providers.set(virtual, new Set([edge.hash]));
                else
                    hashes.add(edge.hash);
            }
        }
    }
    return providers;
}


/***/ })

};
