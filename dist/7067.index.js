export const id = 7067;
export const ids = [7067];
export const modules = {

/***/ 28314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   I: () => (/* binding */ kindOf),
/* harmony export */   LW: () => (/* binding */ stringifyCompact),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   X1: () => (/* binding */ NumberToken),
/* harmony export */   qF: () => (/* binding */ parseJson)
/* harmony export */ });
/* unused harmony export OrderedObject */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * JSON that keeps what `JSON.parse` loses and Spack's hashes depend on: number tokens (`1.0` is not `1`) and
 * the order of integer-like keys. Ordinary documents take the fast path through `JSON.parse`; only one with
 * such a token is read by our own parser, and only where it matters do its values differ from plain ones:
 * an object with an integer-like key becomes an {@link OrderedObject}, a number that JavaScript would print
 * otherwise a {@link NumberToken}.
 */

/** A number whose text JavaScript would not reproduce. */
class NumberToken {
    token;
    constructor(token) {
        this.token = token;
    }
    /** `JSON.stringify` cannot write it: see {@link stringifyCompact}. */
    toJSON() {
        throw NOT_PLAIN;
    }
}
/** An object whose keys would be reordered in a plain one. */
class OrderedObject extends Map {
    toJSON() {
        throw NOT_PLAIN;
    }
}
const NOT_PLAIN = new Error('not a plain value');
/** No document of ours nests deeper than a dozen; a hostile one must not reach the call stack's end. */
const MAX_DEPTH = 256;
/**
 * Parses JSON text.
 * @param source the file or redacted URL, for messages
 * @throws `bad-input` naming the source, and line and column where they are known
 */
function parseJson(text, source) {
    const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    try {
        if (losesTokens(body))
            return new Parser(body).document();
        const value = JSON.parse(body);
        return value;
    }
    catch (error) {
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO)
            throw error;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `not valid JSON (${explain(error, body)})`, { file: source, expected: 'a JSON document', found: preview(body) }, error);
    }
}
/**
 * Compact JSON exactly as Python's `json.dumps(value, separators=(",", ":"))` writes it: ASCII only, everything
 * outside 0x20–0x7e escaped with lower-case digits.
 * @throws `bad-input` for values nested deeper than any spec
 */
function stringifyCompact(value) {
    let text;
    try {
        text = JSON.stringify(value); // several times as fast, and right for all but our own two classes
    }
    catch (error) {
        if (error !== NOT_PLAIN && !(error instanceof RangeError))
            throw error;
    }
    return text === undefined ? emit(value, 0) : escapeBeyondAscii(text);
}
/** A plain object, from anywhere: not an array, not null, not one of the classes above. */
function isObject(value) {
    return (typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        !(value instanceof OrderedObject) &&
        !(value instanceof NumberToken));
}
/** What a value is, for "expected …, found …". */
function kindOf(value) {
    if (value === undefined)
        return 'nothing';
    if (value === null)
        return 'null';
    if (Array.isArray(value))
        return 'a list';
    if (value instanceof NumberToken || typeof value === 'number')
        return 'a number';
    if (typeof value === 'object')
        return 'an object';
    return typeof value === 'boolean' ? 'a boolean' : 'a string';
}
/** A value from a document for a message: itself where it is short, else what kind it is. */
function shown(value) {
    if (value instanceof NumberToken)
        return value.token;
    if (typeof value === 'string' && value.length <= 40)
        return value;
    return typeof value === 'number' ? String(value) : kindOf(value);
}
/** Whether the text holds a token that `JSON.parse` followed by `JSON.stringify` may change. */
function losesTokens(text) {
    return /"\d{1,16}"\s*:|(?:^|[:,[\s])(?:-?\d+(?:\.|[eE]|\d{15})|-0)/.test(text);
}
function emit(value, depth) {
    if (depth > MAX_DEPTH)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `nested deeper than ${MAX_DEPTH} levels`);
    switch (typeof value) {
        case 'string':
            return quote(value);
        case 'boolean':
            return value ? 'true' : 'false';
        case 'number':
            return String(value);
        case 'object':
            break;
        default:
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('internal', `cannot write ${typeof value} as JSON`);
    }
    if (value === null)
        return 'null';
    if (value instanceof NumberToken)
        return value.token;
    if (Array.isArray(value))
        return `[${value.map((item) => emit(item, depth + 1)).join(',')}]`;
    const entries = value instanceof OrderedObject ? [...value] : Object.entries(value);
    const members = [];
    for (const [key, member] of entries) {
        if (member !== undefined)
            members.push(`${quote(key)}:${emit(member, depth + 1)}`);
    }
    return `{${members.join(',')}}`;
}
function quote(text) {
    return escapeBeyondAscii(JSON.stringify(text));
}
function escapeBeyondAscii(json) {
    if (!/[\u007f-\uffff]/.test(json))
        return json;
    return json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
function explain(error, text) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /at position (\d+)/.exec(message)?.[1];
    if (position !== undefined)
        return `syntax error at ${lineAndColumn(text, Number(position))}`;
    return /end of JSON/.test(message) ? 'it ends too early' : 'syntax error';
}
function lineAndColumn(text, position) {
    const before = text.slice(0, position);
    const line = before.split('\n').length;
    return `line ${line}, column ${position - before.lastIndexOf('\n')}`;
}
function preview(text) {
    const start = text.trimStart();
    if (start === '')
        return 'an empty document';
    if (/^<(?:!doctype|html|\?xml)/i.test(start))
        return 'an HTML or XML page';
    return `${JSON.stringify(start.slice(0, 24))}…`;
}
/** Sticky: matched at the parser's position only. */
const WORD_OR_NUMBER = /[a-z]+|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Recursive descent with a depth limit, for the rare documents whose tokens matter. */
class Parser {
    #text;
    #at = 0;
    constructor(text) {
        this.#text = text;
    }
    document() {
        const value = this.#value(0);
        this.#space();
        if (this.#at < this.#text.length)
            this.#fail();
        return value;
    }
    #value(depth) {
        if (depth > MAX_DEPTH)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `JSON nested deeper than ${MAX_DEPTH} levels`);
        this.#space();
        const c = this.#text[this.#at];
        if (c === '{')
            return this.#object(depth);
        if (c === '[')
            return this.#array(depth);
        if (c === '"')
            return this.#string();
        WORD_OR_NUMBER.lastIndex = this.#at;
        const token = WORD_OR_NUMBER.exec(this.#text)?.[0];
        if (token === undefined)
            return this.#fail();
        const start = this.#at;
        this.#at += token.length;
        if (token === 'true')
            return true;
        if (token === 'false')
            return false;
        if (token === 'null')
            return null;
        if (/^[a-z]/.test(token)) {
            this.#at = start;
            return this.#fail();
        }
        const number = Number(token);
        return String(number) === token ? number : new NumberToken(token);
    }
    #object(depth) {
        const entries = new OrderedObject();
        let ordered = true;
        this.#at++;
        if (!this.#skip('}')) {
            do {
                this.#space();
                if (this.#text[this.#at] !== '"')
                    this.#fail();
                const key = this.#string();
                if (!this.#skip(':'))
                    this.#fail();
                if (/^(?:0|[1-9]\d*)$/.test(key))
                    ordered = false;
                entries.set(key, this.#value(depth + 1));
            } while (this.#skip(','));
            if (!this.#skip('}'))
                this.#fail();
        }
        // fromEntries defines own properties, so "__proto__" is a key like any other.
        return ordered ? Object.fromEntries(entries) : entries;
    }
    #array(depth) {
        const items = [];
        this.#at++;
        if (this.#skip(']'))
            return items;
        do
            items.push(this.#value(depth + 1));
        while (this.#skip(','));
        if (!this.#skip(']'))
            this.#fail();
        return items;
    }
    #string() {
        const start = this.#at;
        // By hand, since a pattern keeps a state for each character of a string and runs out of them in a long one.
        let end = start;
        do {
            end = this.#text.indexOf('"', end + 1);
            if (end === -1)
                return this.#fail();
        } while (this.#isEscaped(end));
        let value;
        try {
            value = JSON.parse(this.#text.slice(start, end + 1));
        }
        catch {
            return this.#fail();
        }
        this.#at = end + 1;
        return String(value);
    }
    #isEscaped(at) {
        let before = at - 1;
        while (this.#text[before] === '\\')
            before--;
        return (at - before) % 2 === 0;
    }
    #skip(c) {
        this.#space();
        if (this.#text[this.#at] !== c)
            return false;
        this.#at++;
        return true;
    }
    #space() {
        for (;;) {
            const c = this.#text.charCodeAt(this.#at);
            if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09)
                return;
            this.#at++;
        }
    }
    #fail() {
        throw new SyntaxError(`Unexpected token in JSON at position ${this.#at}`);
    }
}


/***/ }),

/***/ 193:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ redactUrl)
/* harmony export */ });
/** Takes credentials out of URLs before they reach a message, a log or a summary. */
/**
 * The URL without user information and with the values of its query taken out (signed URLs carry their
 * secret there). Text that is no URL has anything that looks like `user:password@` removed.
 */
