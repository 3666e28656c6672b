export const id = 6939;
export const ids = [6939];
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

/***/ 68397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ askedOfProvider),
/* harmony export */   n: () => (/* binding */ ANYTHING)
/* harmony export */ });
/** What is asked of a node of another name that provides the virtual package which a constraint names. */
function askedOfProvider({ hash, dependencies }) {
    return { ...ANYTHING, hash, dependencies };
}
/** The constraint that everything matches. */
const ANYTHING = {
    name: undefined,
    namespace: undefined,
    versions: undefined,
    variants: [],
    flags: [],
    platform: undefined,
    os: undefined,
    target: undefined,
    hash: undefined,
    dependencies: [],
};


/***/ }),

/***/ 16939:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseSpec: () => (/* binding */ parseSpec),
  parseSpecArguments: () => (/* binding */ parseSpecArguments),
  parseSpecs: () => (/* binding */ parseSpecs)
});

// EXTERNAL MODULE: ./build/spec/node.js
var spec_node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/spec/constraint/compiler.js
var compiler = __webpack_require__(49491);
// EXTERNAL MODULE: ./build/spec/constraint/conflict.js
var constraint_conflict = __webpack_require__(18188);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/spec/target.js
var target = __webpack_require__(63305);
// EXTERNAL MODULE: ./build/spec/version.js
var version = __webpack_require__(63166);
// EXTERNAL MODULE: ./build/spec/constraint/constraint.js
var constraint = __webpack_require__(68397);
// EXTERNAL MODULE: ./build/spec/constraint/scan.js
var scan = __webpack_require__(40295);
;// CONCATENATED MODULE: ./build/spec/constraint/parse-node.js
/** The part of parsing that reads one node: its name, version, variants, flags, architecture and hash. */






function newDraft() {
    return { ...constraint/* ANYTHING */.n, variants: [], flags: [], dependencies: [] };
}
/**
 * Reads one node's name and attributes; false if there is nothing of one at the cursor.
 * @throws BuildcacheError `usage`, naming the column
 */
