export const id = 9981;
export const ids = [9981];
export const modules = {

/***/ 59981:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   formatConstraint: () => (/* binding */ formatConstraint)
/* harmony export */ });
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63305);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63166);
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(40295);
/** Writes a constraint so that parsing the text yields the same constraint, here and, as far as it can, in Spack. */



/** The inverse of `parseSpec`. The constraint that asks nothing is `*`. */
function formatConstraint(constraint) {
    return ([formatNode(constraint, ''), ...formatDependencies(constraint)].filter((part) => part !== '').join(' ') ||
        '*');
}
function formatDependencies({ dependencies }) {
    return dependencies.flatMap((edge) => [formatEdge(edge), ...formatDependencies(edge.spec)]);
}
function formatEdge({ kind, deptypes, virtuals, when, spec }) {
    // `%c=gcc` needs a name to assign to; `%[virtuals=c] *` says the same of any package.
    const isAssignment = virtuals.length > 0 && spec.name !== undefined;
    const attributes = [];
    if (when !== undefined)
        attributes.push(`when=${quoteWords(formatConstraint(when))}`);
    if (deptypes.length > 0)
        attributes.push(`deptypes=${deptypes.join(',')}`);
    if (virtuals.length > 0 && !isAssignment)
        attributes.push(`virtuals=${virtuals.join(',')}`);
    const bracket = attributes.length > 0 ? `[${attributes.join(' ')}] ` : '';
    const assignment = isAssignment ? `${virtuals.join(',')}=` : '';
    return `${kind}${bracket}${assignment}${formatNode(spec, '*')}`;
}
/** @param anonymous stands where the name would, so that an attribute cannot be taken for part of the edge */
function formatNode(node, anonymous) {
    const full = node.namespace === undefined ? node.name : `${node.namespace}.${node.name}`;
    const isQualified = node.name !== undefined && full !== undefined && (0,_scan_js__WEBPACK_IMPORTED_MODULE_2__/* .isPackageName */ .kb)(full);
    let text = (isQualified ? full : node.name) ?? anonymous;
    if (node.versions !== undefined)
        text += `@${(0,_version_js__WEBPACK_IMPORTED_MODULE_1__/* .formatVersionSet */ .C5)(node.versions)}`;
    const pairs = [];
    for (const variant of node.variants) {
        if (variant.kind === 'values')
            pairs.push(formatValues(variant));
        else if (pairs.length > 0)
            pairs.push(formatBoolean(variant));
        else
            text += formatBoolean(variant);
    }
    for (const { name, values, propagate } of node.flags) {
        pairs.push(`${name}${propagate ? '==' : '='}${quoteWords(values.join(' '))}`);
    }
    if (node.namespace !== undefined && !isQualified)
        pairs.push(`namespace=${quote(node.namespace)}`);
    if (node.platform !== undefined)
        pairs.push(`platform=${quote(node.platform)}`);
    if (node.os !== undefined)
        pairs.push(`os=${quote(node.os)}`);
    if (node.target !== undefined)
        pairs.push(`target=${quote((0,_target_js__WEBPACK_IMPORTED_MODULE_0__/* .formatTargetSet */ .dy)(node.target))}`);
    if (node.hash !== undefined)
        pairs.push(`/${node.hash}`);
    return [text, ...pairs].filter((part) => part !== '').join(' ');
}
function formatBoolean({ name, value, propagate }) {
    // Never `-`, which reads as part of a name before it.
    return (value ? '+' : '~').repeat(propagate ? 2 : 1) + name;
}
function formatValues({ name, values, exact, propagate, }) {
    const operator = (exact ? ':' : '') + (propagate ? '==' : '=');
    // Order means nothing, and a value that ends in a backslash must not be the last one in quotes.
    const ordered = [...values].sort((a, b) => Number(b.endsWith('\\')) - Number(a.endsWith('\\')));
    return `${name}${operator}${values.length === 0 ? '*' : quote(ordered.join(','))}`;
}
/** For texts in which a space at the end means nothing. */
function quoteWords(text) {
    return quote(text.endsWith('\\') && !(0,_scan_js__WEBPACK_IMPORTED_MODULE_2__/* .isBareValue */ .WP)(text) ? `${text} ` : text);
}
function quote(value) {
    if ((0,_scan_js__WEBPACK_IMPORTED_MODULE_2__/* .isPlainValue */ .YJ)(value) || value === '*')
        return value;
    if (value.endsWith('\\') && (0,_scan_js__WEBPACK_IMPORTED_MODULE_2__/* .isBareValue */ .WP)(value))
        return value;
    const mark = value.includes("'") ? '"' : "'";
    return mark + value.replaceAll(mark, `\\${mark}`) + mark;
}