function redactUrl(url) {
    try {
        const parsed = new URL(url);
        parsed.username = '';
        parsed.password = '';
        const names = [...new Set(parsed.searchParams.keys())];
        // A part without a value may be the secret itself.
        const shown = names.map((name) => parsed.searchParams.get(name) === '' ? '***' : `${encodeURIComponent(name)}=***`);
        parsed.search = '';
        const query = shown.length === 0 ? '' : `?${shown.join('&')}`;
        const { hash } = parsed;
        parsed.hash = '';
        return parsed.href + query + hash;
    }
    catch {
        return String(url).replace(/\/\/[^/@\s]*@/g, '//');
    }
}


/***/ }),

/***/ 62029:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ parseMirrors)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(77934);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _location_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6296);
/** The `mirrors` section of Spack's configuration -> {@link Mirror}s. Outside data: one schema, then trusted. */




const Text = valibot__WEBPACK_IMPORTED_MODULE_3__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_3__/* .minLength */ .BpQ(1));
const Nullable = (schema) => valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .nullable */ .mee(schema));
const connection = {
    url: Nullable(Text),
    view: Nullable(Text),
    profile: Nullable(Text),
    endpoint_url: Nullable(Text),
    access_token: Nullable(Text),
    access_token_variable: Nullable(Text),
    access_pair: Nullable(valibot__WEBPACK_IMPORTED_MODULE_3__/* .union */ .KCZ([
        valibot__WEBPACK_IMPORTED_MODULE_3__/* .tuple */ .PVZ([valibot__WEBPACK_IMPORTED_MODULE_3__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()), valibot__WEBPACK_IMPORTED_MODULE_3__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP())]),
        valibot__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({ id: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(Text), id_variable: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(Text), secret_variable: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(Text) }),
    ])),
};
const Connection = valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3(connection);
const MirrorSchema = valibot__WEBPACK_IMPORTED_MODULE_3__/* .union */ .KCZ([
    Text,
    valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({
        ...connection,
        fetch: Nullable(valibot__WEBPACK_IMPORTED_MODULE_3__/* .union */ .KCZ([Text, Connection])),
        push: Nullable(valibot__WEBPACK_IMPORTED_MODULE_3__/* .union */ .KCZ([Text, Connection])),
        signed: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY()),
        autopush: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY()),
        binary: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY()),
    }),
]);
/**
 * @param section the value of `mirrors:`, from YAML or JSON
 * @param file the file it stands in, for messages
 * @throws `bad-input` naming the mirror and what is wrong with it
 */