function parseNode(cursor, node) {
    const start = cursor.next;
    for (let token = cursor.tokens[start]; token !== undefined; token = cursor.tokens[cursor.next]) {
        switch (token.kind) {
            case 'name':
                // A second name starts the next spec, and so does one after an attribute.
                if (cursor.next !== start)
                    return true;
                setName(node, token.text);
                break;
            case 'hash':
                if (node.hash !== undefined)
                    return true;
                node.hash = token.text;
                break;
            case 'version': {
                const { text } = token;
                if (node.versions !== undefined)
                    throw (0,scan/* problemAt */.l4)(cursor.text, token.start, 'a second version');
                node.versions = within(cursor.text, token.start, () => (0,version/* parseVersionSet */.uI)(text));
                break;
            }
            case 'boolean':
            case 'pair':
                setAttribute(cursor.text, node, token);
                break;
            default:
                return cursor.next !== start;
        }
        cursor.next++;
    }
    return cursor.next !== start;
}
/** Adds the column to the errors of what reads a part of the text, which starts there. */
function within(text, start, read) {
    try {
        return read();
    }
    catch (error) {
        if (!(error instanceof errors/* BuildcacheError */.fO))
            throw error;
        throw (0,scan/* problemAt */.l4)(text, start, error.message, error.facts.hint);
    }
}
function setName(node, text) {
    if (text === '*')
        return;
    const dot = text.lastIndexOf('.');
    node.name = text.slice(dot + 1);
    if (dot >= 0)
        node.namespace = text.slice(0, dot);
}
/** What looks like a variant and is none. */
const ATTRIBUTES = ['arch', 'architecture', 'platform', 'os', 'operating_system', 'target', 'namespace'];
/** With the variants that say where one package's source is from. */
const NEVER_PROPAGATED = [...ATTRIBUTES, 'branch', 'commit', 'dev_path', 'patches', 'ref', 'tag'];
const HOST_NAMES = ['frontend', 'fe', 'backend', 'be'];
function setAttribute(text, node, token) {
    const { name, start, propagate } = token;
    if (propagate && NEVER_PROPAGATED.includes(name)) {
        throw (0,scan/* problemAt */.l4)(text, start, `${name} cannot be propagated`, `write ${name}=`);
    }
    const isFlag = spec_node/* FLAG_NAMES */.G0.includes(name);
    if (token.kind === 'boolean') {
        if (isFlag || ATTRIBUTES.includes(name))
            throw (0,scan/* problemAt */.l4)(text, start, `${name} takes a value`, `write ${name}=`);
        addVariant(text, node, start, { kind: 'boolean', name, value: token.value, propagate });
    }
    else if (isFlag) {
        const values = splitFlags(token.value);
        if (values.length > 0)
            node.flags.push({ name, values, propagate });
    }
    else if (name === 'namespace') {
        node.namespace = token.value;
    }
    else if (ATTRIBUTES.includes(name)) {
        setArchitecture(text, node, token);
    }
    else {
        addVariant(text, node, start, parseVariant(text, token));
    }
}
function addVariant(text, node, start, variant) {
    if (node.variants.some(({ name }) => name === variant.name)) {
        throw (0,scan/* problemAt */.l4)(text, start, `variant ${variant.name} given twice`);
    }
    node.variants.push(variant);
}
function parseVariant(text, token) {
    const { name, value, propagate } = token;
    if (/^(true|false)$/i.test(value)) {
        return { kind: 'boolean', name, value: value.toLowerCase() === 'true', propagate };
    }
    if (value === '*')
        return { kind: 'values', name, values: [], exact: false, propagate };
    const values = [...new Set(value.split(','))].sort();
    if (values.includes('*'))
        throw (0,scan/* problemAt */.l4)(text, token.start, '"*" cannot be one of several values');
    return { kind: 'values', name, values, exact: token.exact, propagate };
}
/** A word that does not start with a dash is the value of the flag before it. */
function splitFlags(text) {
    const flags = [];
    for (const word of text.split(/\s+/).filter((part) => part !== '')) {
        const last = flags.at(-1);
        if (last === undefined || word.startsWith('-'))
            flags.push(word);
        else
            flags[flags.length - 1] = `${last} ${word}`;
    }
    return flags;
}
/** `arch=` takes `platform-os-target`, with `None` for a part that is left open, or just a target. */
function setArchitecture(text, node, token) {
    const { name, value, start } = token;
    const parts = value.split('-');
    if ((name === 'arch' || name === 'architecture') && parts.length === 3) {
        const [platform, os, target] = parts;
        setPart(text, start, node, 'platform', platform);
        setPart(text, start, node, 'os', os);
        setPart(text, start, node, 'target', target);
    }
    else if (name === 'platform') {
        setPart(text, start, node, 'platform', value);
    }
    else if (name === 'os' || name === 'operating_system') {
        setPart(text, start, node, 'os', value);
    }
    else {
        setPart(text, start, node, 'target', value);
    }
}
function setPart(text, start, node, part, value = '') {
    if (value === '' || value === 'None')
        return;
    if (node[part] !== undefined)
        throw (0,scan/* problemAt */.l4)(text, start, `${part} given twice`);
    if (part !== 'platform' && (HOST_NAMES.includes(value) || value === `default_${part}`)) {
        const hint = `name the ${part} itself`;
        throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(value)} stands for this host's own ${part}, which a query cannot use,`, hint);
    }
    if (part === 'target')
        node.target = within(text, start, () => (0,target/* parseTargetSet */.lf)(value));
    else
        node[part] = value;
}

;// CONCATENATED MODULE: ./build/spec/constraint/parse.js
/**
 * Parses the spec syntax of Spack 1.2 and later into constraints. It accepts what Spack accepts, except spec files, the
 * names that stand for the host's own operating system and target, and what Spack reads as something nobody can mean:
 * a `when=` with a comma, which Spack cuts short there.
 */





/**
 * All specs in a text, in order; none if it is blank.
 * @throws BuildcacheError `usage`, one line that names the column
 */
function parseSpecs(text) {
    const cursor = { text, tokens: (0,scan/* scan */.SQ)(text), next: 0 };
    const specs = [];
    while (cursor.next < cursor.tokens.length)
        specs.push(parseOne(cursor));
    return specs;
}
/**
 * The one spec in a text.
 * @throws BuildcacheError `usage`, also for none and for more than one
 */
function parseSpec(text) {
    const cursor = { text, tokens: (0,scan/* scan */.SQ)(text), next: 0 };
    if (cursor.tokens.length === 0)
        throw (0,scan/* problemAt */.l4)(text, 0, 'expected a spec');
    const spec = parseOne(cursor);
    const more = cursor.tokens[cursor.next];
    if (more !== undefined)
        throw (0,scan/* problemAt */.l4)(text, more.start, 'expected one spec, but another starts');
    return spec;
}
/**
 * Specs from command-line arguments, which Spack joins: `foo @1.2 %gcc` is one spec. The shell has taken the
 * quotes of `cflags="-O2 -g"`, so an argument that starts like a pair is one, to its end.
 * @throws BuildcacheError `usage`; the column is the one in the joined text, which the message shows
 */