/***/ }),

/***/ 40295:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SQ: () => (/* binding */ scan),
/* harmony export */   WP: () => (/* binding */ isBareValue),
/* harmony export */   YJ: () => (/* binding */ isPlainValue),
/* harmony export */   _5: () => (/* binding */ isIdentifier),
/* harmony export */   kb: () => (/* binding */ isPackageName),
/* harmony export */   l4: () => (/* binding */ problemAt)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * Cuts a spec string into tokens, as Spack 1.2 does: what a character starts does not depend on what came
 * before it. Positions are UTF-16 offsets into the text.
 */

/** @throws BuildcacheError `usage`, naming the column, at the first character that starts no token */
function scan(text) {
    const tokens = [];
    let at = 0;
    while (at < text.length) {
        const space = match(SPACE, text, at);
        if (space !== undefined) {
            at += space[0].length;
            continue;
        }
        const token = scanAt(text, at);
        tokens.push(token);
        at = token.end;
        if ((token.kind === 'edge' || token.kind === 'edge-close') && token.virtuals.length > 0) {
            // What the virtuals are assigned to is a name, even where it could start something longer.
            const name = scanName(text, at);
            tokens.push(name);
            at = name.end;
        }
    }
    return tokens;
}
/** One `usage` error about a place in a spec: a single line that says the column, counted in characters from 1. */
function problemAt(text, at, what, hint) {
    const column = [...text.slice(0, at)].length + 1;
    const shown = text.length <= 120 ? text : `${text.slice(0, 117)}…`;
    const message = `${what} at column ${column} of spec ${JSON.stringify(shown)}`;
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', message, hint === undefined ? {} : { hint });
}
/** Whether a text can be the name of a virtual package in `%virtual=package`. */
function isIdentifier(text) {
    return match(IDENTIFIER, text, 0)?.[0].length === text.length;
}
/** Whether a text can be a package name, with or without a namespace. */
function isPackageName(text) {
    return match(DOTTED, text, 0)?.[0].length === text.length;
}
/** Whether a value is read without quotes after `=`; one that starts with `=` itself only after `==`. */
function isBareValue(text) {
    return match(BARE_VALUE, text, 0)?.[0].length === text.length;
}
/** Whether a value is also fit to be shown without quotes: it has nothing that looks like the start of something. */
function isPlainValue(text) {
    return isBareValue(text) && !/^=|[%^~*\\]/.test(text);
}
const SPACE = /\s+/y;
const ID = '[A-Za-z0-9_][A-Za-z0-9_-]*';
const IDENTIFIER = new RegExp(ID, 'y');
const DOTTED = new RegExp(`${ID}(?:\\.${ID})*`, 'y');
const SIGIL = /\^|%%?/y;
const ASSIGNMENT = new RegExp(`\\s*(${ID}(?:,${ID})*)=(?=[A-Za-z0-9_])`, 'y');
const VARIANT_NAME = '[A-Za-z0-9_][A-Za-z0-9_.-]*';
const BOOLEAN = new RegExp(`(\\+\\+?|~~?|--?)\\s*(${VARIANT_NAME})`, 'y');
const KEY = new RegExp(`(${VARIANT_NAME})(:?)=`, 'y');
const BARE_VALUE = /[A-Za-z0-9_\-+*.,:=%^~/\\]+/y;
// Bounded, or a long text of slashes would take quadratic time.
const FILE = /(?:\.|[A-Za-z0-9_-]{0,255}\/)[A-Za-z0-9_./-]{0,4096}\.(?:json|yaml)/y;
const HASH = /\/([A-Za-z0-9_]+)/y;
const ONE_VERSION = '=?[A-Za-z0-9_][A-Za-z0-9_.-]*\\b';
const GIT_VERSION = new RegExp(`@((?:git\\.[A-Za-z0-9_][A-Za-z0-9_./-]*|[A-Fa-f0-9]{40})(?:=${ONE_VERSION})?)`, 'y');
// A range ends before a word that turns out to be the key of a pair: `@1.2:target=zen2`.
const VERSION_ITEM = `(?:(?:${ONE_VERSION})?:(?:${ONE_VERSION}(?!\\s*=))?|${ONE_VERSION})`;
const VERSIONS = new RegExp(`@\\s*(${VERSION_ITEM}(?:\\s*,\\s*${VERSION_ITEM})*)`, 'y');
function match(pattern, text, at) {
    pattern.lastIndex = at;
    return pattern.exec(text) ?? undefined;
}
function scanAt(text, start) {
    switch (text[start]) {
        case '%':
        case '^':
            return scanEdge(text, start);
        case ']': {
            const { virtuals, end } = scanAssignment(text, start + 1);
            return { kind: 'edge-close', start, end, virtuals };
        }
        case '@': {
            const found = match(GIT_VERSION, text, start) ?? match(VERSIONS, text, start);
            if (found === undefined)
                throw problemAt(text, start, 'expected a version or a range after "@"');
            return { kind: 'version', start, end: start + found[0].length, text: found[1] ?? '' };
        }
        case '+':
        case '~':
        case '-':
            return scanBoolean(text, start);
        case '*':
            return { kind: 'name', start, end: start + 1, text: '*' };
        default:
            return scanWord(text, start);
    }
}
function scanEdge(text, start) {
    const sigil = match(SIGIL, text, start)?.[0];
    const after = start + sigil.length;
    if (text[after] === '[')
        return { kind: 'edge-open', start, end: after + 1, sigil };
    const { virtuals, end } = scanAssignment(text, after);
    return { kind: 'edge', start, end, sigil, virtuals };
}
function scanAssignment(text, at) {
    const found = match(ASSIGNMENT, text, at);
    return { virtuals: found?.[1]?.split(',') ?? [], end: at + (found?.[0].length ?? 0) };
}
function scanBoolean(text, start) {
    const found = match(BOOLEAN, text, start);
    const [whole, sign, name] = found ?? [];
    if (whole === undefined || sign === undefined || name === undefined) {
        throw problemAt(text, start, `expected a variant's name after "${text[start]}"`);
    }
    const end = start + whole.length;
    return { kind: 'boolean', start, end, name, value: sign.startsWith('+'), propagate: sign.length === 2 };
}
function scanWord(text, start) {
    const pair = scanPair(text, start);
    if (pair !== undefined)
        return pair;
    const file = match(FILE, text, start)?.[0];
    if (file !== undefined) {
        throw problemAt(text, start, 'a spec file cannot be used as a query', 'name the spec, or give its /hash');
    }
    const hash = match(HASH, text, start);
    if (hash !== undefined)
        return { kind: 'hash', start, end: start + hash[0].length, text: hash[1] ?? '' };
    return scanName(text, start);
}
function scanName(text, start) {
    const name = match(DOTTED, text, start)?.[0];
    if (name !== undefined)
        return { kind: 'name', start, end: start + name.length, text: name };
    const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
    throw problemAt(text, start, `unexpected ${JSON.stringify(character)}`);
}
function scanPair(text, start) {
    const key = match(KEY, text, start);
    if (key === undefined)
        return undefined;
    const [whole, name = '', colon] = key;
    const first = start + whole.length;
    const exact = colon === ':';
    // `a==b` propagates; a lone second `=` is a value of its own.
    for (const propagate of text[first] === '=' ? [true, false] : [false]) {
        const at = propagate ? first + 1 : first;
        const value = scanValue(text, at);
        if (value !== undefined) {
            return { kind: 'pair', start, end: value.end, name, value: value.text, exact, propagate };
        }
    }
    throw problemAt(text, first, `expected a value for "${name}"`, 'quote a value that has spaces or brackets');
}
function scanValue(text, at) {
    const bare = match(BARE_VALUE, text, at)?.[0];
    if (bare !== undefined)
        return { text: bare, end: at + bare.length };
    const quote = text[at];
    if (quote !== '"' && quote !== "'")
        return undefined;
    let end = at + 1;
    while (end < text.length && (text[end] !== quote || text[end - 1] === '\\'))
        end++;
    if (end >= text.length) {
        // Spack would let a quote after a backslash close the value if no other does, so that what a value is
        // depends on the rest of the line. A value that ends in a backslash has to go without quotes.
        throw problemAt(text, at, `no closing ${quote} for the value that starts`, 'a quote after a backslash does not close a value');
    }
    return { text: text.slice(at + 1, end).replaceAll(`\\${quote}`, quote), end: end + 1 };
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

/***/ 63166:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C5: () => (/* binding */ formatVersionSet),
/* harmony export */   QJ: () => (/* binding */ versionInSet),
/* harmony export */   Zy: () => (/* binding */ compareVersions),
/* harmony export */   ot: () => (/* binding */ parseVersion),
/* harmony export */   rL: () => (/* binding */ versionSetsOverlap),
/* harmony export */   uI: () => (/* binding */ parseVersionSet)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * Spack's versions: how they are ordered, and which versions a written set (`1.2`, `1.2:1.4`, `=1.2`, lists)
 * contains. A bare `1.2` is the set of everything that starts with 1.2; only `=1.2` means one version.
 *
 * A version is read as runs of digits and runs of letters, whatever separates them. Words sort before numbers
 * and numbers before the names of moving versions (`main`, `develop`, …); a trailing alpha, beta or rc
 * makes a pre-release, which sorts before the release it leads to.
 */

/** Reads a version; never fails, because what cannot be part of a version is a separator. */
function parseVersion(text) {
    const isGit = text.startsWith('git.') || COMMIT.test(text) || text.indexOf('=', 1) > 0;
    if (!isGit)
        return parseRelease(text);
    const spelled = text.startsWith('git.') ? text.slice(4) : text;
    const equals = spelled.indexOf('=');
    if (equals < 0)
        return { kind: 'git', text, ref: spelled, release: undefined };
    return {
        kind: 'git',
        text,
        ref: spelled.slice(0, equals),
        release: parseRelease(spelled.slice(equals + 1)),
    };
}
/**
 * Orders versions as Spack sorts them. Zero means equal to Spack: `1-2` and `1_2` are.
 * A git version comes right after the release it stands for, and after nothing when that is not known.
 */
function compareVersions(a, b) {
    const order = compareReleases(releaseOf(a), releaseOf(b));
    if (order !== 0)
        return order;
    if (a.kind === 'git')
        return b.kind === 'git' ? comparePrimitives(a.ref, b.ref) : 1;
    return b.kind === 'git' ? -1 : 0;
}
/**
 * Reads what may follow `@` in a spec: versions, ranges and a comma between them.
 * @throws BuildcacheError `usage` for characters no version has and for a range that ends before it starts
 */
function parseVersionSet(text) {
    return text.replace(/\s/g, '').split(',').map(parseItem);
}
/** The inverse of {@link parseVersionSet}. */
function formatVersionSet(set) {
    const only = set.length === 1 ? set[0] : undefined;
    // Alone, a git version needs no `=`, and must not have one: `=` then belongs to the version it stands for.
    if (only?.kind === 'exact' && only.version.kind === 'git')
        return only.version.text;
    return set.map(formatItem).join(',');
}
/**
 * Whether a concrete version is in the set. A git version whose release is not written is in the sets that
 * name it and in the open range only: nothing else about it can be known without its repository.
 */
function versionInSet(version, set) {
    return set.some((item) => item.kind === 'exact' ? sameVersion(version, item.version) : inRange(version, item.low, item.high));
}
/** Whether some version could be in both sets. */
function versionSetsOverlap(a, b) {
    return a.some((x) => b.some((y) => itemsOverlap(x, y)));
}
const MOVING_NAMES = ['stable', 'nightly', 'trunk', 'head', 'master', 'main', 'develop'];
const STAGES = new Map([
    ['alpha', 0],
    ['beta', 1],
    ['rc', 2],
    ['final', 3],
]);
const FINAL = 3;
const COMMIT = /^[a-f0-9]{40}$/;
const VALID = /^[A-Za-z0-9_.-]+$/;
const RUN = /[0-9]+|[A-Za-z]+/g;
function parseRelease(text) {
    const runs = text.match(RUN) ?? [];
    let stage = [FINAL];
    const last = runs.at(-1);
    const rank = STAGES.get(last ?? '');
    const rankBefore = STAGES.get(runs.at(-2) ?? '');
    if (runs.length >= 3 && rankBefore !== undefined && last !== undefined && isDigits(last)) {
        stage = [rankBefore, integer(last)];
        runs.splice(-2);
    }
    else if (runs.length >= 2 && rank !== undefined) {
        stage = [rank];
        runs.splice(-1);
    }
    return { kind: 'release', text, components: runs.map(component), stage };
}
function component(run) {
    if (isDigits(run))
        return integer(run);
    const moving = MOVING_NAMES.indexOf(run);
    return moving < 0 ? run : { moving };
}
function isDigits(run) {
    return run.charCodeAt(0) <= 0x39;
}
function integer(digits) {
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value : BigInt(digits);
}
function releaseOf(version) {
    return version.kind === 'git' ? (version.release ?? UNKNOWN_RELEASE) : version;
}
/** Spack takes a ref none of whose ancestors carries a version for version 0. */
const UNKNOWN_RELEASE = parseRelease('0');
function compareReleases(a, b) {
    return compareLists(a.components, b.components) || compareLists(a.stage, b.stage);
}
function compareLists(a, b) {
    const shared = Math.min(a.length, b.length);
    for (let i = 0; i < shared; i++) {
        const order = compareComponents(a[i], b[i]);
        if (order !== 0)
            return order;
    }
    return a.length - b.length;
}
function compareComponents(a, b) {
    const rank = rankOf(a) - rankOf(b);
    if (rank !== 0)
        return rank;
    if (typeof a === 'object' && typeof b === 'object')
        return a.moving - b.moving;
    return comparePrimitives(a, b);
}
function comparePrimitives(a, b) {
    if (a < b)
        return -1;
    return a > b ? 1 : 0;
}
function rankOf(value) {
    if (typeof value === 'string')
        return 0;
    return typeof value === 'object' ? 2 : 1;
}
function sameVersion(a, b) {
    if (a.kind === 'release')
        return b.kind === 'release' && compareReleases(a, b) === 0;
    if (b.kind === 'release' || a.ref !== b.ref)
        return false;
    return a.release === undefined || b.release === undefined || compareReleases(a.release, b.release) === 0;
}
function inRange(version, low, high) {
    if (low === undefined && high === undefined)
        return true;
    const release = version.kind === 'git' ? version.release : version;
    if (release === undefined)
        return false;
    if (low !== undefined && compareReleases(release, low) < 0)
        return false;
    return high === undefined || compareReleases(release, firstAfter(high)) < 0;
}
function itemsOverlap(a, b) {
    if (a.kind === 'exact') {
        return b.kind === 'exact' ? sameVersion(a.version, b.version) : mayBeInRange(a.version, b);
    }
    if (b.kind === 'exact')
        return mayBeInRange(b.version, a);
    return startsBeforeEnd(a.low, b.high) && startsBeforeEnd(b.low, a.high);
}
function mayBeInRange(version, range) {
    if (version.kind === 'git' && version.release === undefined)
        return true;
    return inRange(version, range.low, range.high);
}
function startsBeforeEnd(low, high) {
    return low === undefined || high === undefined || compareReleases(low, firstAfter(high)) < 0;
}
const firstAfterCache = new WeakMap();
/** The exclusive end of a range up to `high`: the first version that does not start with it. */
function firstAfter(high) {
    let bound = firstAfterCache.get(high);
    if (bound === undefined) {
        bound = computeFirstAfter(high);
        firstAfterCache.set(high, bound);
    }
    return bound;
}
function computeFirstAfter(high) {
    const [rank, number] = high.stage;
    if (rank !== undefined && rank !== FINAL) {
        return { components: high.components, stage: [rank, number === undefined ? 0 : increment(number)] };
    }
    const last = high.components.at(-1);
    if (last === undefined)
        return { components: ['A'], stage: high.stage };
    return { components: [...high.components.slice(0, -1), increment(last)], stage: high.stage };
}
function increment(value) {
    switch (typeof value) {
        case 'number':
            return Number.isSafeInteger(value + 1) ? value + 1 : BigInt(value) + 1n;
        case 'bigint':
            return value + 1n;
        case 'object':
            return { moving: value.moving + 1 };
        case 'string': {
            const next = nextWord(value);
            return MOVING_NAMES.includes(next) ? nextWord(next) : next;
        }
    }
}
/** The next word where letters run A…Z, a…z; after z one is appended, so that `abz` ends before `abzA`. */
function nextWord(word) {
    const last = word.at(-1);
    if (last === undefined || last === 'z')
        return `${word}A`;
    return word.slice(0, -1) + (last === 'Z' ? 'a' : String.fromCharCode(last.charCodeAt(0) + 1));
}
function parseItem(text) {
    const bounds = text.split(':');
    const [low, high] = bounds;
    if (low === undefined || bounds.length > 2)
        throw invalid(text, 'more than one colon');
    if (high !== undefined) {
        const range = { kind: 'range', low: parseBound(low), high: parseBound(high) };
        if (range.low !== undefined &&
            range.high !== undefined &&
            compareReleases(firstAfter(range.high), range.low) < 0) {
            throw invalid(text, 'the range ends before it starts');
        }
        return range;
    }
    if (low.startsWith('='))
        return { kind: 'exact', version: checkedVersion(low.slice(1)) };
    const version = checkedVersion(low);
    return version.kind === 'git' ? { kind: 'exact', version } : { kind: 'range', low: version, high: version };
}
function parseBound(text) {
    if (text === '')
        return undefined;
    if (!VALID.test(text))
        throw invalid(text, 'expected letters, digits, dots, dashes and underscores');
    // In `@1:2.key=value` the range ends before the key, and with a dot that says nothing.
    return parseRelease(text.replace(/[.-]+$/, ''));
}
function checkedVersion(text) {
    const version = parseVersion(text);
    const release = version.kind === 'git' ? version.release : version;
    const refIsFine = version.kind === 'release' || /^[\w./-]+$/.test(version.ref);
    if (!refIsFine || (release !== undefined && !VALID.test(release.text))) {
        throw invalid(text, 'expected letters, digits, dots, dashes and underscores');
    }
    return version;
}
function formatItem(item) {
    if (item.kind === 'exact')
        return `=${item.version.text}`;
    const { low, high } = item;
    if (low !== undefined && low.text === high?.text)
        return low.text;
    return `${low?.text ?? ''}:${high?.text ?? ''}`;
}
function invalid(text, reason) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `not a version or range: ${JSON.stringify(text)} (${reason})`);
}