function parseMirrors(section, file, context) {
    if (section === undefined || section === null)
        return { mirrors: [], notes: [] };
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(section)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'mirrors is malformed', {
            file,
            expected: 'a map of names to mirrors',
        });
    }
    const notes = [];
    const mirrors = Object.entries(section).map(([name, value]) => {
        // YAML keys may carry Spack's override mark: `name::`.
        return parseMirror(name.replace(/:+$/, ''), value, file, context, notes);
    });
    return { mirrors, notes };
}
function parseMirror(name, value, file, context, notes) {
    const parsed = valibot__WEBPACK_IMPORTED_MODULE_3__/* .safeParse */ .xLC(MirrorSchema, value);
    if (!parsed.success) {
        const issue = parsed.issues[0];
        const path = valibot__WEBPACK_IMPORTED_MODULE_3__/* .getDotPath */ .BuJ(issue);
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `mirror "${name}"${path ? ` (${path})` : ''} is malformed`, {
            file,
            expected: 'a URL, or a map with url, fetch, push, signed, autopush, binary, view, access_pair …',
            found: issue.received.slice(0, 60),
        });
    }
    const config = typeof parsed.output === 'string' ? { url: parsed.output } : parsed.output;
    const side = (direction) => {
        const own = 'fetch' in config || 'push' in config ? config[direction] : undefined;
        const specific = typeof own === 'string' ? { url: own } : (own ?? {});
        const merged = { ...withoutNull(config), ...withoutNull(specific) };
        return {
            // A mirror may be for one direction only; using it for the other is an error then and not before.
            url: typeof merged.url === 'string' ? (0,_location_js__WEBPACK_IMPORTED_MODULE_2__/* .locationUrl */ .$4)(merged.url, context) : '',
            view: merged.view ?? undefined,
            endpointUrl: merged.endpoint_url ?? undefined,
            credentials: credentialSource(merged, name, notes),
        };
    };
    const fetch = side('fetch');
    const push = side('push');
    if (fetch.url === '' && push.url === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `mirror "${name}" has no URL`, {
            file,
            expected: 'url, fetch or push',
        });
    }
    return {
        name,
        fetch,
        push,
        // Registries cannot hold Spack's signatures, so there it has to be asked for.
        signed: ('signed' in config ? config.signed : undefined) ?? !(0,_location_js__WEBPACK_IMPORTED_MODULE_2__/* .isRegistryUrl */ .bs)(fetch.url),
        autopush: ('autopush' in config ? config.autopush : undefined) ?? false,
        binary: ('binary' in config ? config.binary : undefined) ?? true,
    };
}
function credentialSource(config, name, notes) {
    const { access_pair: pair, access_token_variable: tokenVariable, profile } = config;
    const plain = (key) => {
        const note = `mirror "${name}": ${key} holds a secret in plain text and is ignored. ` +
            'Name a variable instead (secret_variable, access_token_variable)';
        if (!notes.includes(note))
            notes.push(note);
    };
    if (typeof config.access_token === 'string')
        plain('access_token');
    let id;
    let secretVariable;
    if (Array.isArray(pair)) {
        if (pair.some((part) => part !== null && part !== ''))
            plain('access_pair');
    }
    else if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(pair)) {
        const { id: value, id_variable: variable, secret_variable: secret } = pair;
        id = variable !== undefined ? { variable } : value !== undefined ? { value } : undefined;
        secretVariable = secret;
    }
    return { id, secretVariable, tokenVariable: tokenVariable ?? undefined, profile: profile ?? undefined };
}
function withoutNull(value) {
    return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null && item !== undefined));
}


/***/ }),

/***/ 52875:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ux: () => (/* binding */ environmentMirrors),
  rM: () => (/* binding */ environmentScopes),
  jY: () => (/* binding */ findEnvironment),
  ZQ: () => (/* binding */ mergeMirrors),
  vd: () => (/* binding */ mirrorsFile),
  hN: () => (/* binding */ parseYaml),
  Qo: () => (/* binding */ readEnvironment),
  ZE: () => (/* binding */ sectionOf)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/spec/assemble.js
var assemble = __webpack_require__(91880);
// EXTERNAL MODULE: ./build/spec/decode-node.js
var decode_node = __webpack_require__(39595);
// EXTERNAL MODULE: ./build/spec/hash.js
var hash = __webpack_require__(94032);
;// CONCATENATED MODULE: ./build/spec/lockfile.js
/** Reads `spack.lock`, versions 4 to 6 (spec formats 3 to 5), with the environments it includes concretely. */





const FORMAT_OF = { 4: 3, 5: 4, 6: 5 };
/**
 * @param text the lockfile's text
 * @param file its path, for messages
 * @returns every concrete spec, those of included environments too, and all roots; several may share a hash
 * @throws `bad-input` for anything malformed, dangling or cyclic, `corrupt` where a DAG hash does not hold,
 *   `unsupported` for versions we do not read, with what to run
 */