function parseSpecArguments(args) {
    return parseSpecs(args.map(requote).join(' '));
}
function requote(argument) {
    const [, key, value] = /^([A-Za-z0-9_][A-Za-z0-9_.-]*:?==?)(.*)$/s.exec(argument) ?? [];
    if (key === undefined || value === undefined || /^[A-Za-z0-9,/_.\-[\]]*$/.test(value))
        return argument;
    const quote = value.includes("'") ? '"' : "'";
    return key + quote + value.replaceAll(quote, `\\${quote}`) + quote;
}
function parseOne(cursor) {
    const first = cursor.tokens[cursor.next];
    if (first?.kind === 'edge-close')
        throw (0,scan/* problemAt */.l4)(cursor.text, first.start, 'unexpected "]"');
    const root = newDraft();
    parseNode(cursor, root);
    let parent = root;
    for (let token = cursor.tokens[cursor.next]; token !== undefined; token = cursor.tokens[cursor.next]) {
        if (token.kind !== 'edge' && token.kind !== 'edge-open')
            break;
        cursor.next++;
        const attributes = token.kind === 'edge' ? { ...NO_ATTRIBUTES, virtuals: token.virtuals } : parseAttributes(cursor);
        const spec = newDraft();
        // A sigil with nothing after it asks for any package, as `*` does.
        parseNode(cursor, spec);
        if (token.sigil !== '^' && spec.name !== undefined)
            spec.name = (0,compiler/* packageOfCompiler */.Bx)(spec.name);
        // `^` is always the root's; `%` belongs to what stands before it.
        if (token.sigil === '^')
            parent = root;
        const virtuals = [...new Set(attributes.virtuals)].sort();
        const edge = { ...attributes, virtuals, kind: token.sigil, spec };
        const conflict = (0,constraint_conflict/* conflictWith */.F)(parent.dependencies, edge);
        if (conflict !== undefined)
            throw (0,scan/* problemAt */.l4)(cursor.text, token.start, conflict);
        parent.dependencies.push(edge);
        if (token.sigil === '^')
            parent = spec;
    }
    return root;
}
const NO_ATTRIBUTES = { deptypes: [], virtuals: [], when: undefined };
/** What stands between `[` and `]`, and the virtuals assigned after it. */
function parseAttributes(cursor) {
    const { text } = cursor;
    const found = new Map();
    for (let token = cursor.tokens[cursor.next];; token = cursor.tokens[cursor.next]) {
        const at = token?.start ?? text.length;
        if (token?.kind === 'edge-close') {
            cursor.next++;
            const all = [...found.values()];
            return {
                deptypes: all.flatMap(({ deptypes }) => deptypes),
                virtuals: [...all.flatMap(({ virtuals }) => virtuals), ...token.virtuals],
                when: all.find(({ when }) => when !== undefined)?.when,
            };
        }
        if (token?.kind !== 'pair' || token.propagate)
            throw (0,scan/* problemAt */.l4)(text, at, 'expected deptypes=, virtuals=, when= or "]"');
        if (found.has(token.name))
            throw (0,scan/* problemAt */.l4)(text, at, `${token.name} given twice`);
        found.set(token.name, parseAttribute(text, token));
        cursor.next++;
    }
}
function parseAttribute(text, { name, value, start }) {
    switch (name) {
        case 'deptypes': {
            const given = value.split(',');
            const wrong = given.find((type) => !spec_node/* DEPTYPES */.Rt.some((known) => known === type));
            if (wrong !== undefined)
                throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(wrong)} is not one of ${spec_node/* DEPTYPES */.Rt.join(', ')},`);
            return { ...NO_ATTRIBUTES, deptypes: spec_node/* DEPTYPES */.Rt.filter((type) => given.includes(type)) };
        }
        case 'virtuals': {
            const virtuals = value.split(',');
            const wrong = virtuals.find((virtual) => !(0,scan/* isIdentifier */._5)(virtual));
            if (wrong !== undefined)
                throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(wrong)} cannot be a virtual package,`);
            return { ...NO_ATTRIBUTES, virtuals };
        }
        case 'when': {
            if (value.includes(',')) {
                throw (0,scan/* problemAt */.l4)(text, start, 'a condition cannot have a comma', 'Spack would ignore what comes after it');
            }
            return { ...NO_ATTRIBUTES, when: within(text, start, () => parseSpec(value)) };
        }
        default:
            throw (0,scan/* problemAt */.l4)(text, start, `unknown attribute ${name} of a dependency; expected deptypes, virtuals or when,`);
    }
}


/***/ })

};