/***/ }),

/***/ 22242:
/***/ ((module) => {

module.exports = /*#__PURE__*/JSON.parse('{"i0":{"0x41":"ARM","0x42":"Broadcom","0x43":"Cavium","0x44":"DEC","0x46":"Fujitsu","0x48":"HiSilicon","0x49":"Infineon Technologies AG","0x4d":"Motorola","0x4e":"Nvidia","0x50":"APM","0x51":"Qualcomm","0x53":"Samsung","0x56":"Marvell","0x61":"Apple","0x66":"Faraday","0x68":"HXT","0x69":"Intel"},"nF":{"sse4.1":"sse4_1","sse4.2":"sse4_2","avx1.0":"avx","lahf":"lahf_lm","sha":"sha_ni","popcnt lzcnt":"abm","clfsopt":"clflushopt","xsave":"xsavec xsaveopt"},"zV":{"x86":{"from":[],"vendor":"generic","adds":[]},"i686":{"from":["x86"],"vendor":"GenuineIntel","adds":[]},"pentium2":{"from":["i686"],"vendor":"GenuineIntel","adds":["mmx"]},"pentium3":{"from":["pentium2"],"vendor":"GenuineIntel","adds":["sse"]},"pentium4":{"from":["pentium3"],"vendor":"GenuineIntel","adds":["sse2"]},"prescott":{"from":["pentium4"],"vendor":"GenuineIntel","adds":["sse3"]},"x86_64":{"from":[],"vendor":"generic","adds":[]},"x86_64_v2":{"from":["x86_64"],"vendor":"generic","adds":["cx16","lahf_lm","mmx","popcnt","sse","sse2","sse3","sse4_1","sse4_2","ssse3"]},"x86_64_v3":{"from":["x86_64_v2"],"vendor":"generic","adds":["abm","avx","avx2","bmi1","bmi2","f16c","fma","movbe","xsave"]},"x86_64_v4":{"from":["x86_64_v3"],"vendor":"generic","adds":["avx512bw","avx512cd","avx512dq","avx512f","avx512vl"]},"nocona":{"from":["x86_64"],"vendor":"GenuineIntel","adds":["mmx","sse","sse2","sse3"]},"core2":{"from":["nocona"],"vendor":"GenuineIntel","adds":["ssse3"]},"nehalem":{"from":["core2","x86_64_v2"],"vendor":"GenuineIntel","adds":[]},"westmere":{"from":["nehalem"],"vendor":"GenuineIntel","adds":["aes","pclmulqdq"]},"sandybridge":{"from":["westmere"],"vendor":"GenuineIntel","adds":["avx"]},"ivybridge":{"from":["sandybridge"],"vendor":"GenuineIntel","adds":["f16c","rdrand"]},"haswell":{"from":["ivybridge","x86_64_v3"],"vendor":"GenuineIntel","adds":[]},"broadwell":{"from":["haswell"],"vendor":"GenuineIntel","adds":["adx","rdseed"]},"skylake":{"from":["broadwell"],"vendor":"GenuineIntel","adds":["clflushopt","xsavec","xsaveopt"]},"mic_knl":{"from":["broadwell"],"vendor":"GenuineIntel","adds":["avx512cd","avx512er","avx512f","avx512pf"]},"skylake_avx512":{"from":["skylake","x86_64_v4"],"vendor":"GenuineIntel","adds":["clwb"]},"cannonlake":{"from":["skylake"],"vendor":"GenuineIntel","adds":["avx512bw","avx512cd","avx512dq","avx512f","avx512ifma","avx512vbmi","avx512vl","sha_ni"]},"cascadelake":{"from":["skylake_avx512"],"vendor":"GenuineIntel","adds":["avx512_vnni"]},"icelake":{"from":["cascadelake","cannonlake"],"vendor":"GenuineIntel","adds":["avx512_bitalg","avx512_vbmi2","avx512_vpopcntdq","gfni","rdpid","vaes","vpclmulqdq"]},"sapphirerapids":{"from":["icelake"],"vendor":"GenuineIntel","adds":["amx_bf16","amx_int8","amx_tile","avx512_bf16","cldemote","movdir64b","movdiri","serialize","waitpkg"]},"k10":{"from":["x86_64"],"vendor":"AuthenticAMD","adds":["3dnow","3dnowext","abm","cx16","mmx","sse","sse2","sse4a"]},"bulldozer":{"from":["x86_64_v2"],"vendor":"AuthenticAMD","adds":["abm","aes","avx","fma4","pclmulqdq","sse4a","xop","xsave"]},"piledriver":{"from":["bulldozer"],"vendor":"AuthenticAMD","adds":["bmi1","f16c","fma","tbm"]},"steamroller":{"from":["piledriver"],"vendor":"AuthenticAMD","adds":["fsgsbase"]},"excavator":{"from":["steamroller","x86_64_v3"],"vendor":"AuthenticAMD","adds":[]},"zen":{"from":["x86_64_v3"],"vendor":"AuthenticAMD","adds":["aes","clflushopt","clzero","fsgsbase","pclmulqdq","rdseed","sse4a","xsavec","xsaveopt"]},"zen2":{"from":["zen"],"vendor":"AuthenticAMD","adds":["clwb"]},"zen3":{"from":["zen2"],"vendor":"AuthenticAMD","adds":["pku","vaes","vpclmulqdq"]},"zen4":{"from":["zen3","x86_64_v4"],"vendor":"AuthenticAMD","adds":["avx512_bf16","avx512_bitalg","avx512_vbmi2","avx512_vnni","avx512_vpopcntdq","avx512ifma","avx512vbmi","flush_l1d","gfni"]},"zen5":{"from":["zen4"],"vendor":"AuthenticAMD","adds":["avx512_vp2intersect","avx_vnni","ibrs_enhanced","movdir64b","movdiri","tsc_adjust"]},"ppc64":{"from":[],"vendor":"generic","adds":[]},"power7":{"from":["ppc64"],"vendor":"IBM","adds":[],"generation":7},"power8":{"from":["power7"],"vendor":"IBM","adds":[],"generation":8},"power9":{"from":["power8"],"vendor":"IBM","adds":[],"generation":9},"power10":{"from":["power9"],"vendor":"IBM","adds":[],"generation":10},"ppc64le":{"from":[],"vendor":"generic","adds":[]},"power8le":{"from":["ppc64le"],"vendor":"IBM","adds":[],"generation":8},"power9le":{"from":["power8le"],"vendor":"IBM","adds":[],"generation":9},"power10le":{"from":["power9le"],"vendor":"IBM","adds":[],"generation":10},"aarch64":{"from":[],"vendor":"generic","adds":[]},"armv8.1a":{"from":["aarch64"],"vendor":"generic","adds":[]},"armv8.2a":{"from":["armv8.1a"],"vendor":"generic","adds":[]},"armv8.3a":{"from":["armv8.2a"],"vendor":"generic","adds":[]},"armv8.4a":{"from":["armv8.3a"],"vendor":"generic","adds":[]},"armv8.5a":{"from":["armv8.4a"],"vendor":"generic","adds":[]},"armv8.6a":{"from":["armv8.5a"],"vendor":"generic","adds":[]},"armv9.0a":{"from":["armv8.5a"],"vendor":"generic","adds":[]},"thunderx2":{"from":["armv8.1a"],"vendor":"Cavium","adds":["aes","asimd","asimdrdm","atomics","cpuid","crc32","evtstrm","fp","pmull","sha1","sha2"],"part":"0x0af"},"a64fx":{"from":["armv8.2a"],"vendor":"Fujitsu","adds":["asimd","asimdhp","asimdrdm","atomics","cpuid","crc32","dcpop","evtstrm","fcma","fp","fphp","sha1","sha2","sve"],"part":"0x001"},"cortex_a72":{"from":["aarch64"],"vendor":"ARM","adds":["aes","asimd","cpuid","crc32","evtstrm","fp","pmull","sha1","sha2"],"part":"0xd08"},"neoverse_n1":{"from":["cortex_a72","armv8.2a"],"vendor":"ARM","adds":["asimddp","asimdhp","asimdrdm","atomics","dcpop","fphp","lrcpc"],"part":"0xd0c"},"neoverse_v1":{"from":["neoverse_n1","armv8.4a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","dgh","dit","fcma","flagm","i8mm","ilrcpc","jscvt","rng","sha3","sha512","sve","svebf16","svei8mm","uscat"],"part":"0xd40"},"neoverse_v2":{"from":["neoverse_n1","armv9.0a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","fcma","flagm","flagm2","frint","i8mm","ilrcpc","jscvt","sb","sha3","sha512","sve","sve2","svebf16","svei8mm","uscat"],"part":"0xd4f"},"neoverse_n2":{"from":["neoverse_n1","armv9.0a"],"vendor":"ARM","adds":["asimdfhm","bf16","dcpodp","fcma","flagm","flagm2","frint","i8mm","ilrcpc","jscvt","sb","sha3","sha512","sve","sve2","svebf16","svei8mm","uscat"],"part":"0xd49"},"m1":{"from":["armv8.4a"],"vendor":"Apple","adds":["aes","asimd","asimddp","asimdfhm","asimdhp","asimdrdm","atomics","cpuid","crc32","dcpodp","dcpop","dit","evtstrm","fcma","flagm","flagm2","fp","fphp","frint","ilrcpc","jscvt","lrcpc","paca","pacg","pmull","sb","sha1","sha2","sha3","sha512","ssbs","uscat"],"part":"0x022"},"m2":{"from":["m1","armv8.5a"],"vendor":"Apple","adds":["bf16","bti","ecv","i8mm"],"part":"0x032"},"m3":{"from":["m2","armv8.6a"],"vendor":"Apple","adds":[],"part":"Unknown"},"m4":{"from":["m3","armv8.6a"],"vendor":"Apple","adds":["sme","sme2"],"part":"Unknown"},"arm":{"from":[],"vendor":"generic","adds":[]},"ppc":{"from":[],"vendor":"generic","adds":[]},"ppcle":{"from":[],"vendor":"generic","adds":[]},"sparc":{"from":[],"vendor":"generic","adds":[]},"sparc64":{"from":[],"vendor":"generic","adds":[]},"riscv64":{"from":[],"vendor":"generic","adds":[]},"u74mc":{"from":["riscv64"],"vendor":"SiFive","adds":[]}}}');

/***/ })

};