function readLockfile(text, file) {
    const lock = expectObject((0,json/* parseJson */.qF)(text, file), file, 'the document');
    const format = formatOf(lock, file);
    const nodes = new Map();
    const roots = [];
    const visit = (part, at, depth) => {
        if (depth > 16)
            throw malformed(file, `${at}include_concrete`, 'at most 16 levels of included environments');
        readSpecs(part['concrete_specs'] ?? (depth === 0 ? undefined : {}), format, file, `${at}concrete_specs`, nodes);
        for (const root of readRoots(part['roots'], file, `${at}roots`))
            roots.push(root);
        const included = part['include_concrete'];
        if (included === undefined)
            return;
        for (const [name, inner] of Object.entries(expectObject(included, file, `${at}include_concrete`))) {
            const place = `${at}include_concrete.${name}`;
            visit(expectObject(inner, file, place), `${place}.`, depth + 1);
        }
    };
    visit(lock, '', 0);
    (0,assemble/* assertClosedAndAcyclic */._)(nodes, file);
    for (const root of roots) {
        if (!nodes.has(root.hash)) {
            throw malformed(file, `root ${JSON.stringify(root.spec)}`, `its hash ${root.hash} among concrete_specs`);
        }
    }
    return { nodes, roots };
}
function formatOf(lock, file) {
    const meta = (0,json/* isObject */.Gv)(lock['_meta']) ? lock['_meta'] : {};
    const version = meta['lockfile-version'];
    if (meta['file-type'] !== 'spack-lockfile' || typeof version !== 'number') {
        throw new errors/* BuildcacheError */.fO('bad-input', 'not a Spack lockfile', {
            file,
            expected: '_meta with file-type "spack-lockfile" and a lockfile-version',
            found: (0,json/* kindOf */.I)(lock['_meta']),
            hint: 'name the spack.lock of a concretized environment',
        });
    }
    const format = FORMAT_OF[version];
    if (format !== undefined)
        return format;
    const hint = version < 4
        ? 'concretize it again with Spack 0.18 or newer: spack -e DIR concretize --force'
        : 'it was written by a newer Spack; update buildcache-action';
    throw new errors/* BuildcacheError */.fO('unsupported', `lockfile version ${version} is not supported`, {
        file,
        expected: 'version 4, 5 or 6',
        hint,
    });
}
function readSpecs(value, format, file, at, into) {
    for (const [key, dict] of Object.entries(expectObject(value, file, at))) {
        if (!(0,decode_node/* isDagHash */.X)(key))
            throw malformed(file, `${at}.${key}`, 'DAG hashes of 32 base32 characters as keys');
        const node = (0,decode_node/* decodeNode */.j)(dict, format, file, `${at}.${key}`);
        if (node.hash !== key) {
            throw new errors/* BuildcacheError */.fO('bad-input', `${at}.${key} is another spec`, {
                file,
                expected: `hash ${key}`,
                found: node.hash,
            });
        }
        (0,hash/* verifyHash */.KK)(node, file);
        into.set(key, node);
    }
}
function readRoots(value, file, at) {
    if (!Array.isArray(value))
        throw malformed(file, at, 'a list of roots', value);
    return value.map((item, i) => {
        const root = expectObject(item, file, `${at}[${i}]`);
        const { hash, spec } = root;
        if (!(0,decode_node/* isDagHash */.X)(hash))
            throw malformed(file, `${at}[${i}].hash`, 'a DAG hash of 32 base32 characters', hash);
        if (typeof spec !== 'string')
            throw malformed(file, `${at}[${i}].spec`, 'a string', spec);
        return { hash, spec };
    });
}
function expectObject(value, file, at) {
    if ((0,json/* isObject */.Gv)(value))
        return value;
    throw malformed(file, at, 'an object', value);
}
function malformed(file, at, expected, found) {
    return new errors/* BuildcacheError */.fO('bad-input', `${at} is malformed`, {
        file,
        expected,
        ...(found === undefined ? {} : { found: (0,json/* kindOf */.I)(found) }),
    });
}

// EXTERNAL MODULE: ./build/mirrors/config.js
var config = __webpack_require__(62029);
// EXTERNAL MODULE: ./build/mirrors/host-facts.js
var host_facts = __webpack_require__(45559);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
;// CONCATENATED MODULE: ./build/mirrors/environment.js
/** A Spack environment on disk: where its lockfile is, and what its `spack.yaml` and what that includes configure. */








/** Includes within includes; a file that includes itself ends here. */
const MAX_INCLUDES = 8;
/**
 * @param where a folder, or a file in it: `spack.lock` by any name, or `spack.yaml`
 * @throws `not-found` when there is no such folder or file
 */
async function findEnvironment(where) {
    const path = (0,external_node_path_.resolve)(where);
    let isFolder;
    try {
        isFolder = (await (0,promises_.stat)(path)).isDirectory();
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, path, 'open the environment');
    }
    if (isFolder)
        return { folder: path, lockfile: (0,external_node_path_.join)(path, 'spack.lock') };
    if ((0,external_node_path_.basename)(path) === 'spack.yaml')
        return { folder: (0,external_node_path_.dirname)(path), lockfile: (0,external_node_path_.join)((0,external_node_path_.dirname)(path), 'spack.lock') };
    return { folder: (0,external_node_path_.dirname)(path), lockfile: path };
}
/** @throws `not-found` with what to run when it is not concretized; whatever {@link readLockfile} throws */
async function readEnvironment(files) {
    const { lockfile, folder } = files;
    let text;
    try {
        text = await (0,promises_.readFile)(lockfile, 'utf8');
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) !== 'ENOENT')
            throw (0,errors/* fileError */.zS)(error, lockfile, 'read the lockfile');
        throw new errors/* BuildcacheError */.fO('not-found', 'there is no lockfile', {
            file: lockfile,
            hint: `concretize the environment first (spack -e ${folder} concretize), or name another (environment)`,
        });
    }
    return readLockfile(text, lockfile);
}
/**
 * The mirrors of `spack.yaml` and of what it includes; none when there is no such file.
 * @throws `bad-input` for malformed files, `not-found` for an include that is not optional and not there
 */
async function environmentMirrors(folder, env) {
    const { scopes, notes } = await environmentScopes(folder, env);
    let result = { mirrors: [], notes };
    for (const { sections, file, context } of scopes) {
        const own = sectionOf(sections, 'mirrors');
        const parsed = (0,config/* parseMirrors */.C)(own?.[1], file, context);
        result = mergeMirrors(result, { ...parsed, ...tlsOf(sections, context) });
        if (own?.[0].endsWith(':'))
            break; // `mirrors::` replaces what comes after
    }
    return result;
}
/**
 * The files of an environment's configuration, the one that wins first: `spack.yaml`, then what it includes; none
 * when there is no such file. The notes say what is not read.
 * @throws as {@link environmentMirrors}
 */
async function environmentScopes(folder, env) {
    const file = (0,external_node_path_.join)(folder, 'spack.yaml');
    const document = await readYaml(file, true);
    const found = { scopes: [], notes: [] };
    if (document === undefined)
        return found;
    const spack = (0,json/* isObject */.Gv)(document) ? document['spack'] : undefined;
    if (!(0,json/* isObject */.Gv)(spack)) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'not an environment', {
            file,
            expected: 'a map under "spack:"',
            found: (0,json/* kindOf */.I)(spack ?? document),
        });
    }
    await readScope(found, spack, file, { base: folder, environment: folder, env }, 0);
    return found;
}
/** The mirrors of a `mirrors.yaml`, with or without its `mirrors:` line. @throws as {@link environmentMirrors} */
async function mirrorsFile(file, env, environment) {
    const path = (0,external_node_path_.resolve)(file);
    const document = await readYaml(path, false);
    const section = (0,json/* isObject */.Gv)(document) ? sectionOf(document, 'mirrors') : undefined;
    const mirrors = section === undefined ? document : section[1];
    return (0,config/* parseMirrors */.C)(mirrors, path, await contextFor(mirrors, { base: (0,external_node_path_.dirname)(path), environment, env }));
}
/** The mirrors of both, the first's winning where both have a name. */
function mergeMirrors(first, second) {
    const names = new Set(first.mirrors.map((mirror) => mirror.name));
    return {
        mirrors: [...first.mirrors, ...second.mirrors.filter(({ name }) => !names.has(name))],
        notes: [...first.notes, ...second.notes],
        verifyTls: first.verifyTls ?? second.verifyTls,
        caFile: first.caFile ?? second.caFile,
    };
}
/** Parses YAML text. @throws `bad-input` with line and column */
async function parseYaml(text, source) {
    const { parseDocument } = await __webpack_require__.e(/* import() */ 8815).then(__webpack_require__.t.bind(__webpack_require__, 38815, 19));
    try {
        // Inside as well: nesting deep enough ends the call stack here.
        const document = parseDocument(text, { merge: true, prettyErrors: true, logLevel: 'error' });
        const [problem] = document.errors;
        if (problem !== undefined)
            throw problem;
        return document.toJS({ maxAliasCount: 100 }); // an alias bomb throws here
    }
    catch (error) {
        const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        throw new errors/* BuildcacheError */.fO('bad-input', `not valid YAML: ${message.replace(/:$/, '')}`, { file: source }, error);
    }
}
/** Looks at this machine if the document has a variable that says something about it. */
async function contextFor(document, context) {
    return { ...context, host: context.host ?? (await (0,host_facts/* hostFactsFor */.P)(JSON.stringify(document) ?? '')) };
}
async function readScope(found, sections, file, around, depth) {
    if (depth > MAX_INCLUDES) {
        throw new errors/* BuildcacheError */.fO('bad-input', `includes nested deeper than ${MAX_INCLUDES}`, { file });
    }
    const context = await contextFor(sections, around);
    found.scopes.push({ sections, file, context });
    const includes = sectionOf(sections, 'include')?.[1];
    for (const include of Array.isArray(includes) ? includes : []) {
        await readInclude(found, include, file, context, depth);
    }
}
/** `config:verify_ssl` and `config:ssl_certs`, where they say something. */
function tlsOf(scope, context) {
    const config = (0,json/* isObject */.Gv)(scope['config']) ? scope['config'] : {};
    const { verify_ssl: verify, ssl_certs: certs } = config;
    const file = typeof certs === 'string' ? (0,mirrors_location/* expandPath */.aD)(certs, context) : '';
    return {
        verifyTls: typeof verify === 'boolean' ? verify : undefined,
        // A variable that is not set stays as it is written, and means none.
        caFile: file === '' || file.startsWith('$') ? undefined : (0,external_node_path_.resolve)(context.base, file),
    };
}
/** A section and its key, which may carry Spack's override mark: `mirrors::`. */
function sectionOf(scope, name) {
    return Object.entries(scope).find(([key]) => key.replace(/:+$/, '') === name);
}
async function readInclude(found, include, from, context, depth) {
    const text = (0,json/* isObject */.Gv)(include) ? include['path'] : include;
    const skip = (why) => void found.notes.push(`${from}: an include is not read, ${why}`);
    if ((0,json/* isObject */.Gv)(include) && include['when'] !== undefined)
        return skip('it depends on "when", which only Spack evaluates');
    if (typeof text !== 'string')
        return skip('it is not a path on this machine');
    if ((0,mirrors_location/* hasKnownScheme */.ZC)(text) && !text.startsWith('file:'))
        return skip('it is not on this machine');
    const path = (0,external_node_path_.resolve)(context.base, (0,mirrors_location/* expandPath */.aD)(text.replace(/^file:\/\//, ''), context));
    const optional = (0,json/* isObject */.Gv)(include) && include['optional'] === true;
    let isFolder = false;
    try {
        isFolder = (await (0,promises_.stat)(path)).isDirectory();
    }
    catch (error) {
        if (optional)
            return;
        throw (0,errors/* fileError */.zS)(error, path, `read what ${from} includes`);
    }
    const files = isFolder ? SECTION_FILES.map((name) => (0,external_node_path_.join)(path, name)) : [path];
    for (const file of files) {
        const document = await readYaml(file, isFolder);
        if (!(0,json/* isObject */.Gv)(document))
            continue;
        const sections = (0,json/* isObject */.Gv)(document['spack']) ? document['spack'] : document;
        await readScope(found, sections, file, { ...context, base: (0,external_node_path_.dirname)(file) }, depth + 1);
    }
}
/** Of a folder, what is read: one section a file. */
const SECTION_FILES = ['mirrors.yaml', 'config.yaml', 'packages.yaml', 'modules.yaml'];
async function readYaml(file, optional) {
    let text;
    try {
        text = await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        if (optional && (0,errors/* systemCode */.xU)(error) === 'ENOENT')
            return undefined;
        throw (0,errors/* fileError */.zS)(error, file, 'read it');
    }
    return parseYaml(text, file);
}


/***/ }),

/***/ 45559:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ hostFactsFor)
/* harmony export */ });
/** The facts if the text names one of these variables. */
async function hostFactsFor(text) {
    if (!/\$\{?(?:arch|architecture|os|operating_system|target)\b/i.test(text))
        return undefined;
    const { hostArchitecture } = await __webpack_require__.e(/* import() */ 189).then(__webpack_require__.bind(__webpack_require__, 40189));
    return hostArchitecture();
}


/***/ }),

/***/ 6296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $4: () => (/* binding */ locationUrl),
/* harmony export */   ZC: () => (/* binding */ hasKnownScheme),
/* harmony export */   aD: () => (/* binding */ expandPath),
/* harmony export */   bs: () => (/* binding */ isRegistryUrl),
/* harmony export */   gI: () => (/* binding */ isLocation)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(73136);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/** What people write for a place -> a URL, with Spack's rules for paths and variables. */




/** Schemes Spack takes verbatim. */
const SCHEMES = ['file', 'http', 'https', 'sftp', 'ftp', 's3', 'gs', 'oci', 'oci+http'];
/**
 * The URL of a configured mirror: a known scheme is taken verbatim, a path is expanded and made absolute. So is an
 * unknown one (`htps://`), which Spack takes for a folder: a mistyped mirror must not look like an empty one.
 * @throws `usage` when a path names something only Spack knows
 */
function locationUrl(text, context) {
    if (hasKnownScheme(text) || /^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(text))
        return text;
    return (0,node_url__WEBPACK_IMPORTED_MODULE_2__.pathToFileURL)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(context.base, expandPath(text, context))).href;
}
function hasKnownScheme(text) {
    const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1];
    return scheme !== undefined && SCHEMES.includes(scheme.toLowerCase());
}
/** Whether a mirror is kept in an OCI registry. */
function isRegistryUrl(url) {
    return /^oci(\+http)?:/i.test(url);
}
/** Whether a mirror argument is a path or URL; else it must be a configured name. */
function isLocation(argument) {
    return /[/\\]/.test(argument) || argument === '.' || argument === '..' || hasKnownScheme(argument);
}
/** Spack's configuration variables first (any case), then environment variables (unset ones stay), then `~`. */
function expandPath(path, { environment, env, host }) {
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    const os = () => host?.os ?? missing('$os', 'write the operating system out');
    const target = () => host?.target ?? missing('$target', 'write the target out');
    const arch = () => `${platform}-${os()}-${target()}`;
    const known = {
        spack: () => env['SPACK_ROOT'] ?? missing('$spack', 'set SPACK_ROOT'),
        env: () => environment,
        user: () => (0,node_os__WEBPACK_IMPORTED_MODULE_0__.userInfo)().username,
        tempdir: () => env['TMPDIR'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_0__.tmpdir)(),
        date: () => new Date().toISOString().slice(0, 10),
        user_cache_path: () => env['SPACK_USER_CACHE_PATH'] ?? '~/.spack',
        spack_instance_id: () => missing('$spack_instance_id', 'write the path out'),
        spack_short_version: () => missing('$spack_short_version', 'write the version out'),
        platform: () => platform,
        os,
        operating_system: os,
        target,
        arch,
        architecture: arch,
        target_family: targetFamily,
    };
    const expanded = path
        .replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, bare, braced) => {
        const name = (bare ?? braced ?? '').toLowerCase();
        return (Object.hasOwn(known, name) ? known[name]?.() : undefined) ?? whole;
    })
        .replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, bare, braced) => env[bare ?? braced ?? ''] ?? whole);
    return expanded.replace(/^~(?=\/|$)/, () => env['HOME'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_0__.homedir)());
}
function targetFamily() {
    const families = { x64: 'x86_64', arm64: 'aarch64', ppc64: 'ppc64le' };
    return families[process.arch] ?? process.arch;
}
function missing(variable, hint) {
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('usage', `a configured path uses ${variable}, whose value is not known here`, {
        hint,
    });
}


/***/ }),

/***/ 91880:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ assertClosedAndAcyclic)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** Puts decoded nodes together: closed under dependencies and without cycles, or one clear error. */

/**
 * @throws `bad-input` when a dependency is not in the document or the dependencies go round in a circle
 */
function assertClosedAndAcyclic(nodes, source) {
    const done = new Set();
    const open = new Set();
    const stack = [];
    for (const start of nodes.values()) {
        if (done.has(start.hash))
            continue;
        stack.push({ node: start, next: 0 });
        open.add(start.hash);
        for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
            const edge = top.node.dependencies[top.next++];
            if (edge === undefined) {
                open.delete(top.node.hash);
                done.add(top.node.hash);
                stack.pop();
                continue;
            }
            if (done.has(edge.hash))
                continue;
            const node = nodes.get(edge.hash);
            if (node === undefined)
                throw dangling(top.node, edge.name, edge.hash, source);
            if (open.has(edge.hash))
                throw cycle(stack.map((frame) => frame.node), node, source);
            stack.push({ node, next: 0 });
            open.add(edge.hash);
        }
    }
}
function dangling(node, name, hash, source) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${node.name}/${node.hash} depends on ${name}/${hash}`, {
        file: source,
        expected: 'that spec in the same file',
        found: 'no such spec',
        hint: 'the file is incomplete; concretize again or restore it',
    });
}
function cycle(path, node, source) {
    const from = path.findIndex((step) => step.hash === node.hash);
    const names = [...path.slice(from), node].map((step) => step.name);
    const shown = names.length > 8 ? [...names.slice(0, 4), '…', ...names.slice(-3)] : names;
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `the dependencies go round in a circle: ${shown.join(' -> ')}`, {
        file: source,
        expected: 'a directed acyclic graph',
    });
}


/***/ }),

/***/ 39595:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ isDagHash),
/* harmony export */   j: () => (/* binding */ decodeNode)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56832);
/**
 * One node dictionary of a spec document -> a {@link SpecNode}. Everything in it is attacker-controlled: names,
 * versions and hashes end up in paths and URLs, so their alphabets are checked here, once.
 */



/** Whether text is a DAG hash: 32 characters of lower-case base32. */
function isDagHash(text) {
    return typeof text === 'string' && /^[a-z2-7]{32}$/.test(text);
}
/**
 * @param dict the node as parsed JSON
 * @param format the document's format, which decides the shape of compilers and dependencies
 * @param source the document, for messages
 * @param at where in the document, for messages (`concrete_specs.<hash>`)
 * @throws `bad-input` naming the place, what was expected and what was found
 */
function decodeNode(dict, format, source, at) {
    const doc = new Place(source, at);
    const node = doc.object(dict, 'a spec node');
    const arch = doc.object(node['arch'], 'an object', 'arch');
    const { variants, flags } = decodeParameters(node, doc);
    return {
        name: doc.matching(node['name'], /^\w[\w-]*$/, 'a package name', 'name'),
        version: doc.matching(node['version'], /^[^\s\p{Cc}]{1,512}$/u, 'a concrete version', 'version'),
        hash: doc.matching(node['hash'], /^[a-z2-7]{32}$/, 'a DAG hash of 32 base32 characters', 'hash'),
        namespace: doc.optionalString(node['namespace'], 'namespace'),
        platform: doc.matching(arch['platform'], ARCH_PART, 'a platform', 'arch.platform'),
        os: doc.matching(arch['platform_os'], ARCH_PART, 'an operating system', 'arch.platform_os'),
        target: decodeTarget(arch['target'], doc),
        compiler: decodeCompiler(node['compiler'], doc),
        variants,
        flags,
        external: decodeExternal(node['external'], doc),
        dependencies: decodeDependencies(node['dependencies'], format, doc),
        buildSpec: decodeBuildSpec(node['build_spec'], doc),
        format,
        originalFormat: decodeOriginalFormat(node['annotations'], format, doc),
        dict: node,
    };
}
const ARCH_PART = /^[\w.+-]{1,128}$/;
function decodeTarget(target, doc) {
    const name = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(target) ? target['name'] : target;
    return doc.matching(name, ARCH_PART, 'a target name', 'arch.target');
}
function decodeCompiler(value, doc) {
    if (value === undefined || value === null)
        return undefined;
    const compiler = doc.object(value, 'an object', 'compiler');
    return {
        name: doc.matching(compiler['name'], /^\w[\w-]*$/, 'a compiler name', 'compiler.name'),
        version: doc.matching(compiler['version'], /^[^\s/\p{Cc}]{1,256}$/u, 'a version', 'compiler.version'),
    };
}
function decodeParameters(node, doc) {
    const variants = new Map();
    const flags = new Map();
    const parameters = node['parameters'];
    if (parameters !== undefined) {
        for (const [name, value] of Object.entries(doc.object(parameters, 'an object', 'parameters'))) {
            const at = `parameters.${name}`;
            if (_node_js__WEBPACK_IMPORTED_MODULE_2__/* .FLAG_NAMES */ .G0.includes(name))
                flags.set(name, doc.strings(value, at));
            else
                variants.set(name, decodeVariant(value, doc, at));
        }
    }
    // Older documents have patches beside the parameters only.
    const patches = node['patches'];
    if (patches !== undefined && !variants.has('patches')) {
        const list = doc.strings(patches, 'patches');
        if (list.length > 0)
            variants.set('patches', [...list].sort());
    }
    return { variants, flags };
}
function decodeVariant(value, doc, at) {
    if (typeof value === 'boolean')
        return value;
    // Spack reads any spelling of these strings as booleans.
    if (typeof value === 'string')
        return /^(true|false)$/i.test(value) ? /^true$/i.test(value) : value;
    if (typeof value === 'number')
        return String(value);
    if (Array.isArray(value)) {
        const items = value.map((item) => (typeof item === 'boolean' ? pythonBool(item) : doc.string(item, at)));
        return [...new Set(items)].sort(); // sets, in Spack's eyes
    }
    return doc.fail('a boolean, a string or a list of strings', value, at);
}
/** A boolean among several values prints as Python prints it. */
function pythonBool(value) {
    return value ? 'True' : 'False';
}
function decodeExternal(value, doc) {
    if (value === undefined || value === null)
        return undefined;
    const external = doc.object(value, 'an object', 'external');
    return { path: doc.optionalString(external['path'], 'external.path') };
}
function decodeBuildSpec(value, doc) {
    if (value === undefined)
        return undefined;
    const spec = doc.object(value, 'an object', 'build_spec');
    return {
        name: doc.matching(spec['name'], /^\w[\w-]*$/, 'a package name', 'build_spec.name'),
        hash: doc.matching(spec['hash'], /^[a-z2-7]{32}$/, 'a DAG hash', 'build_spec.hash'),
    };
}
function decodeOriginalFormat(value, format, doc) {
    if (value === undefined)
        return format;
    const original = doc.object(value, 'an object', 'annotations')['original_specfile_version'];
    if (original === undefined)
        return format;
    if (typeof original !== 'number')
        doc.fail('a number', original, 'annotations.original_specfile_version');
    return Number(original);
}
function decodeDependencies(value, format, doc) {
    if (value === undefined)
        return [];
    if (!Array.isArray(value))
        return doc.fail('a list', value, 'dependencies');
    return value.map((item, i) => {
        const at = `dependencies[${i}]`;
        const edge = doc.object(item, 'an object', at);
        const parameters = format === 3 ? edge : doc.object(edge['parameters'], 'an object', `${at}.parameters`);
        const types = doc.strings(parameters[format === 3 ? 'type' : 'deptypes'], `${at}.deptypes`);
        const unknown = types.find((type) => !_node_js__WEBPACK_IMPORTED_MODULE_2__/* .DEPTYPES */ .Rt.some((known) => known === type));
        if (unknown !== undefined)
            doc.fail(`dependency types out of ${_node_js__WEBPACK_IMPORTED_MODULE_2__/* .DEPTYPES */ .Rt.join(', ')}`, unknown, `${at}.deptypes`);
        return {
            name: doc.matching(edge['name'], /^\w[\w-]*$/, 'a package name', `${at}.name`),
            hash: doc.matching(edge['hash'], /^[a-z2-7]{32}$/, 'a DAG hash of 32 base32 characters', `${at}.hash`),
            deptypes: _node_js__WEBPACK_IMPORTED_MODULE_2__/* .DEPTYPES */ .Rt.filter((type) => types.includes(type)),
            virtuals: parameters['virtuals'] === undefined ? [] : doc.strings(parameters['virtuals'], `${at}.virtuals`),
            direct: format < 5 || parameters['direct'] === true,
        };
    });
}
/** A place in a document, so that every complaint names it the same way. */
class Place {
    #source;
    #at;
    constructor(source, at) {
        this.#source = source;
        this.#at = at;
    }
    fail(expected, value, field) {
        const place = field === undefined ? this.#at : `${this.#at}.${field}`;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${place} is malformed`, {
            file: this.#source,
            expected,
            found: typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(value),
        });
    }
    object(value, expected, field) {
        return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) ? value : this.fail(expected, value, field);
    }
    string(value, field) {
        return typeof value === 'string' ? value : this.fail('a string', value, field);
    }
    optionalString(value, field) {
        return value === undefined || value === null ? undefined : this.string(value, field);
    }
    matching(value, pattern, expected, field) {
        return typeof value === 'string' && pattern.test(value) ? value : this.fail(expected, value, field);
    }
    strings(value, field) {
        if (!Array.isArray(value))
            return this.fail('a list of strings', value, field);
        return value.map((item) => this.string(item, field));
    }
}


/***/ }),

/***/ 94032:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KK: () => (/* binding */ verifyHash)
/* harmony export */ });
/* unused harmony exports dagHash, hashMustHold, hashHolds */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28314);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(56832);
/**
 * DAG hashes: lower-case base32 of SHA-1 over the compact JSON of the node dictionary without its `hash`
 * (Spack's `spec_hash`). The stored hash is always kept; this says where it must equal the recomputed one.
 */




/**
 * The hash of a node dictionary in Spack's key order. A spliced node keeps the last seven characters of its
 * build spec's hash, so that prefixes keep their length.
 */
function dagHash(dict) {
    const { hash: _, ...rest } = dict;
    return finish((0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringifyCompact */ .LW)(rest), dict);
}
/**
 * Whether the stored hash must equal the recomputed one. It normally does not for external nodes reused from
 * elsewhere, for format 3 and older, for nodes an older Spack hashed and a newer one rewrote, and where the
 * target is a microarchitecture object, which every Spack emits after its own data.
 */
function hashMustHold(node) {
    const arch = node.dict['arch'];
    return (node.format >= 4 &&
        node.originalFormat === node.format &&
        node.external === undefined &&
        (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(arch) &&
        typeof arch['target'] === 'string');
}
/**
 * Whether the node's content gives its hash, in the document's key order or, for documents whose keys a tool
 * has sorted, in Spack's.
 */
function hashHolds(node) {
    return dagHash(node.dict) === node.hash || dagHash(inSpackOrder(node.dict)) === node.hash;
}
/** @throws `corrupt`, naming the node, where the hash must hold and does not */
function verifyHash(node, source) {
    if (!hashMustHold(node) || hashHolds(node))
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('corrupt', `the content of ${node.name}@${node.version} does not give its DAG hash`, {
        file: source,
        expected: node.hash,
        found: dagHash(node.dict),
        hint: 'the file was changed after Spack wrote it; concretize again or restore it',
    });
}
const NODE_KEYS = [
    ...[
        'name',
        'version',
        'arch',
        'compiler',
        'namespace',
        'parameters',
        'external',
        'patches',
        'package_hash',
    ],
    ...['dependencies', 'build_spec', 'annotations'],
];
function inSpackOrder(dict) {
    const node = ordered(dict, NODE_KEYS);
    node['arch'] = ordered(node['arch'], ['platform', 'platform_os', 'target']);
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(node['compiler']))
        node['compiler'] = ordered(node['compiler'], ['name', 'version']);
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(node['external']))
        node['external'] = ordered(node['external'], ['path', 'module', 'extra_attributes']);
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(node['build_spec']))
        node['build_spec'] = ordered(node['build_spec'], ['name', 'hash']);
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(node['annotations']))
        node['annotations'] = ordered(node['annotations'], ['original_specfile_version', 'compiler']);
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(node['parameters'])) {
        const names = Object.keys(node['parameters']).sort();
        const flags = names.filter((name) => _node_js__WEBPACK_IMPORTED_MODULE_3__/* .FLAG_NAMES */ .G0.includes(name));
        node['parameters'] = ordered(node['parameters'], [
            ...names.filter((name) => !flags.includes(name)),
            ...flags,
        ]);
    }
    if (Array.isArray(node['dependencies'])) {
        node['dependencies'] = node['dependencies'].map((edge) => {
            const inOrder = ordered(edge, ['name', 'hash', 'parameters']);
            inOrder['parameters'] = ordered(inOrder['parameters'], ['deptypes', 'virtuals', 'direct']);
            return inOrder;
        });
    }
    return node;
}
function ordered(value, keys) {
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value))
        return {};
    const known = keys.filter((key) => key in value).map((key) => [key, value[key]]);
    return Object.fromEntries([...known, ...Object.entries(value).filter(([key]) => !keys.includes(key))]);
}
function finish(json, dict) {
    const hash = base32((0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha1').update(json).digest());
    const built = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(dict['build_spec']) ? dict['build_spec']['hash'] : undefined;
    return typeof built === 'string' ? hash.slice(0, -7) + built.slice(-7) : hash;
}
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** RFC 4648 base32, lower case. A SHA-1's 160 bits are 32 characters exactly, so nothing is padded. */
function base32(bytes) {
    let text = '';
    let bits = 0;
    let held = 0;
    for (const byte of bytes) {
        held = ((held << 8) | byte) & 0xfff;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text += ALPHABET.charAt((held >> bits) & 31);
        }
    }
    return text;
}


/***/ }),

/***/ 56832:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BC: () => (/* binding */ shortHash),
/* harmony export */   G0: () => (/* binding */ FLAG_NAMES),
/* harmony export */   Rt: () => (/* binding */ DEPTYPES)
/* harmony export */ });
/** In the order Spack writes them. */
const DEPTYPES = ['build', 'link', 'run', 'test'];
/** The names of the flag lists, which `parameters` mixes with the variants. */
const FLAG_NAMES = [
    'cflags',
    'cppflags',
    'cxxflags',
    'fflags',
    'ldflags',
    'ldlibs',
];
/** The first seven characters of the DAG hash, as Spack shows it. */
function shortHash(node) {
    return node.hash.slice(0, 7);
}


/***/ })

};
