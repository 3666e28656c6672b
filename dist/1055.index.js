export const id = 1055;
export const ids = [1055];
export const modules = {

/***/ 93355:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $x: () => (/* binding */ incomplete),
/* harmony export */   LJ: () => (/* binding */ documentUrl),
/* harmony export */   o$: () => (/* binding */ MAX_SPEC_FILE),
/* harmony export */   sW: () => (/* binding */ fetchDocument)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _storage_read_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(53700);
/** Small documents, whole: a body that is cut short or stalls is asked for again. */



/** No manifest, key or signature comes near; what is larger is not one. */
const MAX_DOCUMENT = 8 * 1024 * 1024;
/** Spec files hold a whole DAG; the largest known are a few megabytes. */
const MAX_SPEC_FILE = 64 * 1024 * 1024;
const PAUSE_MS = 100;
/** @returns the bytes (of the range, where one is asked for), or undefined when it is not there */
async function fetchDocument(storage, key, options) {
    const { what, maxBytes = MAX_DOCUMENT, sha256, signal, range } = options;
    for (let last = false;; last = true) {
        let object = await storage.get(key, { signal, ...(range === undefined ? {} : { range }) });
        if (range !== undefined && typeof object === 'object' && object.packed !== undefined) {
            // A part of what is packed cannot be unpacked.
            object.body.on('error', () => undefined).destroy();
            object = await storage.get(key, { signal });
        }
        if (object === undefined || object === 'not-modified')
            return undefined;
        try {
            const bytes = await (0,_storage_read_js__WEBPACK_IMPORTED_MODULE_2__/* .readDocument */ .u0)(object, { maxBytes, what, sha256 });
            return range === undefined ? bytes : cut(bytes, object.offset, range);
        }
        catch (error) {
            // The backend has retried the request itself; this is for what happens after its headers, once.
            if (last || !(error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO) || error.code !== 'unreachable')
                throw error;
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(PAUSE_MS, undefined, signal === undefined ? {} : { signal });
        }
    }
}
/** `url/key`, for messages. */
function documentUrl(storage, key) {
    return `${storage.url.replace(/\/$/, '')}/${key}`;
}
/** The error for a document that lacks something it must have. */
function incomplete(url, expected) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', 'the entry is incomplete', {
        url,
        expected,
        hint: 'push the spec again with --force',
    });
}
/** The asked-for range out of a body that starts at `offset`: servers may answer with more than they were asked for. */
function cut(bytes, offset, range) {
    const start = range.start - offset;
    if (start < 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('protocol', 'the server sent another range', {
            expected: `bytes from ${range.start}`,
            found: `bytes from ${offset}`,
        });
    }
    return bytes.subarray(start, range.end === undefined ? undefined : range.end - offset + 1);
}


/***/ }),

/***/ 49283:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ clearsignedText)
/* harmony export */ });
/**
 * Finds the text inside an OpenPGP cleartext message (RFC 9580 section 7) without verifying anything: for
 * telling what a document says, never for trusting it.
 */
const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = /\r?\n-----BEGIN PGP SIGNATURE-----/;
const BLANK_LINE = /\n\r?\n/;
/** The signed text, dash-escapes undone; undefined when this is no cleartext message. */
function clearsignedText(document) {
    const start = /^-----BEGIN PGP SIGNED MESSAGE-----\r?(?=\n)/.exec(document.slice(0, BEGIN.length + 2))?.[0];
    if (start === undefined)
        return undefined;
    // One pattern over the whole would keep a state for each header line, and a hostile document has millions.
    const rest = document.slice(start.length);
    const blank = BLANK_LINE.exec(rest);
    if (blank === null)
        return undefined;
    const body = rest.slice(blank.index + blank[0].length);
    const end = body.search(SIGNATURE);
    return end === -1 ? undefined : body.slice(0, end).replace(/^- /gm, '');
}


/***/ }),

/***/ 82552:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MP: () => (/* binding */ verifying),
/* harmony export */   RV: () => (/* binding */ verifyBytes),
/* harmony export */   Ub: () => (/* binding */ verifyDigest),
/* harmony export */   _h: () => (/* binding */ isSha256),
/* harmony export */   sc: () => (/* binding */ sha256)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/** SHA-256 digests: of bytes, of streams, and checked while bytes stream past. */



/** Lower-case hexadecimal SHA-256 of bytes. */
function sha256(bytes) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)('sha256', bytes);
}
/** Whether text is a lower-case hexadecimal SHA-256, which is also what makes it safe in a path. */
function isSha256(text) {
    return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}
/**
 * Passes bytes through and fails with `corrupt` as soon as they are too many, or at the end when they are
 * too few or have another digest. Nothing downstream may be kept before the stream has ended well.
 */
function verifying(expected) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let size = 0;
    return new node_stream__WEBPACK_IMPORTED_MODULE_1__.Transform({
        transform(chunk, _encoding, done) {
            size += chunk.length;
            hash.update(chunk);
            if (expected.size !== undefined && size > expected.size)
                done(sizeMismatch(expected, `over ${expected.size}`));
            else
                done(null, chunk);
        },
        flush(done) {
            if (expected.size !== undefined && size !== expected.size)
                return done(sizeMismatch(expected, String(size)));
            const found = hash.digest('hex');
            done(found === expected.sha256 ? null : digestMismatch(expected, found));
        },
    });
}
/** The same check for bytes in memory. @throws `corrupt` */
function verifyBytes(bytes, expected) {
    if (expected.size !== undefined && bytes.length !== expected.size) {
        throw sizeMismatch(expected, String(bytes.length));
    }
    const found = sha256(bytes);
    if (found !== expected.sha256)
        throw digestMismatch(expected, found);
}
/** The same check for what somebody else has digested. @throws `corrupt` */
function verifyDigest(found, expected) {
    if (expected.size !== undefined && found.size !== expected.size) {
        throw sizeMismatch(expected, String(found.size));
    }
    if (found.sha256 !== expected.sha256)
        throw digestMismatch(expected, found.sha256);
}
function sizeMismatch(expected, found) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('corrupt', 'its length is wrong', {
        url: expected.source,
        expected: `${expected.size} bytes`,
        found: `${found} bytes`,
    });
}
function digestMismatch(expected, found) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('corrupt', 'its SHA-256 is wrong', {
        url: expected.source,
        expected: expected.sha256,
        found,
    });
}


/***/ }),

/***/ 28314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   I: () => (/* binding */ kindOf),
/* harmony export */   LW: () => (/* binding */ stringifyCompact),
/* harmony export */   Mc: () => (/* binding */ entriesOf),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   X1: () => (/* binding */ NumberToken),
/* harmony export */   Xy: () => (/* binding */ objectOf),
/* harmony export */   f_: () => (/* binding */ isTooDeep),
/* harmony export */   qF: () => (/* binding */ parseJson)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * JSON that keeps what `JSON.parse` loses and Spack's hashes depend on: number tokens (`1.0` is not `1`) and
 * the order of integer-like keys, such as opencv's variant `1394`. Ordinary documents take the fast path through
 * `JSON.parse`; only one with such a token is read by our own parser. A number that JavaScript would print otherwise
 * becomes a {@link NumberToken}. An object is a plain one in any case, and remembers the order of its keys where
 * JavaScript would change it: {@link entriesOf} and {@link stringifyCompact} go by that, and copies made with `...`
 * keep it. Of a key that stands twice the last value counts, at the first one's place, as in Python.
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
            return new Parser(body, source).document();
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
        text = JSON.stringify(value); // several times as fast, and right but for number tokens and integer-like keys
    }
    catch (error) {
        if (error !== NOT_PLAIN && !(error instanceof RangeError))
            throw error;
    }
    return text === undefined || /"\d{1,16}":/.test(text) ? emit(value, 0) : escapeBeyondAscii(text);
}
/** Whether it is an object, whatever its keys are: the one place that says so. */
function isObject(value) {
    return (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberToken));
}
/** The members of an object in the document's order, where `Object.entries` puts integer-like keys first. */
function entriesOf(object) {
    const order = object[ORDER];
    if (order === undefined)
        return Object.entries(object);
    // A copy may have lost some, and got others.
    const kept = [...order].filter((key) => Object.hasOwn(object, key));
    const added = Object.keys(object).filter((key) => !order.has(key));
    return [...kept, ...added].map((key) => [key, object[key]]);
}
/** An object of these members, in their order. */
function objectOf(entries) {
    const members = new Map(entries);
    // fromEntries defines own properties, so "__proto__" is a key like any other.
    const object = Object.fromEntries(members);
    if ([...members.keys()].some((key) => INDEX_LIKE.test(key)))
        object[ORDER] = new Set(members.keys());
    return object;
}
/** Whether something in it lies deeper than any value of ours, so that writing it could end the call stack. */
function isTooDeep(value, depth = 0) {
    if (typeof value !== 'object' || value === null)
        return false;
    if (depth > MAX_DEPTH)
        return true;
    for (const key in value)
        if (isTooDeep(value[key], depth + 1))
            return true;
    return false;
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
/** Own and enumerable, so that `...` copies it; no text of a document can be a symbol. */
const ORDER = Symbol('keys in the order of the document');
/** Keys that JavaScript puts first, by number, and a few more. */
const INDEX_LIKE = /^(?:0|[1-9]\d*)$/;
/** Whether the text holds a token that `JSON.parse` followed by `JSON.stringify` may change. */
function losesTokens(text) {
    // A number comes first, after the quote of a key, or in a list: the colons of a time are in a text.
    return /"(?:\d|\\u003\d){1,16}"\s*:|(?:^|"\s*:|[,[])\s*(?:-?\d+(?:\.|[eE]|\d{15})|-0)/.test(text);
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
    const members = [];
    for (const [key, member] of entriesOf(value)) {
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
    #source;
    #at = 0;
    constructor(text, source) {
        this.#text = text;
        this.#source = source;
    }
    document() {
        const value = this.#value(0);
        this.#space();
        if (this.#at < this.#text.length)
            this.#fail();
        return value;
    }
    #value(depth) {
        if (depth > MAX_DEPTH) {
            const facts = { file: this.#source };
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `JSON nested deeper than ${MAX_DEPTH} levels`, facts);
        }
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
        const members = new Map();
        this.#at++;
        if (!this.#skip('}')) {
            do {
                this.#space();
                if (this.#text[this.#at] !== '"')
                    this.#fail();
                const key = this.#string();
                if (!this.#skip(':'))
                    this.#fail();
                members.set(key, this.#value(depth + 1));
            } while (this.#skip(','));
            if (!this.#skip('}'))
                this.#fail();
        }
        return objectOf(members);
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

/***/ 42732:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/** What somebody who mistyped a word probably meant. */
/** No word of ours is as long; a hostile one must not cost time. */
const LONGEST = 200;
/** The nearest of the words, if it is near: no more than a third of its letters are wrong, or two of a short one. */
function nearest(word, words) {
    const asked = word.slice(0, 64).toLowerCase();
    let best;
    for (const candidate of words) {
        if (candidate.length > LONGEST)
            continue;
        const distance = editDistance(asked, candidate);
        const isNear = distance <= Math.max(2, candidate.length / 3) && distance < candidate.length;
        if (isNear && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
            best = { word: candidate, distance };
    }
    return best?.word;
}
/** Letters to insert, remove, replace or swap with their neighbour. */
function editDistance(a, b) {
    let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const isSame = a[i - 1] === b[j - 1];
            const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
            next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1), isSwap ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY);
        }
        [before, row] = [row, next];
    }
    return row[b.length] ?? 0;
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

/***/ 29575:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V_: () => (/* binding */ gzipError),
/* harmony export */   lY: () => (/* binding */ gunzipped),
/* harmony export */   sc: () => (/* binding */ through)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38522);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/** Streams put together so that an error anywhere reaches whoever reads, and nothing leaks. */



/** What comes out of `transform` when `source` goes in; destroying either destroys both. */
function through(source, transform) {
    // An error before anybody reads is there when somebody does; without a listener it would end the process.
    transform.on('error', () => undefined);
    return (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.pipeline)(source, transform, () => undefined); // the error is the reader's: pipeline destroys transform with it
}
/**
 * What is in a gzip stream.
 * @param name the file or redacted URL, for messages
 * @returns fails with `corrupt` for what is no gzip, damaged or cut short
 */
function gunzipped(source, name) {
    const gunzip = (0,node_zlib__WEBPACK_IMPORTED_MODULE_1__.createGunzip)();
    const destroy = gunzip.destroy.bind(gunzip);
    gunzip.destroy = (error) => destroy(error == null ? undefined : gzipError(error, name));
    return through(source, gunzip);
}
/** zlib's errors as one of ours; others as they are. */
function gzipError(error, name) {
    const code = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error);
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO || code?.startsWith('Z_') !== true)
        return error;
    const found = code === 'Z_BUF_ERROR' ? 'one that is cut short' : 'damaged data';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('corrupt', 'it cannot be unpacked', { url: name, expected: 'gzip', found }, error);
}


/***/ }),

/***/ 62029:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   np: () => (/* binding */ locateMirrors),
/* harmony export */   ph: () => (/* binding */ readMirrors)
/* harmony export */ });
/* unused harmony export parseMirrors */
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(77934);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _core_nearest_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(42732);
/* harmony import */ var _filter_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70713);
/* harmony import */ var _location_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6296);
/* harmony import */ var _merge_sections_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(19472);
/** The `mirrors` section of Spack's configuration -> {@link Mirror}s. Outside data: one schema, then trusted. */







const Text = valibot__WEBPACK_IMPORTED_MODULE_5__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_5__/* .minLength */ .BpQ(1));
const Nullable = (schema) => valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .nullable */ .mee(schema));
const Pair = valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({
    id: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(Text),
    id_variable: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(Text),
    secret_variable: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(Text),
});
const connection = {
    url: Nullable(Text),
    view: Nullable(Text),
    profile: Nullable(Text),
    endpoint_url: Nullable(Text),
    access_token: Nullable(Text),
    access_token_variable: Nullable(Text),
    access_pair: Nullable(valibot__WEBPACK_IMPORTED_MODULE_5__/* .union */ .KCZ([valibot__WEBPACK_IMPORTED_MODULE_5__/* .tuple */ .PVZ([valibot__WEBPACK_IMPORTED_MODULE_5__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP()), valibot__WEBPACK_IMPORTED_MODULE_5__/* .nullable */ .mee(valibot__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP())]), Pair])),
    include_binary: Nullable(valibot__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP())),
    exclude_binary: Nullable(valibot__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_5__/* .string */ .YjP())),
};
const Connection = valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc(connection);
const whole = {
    fetch: Nullable(valibot__WEBPACK_IMPORTED_MODULE_5__/* .union */ .KCZ([Text, Connection])),
    push: Nullable(valibot__WEBPACK_IMPORTED_MODULE_5__/* .union */ .KCZ([Text, Connection])),
    signed: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .boolean */ .zMY()),
    autopush: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .boolean */ .zMY()),
    binary: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .boolean */ .zMY()),
    source: valibot__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_5__/* .boolean */ .zMY()),
};
const MirrorSchema = valibot__WEBPACK_IMPORTED_MODULE_5__/* .union */ .KCZ([Text, valibot__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ikc({ ...connection, ...whole })]);
const CONNECTION_KEYS = Object.keys(connection);
const MIRROR_KEYS = [...CONNECTION_KEYS, ...Object.keys(whole)];
const PAIR_KEYS = Object.keys(Pair.entries);
/**
 * @param section the value of `mirrors:`, from YAML or JSON
 * @param file the file it stands in, for messages
 * @throws `bad-input` naming the mirror and what is wrong with it, its filters too
 */
async function readMirrors(section, file, context) {
    const configuration = parseMirrors(section, file, context);
    await (0,_filter_js__WEBPACK_IMPORTED_MODULE_2__/* .checkFilters */ .A)(configuration.mirrors, file);
    return configuration;
}
/** As {@link readMirrors}, but that whether filters are specs is not looked at. */
function parseMirrors(section, file, context) {
    const notes = [];
    const mirrors = mirrorEntries(section, file).map(([name, value]) => {
        const mirror = makeMirror(name, parseMirror(name, value, file), context, notes);
        if (mirror.fetch.url !== '' || mirror.push.url !== '')
            return mirror;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `mirror "${name}" has no URL`, {
            file,
            expected: 'url, fetch or push',
        });
    });
    return { mirrors, notes };
}
/**
 * The section with each path in it made a URL: what scopes are merged from does not say in which file a path stood.
 * @throws as {@link readMirrors}; a mirror may have no URL yet
 */
async function locateMirrors(section, file, context) {
    const entries = mirrorEntries(section, file);
    const parsed = entries.map(([name, value]) => makeMirror(name, parseMirror(name, value, file), context, []));
    await (0,_filter_js__WEBPACK_IMPORTED_MODULE_2__/* .checkFilters */ .A)(parsed, file);
    const place = (value) => {
        if (typeof value === 'string')
            return (0,_location_js__WEBPACK_IMPORTED_MODULE_3__/* .locationUrl */ .$4)(value, context);
        if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
            return value;
        return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectOf */ .Xy)((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .entriesOf */ .Mc)(value).map(([key, inner]) => [
            key,
            ['url', 'fetch', 'push'].includes((0,_merge_sections_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutMark */ .E_)(key)) ? place(inner) : inner,
        ]));
    };
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectOf */ .Xy)((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .entriesOf */ .Mc)((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(section) ? section : {}).map(([name, value]) => [name, place(value)]));
}
/** Names without their marks, as messages and people call them. */
function mirrorEntries(section, file) {
    if (section === undefined || section === null)
        return [];
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(section)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'mirrors is malformed', {
            file,
            expected: 'a map of names to mirrors',
        });
    }
    const seen = new Set();
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .entriesOf */ .Mc)(section).map(([key, value]) => {
        const name = (0,_merge_sections_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutMark */ .E_)(key) || UNNAMED;
        if (seen.has(name)) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `two mirrors are named "${name}"`, {
                file,
                hint: 'take one of them out, or rename it',
            });
        }
        seen.add(name);
        return [name, (0,_merge_sections_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutMarks */ .zw)(value)];
    });
}
/** Spack's name for a mirror whose name is empty. */
const UNNAMED = '<unnamed>';
/** Outside data: a key that is not known could be one that keeps something from being published. */
function parseMirror(name, value, file) {
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        requireKnownKeys(name, value, file);
    const parsed = valibot__WEBPACK_IMPORTED_MODULE_5__/* .safeParse */ .xLC(MirrorSchema, value);
    if (!parsed.success) {
        const issue = deepestIssue(parsed.issues);
        const path = valibot__WEBPACK_IMPORTED_MODULE_5__/* .getDotPath */ .BuJ(issue);
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `mirror "${name}"${path ? ` (${path})` : ''} is malformed`, {
            file,
            expected: path === null
                ? 'a URL, or a map with url, fetch, push, signed, autopush, binary, view, access_pair …'
                : wordsFor(path),
            found: path?.includes('access') ? (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(issue.input) : issue.received.slice(0, 60),
        });
    }
    const config = typeof parsed.output === 'string' ? { url: parsed.output } : parsed.output;
    for (const [side, at] of [[config, 'access_pair'], ...directionsOf(config)]) {
        const pair = typeof side === 'object' ? side?.access_pair : undefined;
        if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(pair))
            continue;
        const { id, id_variable, secret_variable } = pair;
        if (secret_variable !== undefined && (id === undefined) !== (id_variable === undefined))
            continue;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `mirror "${name}" (${at}) is malformed`, {
            file,
            expected: 'secret_variable, and either id or id_variable',
            found: Object.keys(pair).join(', ') || 'none of them',
        });
    }
    return config;
}
function directionsOf({ fetch, push }) {
    return [
        [fetch, 'fetch.access_pair'],
        [push, 'push.access_pair'],
    ];
}
function requireKnownKeys(name, value, file) {
    const check = (map, known, at) => {
        if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(map))
            return;
        for (const key of Object.keys(map)) {
            if (known.includes(key))
                continue;
            const near = (0,_core_nearest_js__WEBPACK_IMPORTED_MODULE_6__/* .nearest */ .p)(key, known);
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `mirror "${name}"${at === '' ? '' : ` (${at})`} has an unknown key "${key}"`, {
                file,
                ...(near === undefined ? { expected: known.join(', ') } : {}),
                hint: near !== undefined
                    ? `did you mean "${near}"?`
                    : MIRROR_KEYS.includes(key)
                        ? `"${key}" is said of the whole mirror, not of one direction`
                        : 'take it out, or update buildcache-action if a newer Spack has it',
            });
        }
        check(map['access_pair'], PAIR_KEYS, at === '' ? 'access_pair' : `${at}.access_pair`);
    };
    check(value, MIRROR_KEYS, '');
    check(value['fetch'], CONNECTION_KEYS, 'fetch');
    check(value['push'], CONNECTION_KEYS, 'push');
}
/** Of a union each alternative has its issues: the one about a map's inside says more than "no string". */
function deepestIssue(issues) {
    let best = issues[0];
    const depth = (issue) => issue.path?.length ?? 0;
    const visit = (issue) => {
        if (depth(issue) > depth(best))
            best = issue;
        for (const inner of issue.issues ?? [])
            visit(inner);
    };
    for (const issue of issues)
        visit(issue);
    return best;
}
/** What belongs at a place of the schema. */
function wordsFor(path) {
    if (/_binary(\.\d+)?$/.test(path))
        return 'a list of specs';
    if (/^(signed|autopush|binary|source)$/.test(path))
        return 'true or false';
    return /access_pair$/.test(path) ? 'a map with id or id_variable, and secret_variable' : 'a text';
}
function makeMirror(name, config, context, notes) {
    const side = (direction) => {
        const own = config[direction];
        const specific = typeof own === 'string' ? { url: own } : (own ?? {});
        const merged = { ...config, ...specific };
        return {
            // A mirror may be for one direction only; using it for the other is an error then and not before.
            url: typeof merged.url === 'string' ? (0,_location_js__WEBPACK_IMPORTED_MODULE_3__/* .locationUrl */ .$4)(merged.url, context) : '',
            view: merged.view ?? undefined,
            endpointUrl: merged.endpoint_url ?? undefined,
            credentials: credentialSource(merged, name, notes),
            filter: filterOf(merged),
        };
    };
    const fetch = side('fetch');
    const push = side('push');
    return {
        name,
        fetch,
        push,
        // Registries cannot hold Spack's signatures, so there it has to be asked for.
        signed: config.signed ?? !(0,_location_js__WEBPACK_IMPORTED_MODULE_3__/* .isRegistryUrl */ .bs)(fetch.url),
        autopush: config.autopush ?? false,
        binary: config.binary ?? true,
    };
}
function filterOf({ include_binary: include, exclude_binary: exclude, }) {
    if (!include?.length && !exclude?.length)
        return undefined;
    return { include: include ?? [], exclude: exclude ?? [] };
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


/***/ }),

/***/ 10432:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ux: () => (/* binding */ environmentMirrors),
  rM: () => (/* binding */ environmentScopes),
  jY: () => (/* binding */ findEnvironment),
  Im: () => (/* binding */ implicitGroups),
  ZQ: () => (/* binding */ mergeMirrors),
  vd: () => (/* binding */ mirrorsFile),
  hN: () => (/* binding */ parseYaml),
  Qo: () => (/* binding */ readEnvironment),
  WI: () => (/* binding */ readManifest),
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
// EXTERNAL MODULE: ./build/spec/lockfile.js
var spec_lockfile = __webpack_require__(33517);
// EXTERNAL MODULE: ./build/mirrors/config.js
var config = __webpack_require__(62029);
// EXTERNAL MODULE: ./build/mirrors/host-facts.js
var host_facts = __webpack_require__(45559);
// EXTERNAL MODULE: ./build/mirrors/include.js
var mirrors_include = __webpack_require__(36031);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
// EXTERNAL MODULE: ./build/mirrors/merge-sections.js
var merge_sections = __webpack_require__(19472);
;// CONCATENATED MODULE: ./build/mirrors/plain-yaml.js
/** What the `yaml` package makes of a document with `mapAsMap`, as objects that keep the order of their keys. */

/** @param value with `Map`s, as often shared as it has aliases */
function plainYaml(value, known = new Map()) {
    if (typeof value !== 'object' || value === null)
        return value;
    const before = known.get(value);
    if (before !== undefined)
        return before;
    let plain = value;
    if (Array.isArray(value))
        plain = value.map((item) => plainYaml(item, known));
    else if (value instanceof Map)
        plain = (0,json/* objectOf */.Xy)([...value].map(([key, item]) => [keyText(key), plainYaml(item, known)]));
    known.set(value, plain);
    return plain;
}
/** As the package writes keys that are no text. */
function keyText(key) {
    if (typeof key === 'object' && key !== null)
        return JSON.stringify(plainYaml(key));
    return key === null || key === undefined ? '' : String(key);
}

;// CONCATENATED MODULE: ./build/mirrors/environment.js
/** A Spack environment on disk: where its lockfile is, and what its `spack.yaml` and what that includes configure. */











/** Includes within includes, as many as Spack follows. */
const MAX_INCLUDES = 100;
/** Scopes of one environment: where files include each other twice, there could be more than there are atoms. */
const MAX_SCOPES = 1000;
/**
 * @param where a folder, or a file in it: `spack.lock` by any name, or `spack.yaml`
 * @throws `not-found` when there is no such folder or file
 */
async function findEnvironment(where, env) {
    const path = (0,external_node_path_.resolve)(where);
    let isFolder;
    try {
        isFolder = (await (0,promises_.stat)(path)).isDirectory();
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, path, 'open the environment');
    }
    const given = env === undefined ? {} : { env };
    if (isFolder)
        return { folder: path, lockfile: (0,external_node_path_.join)(path, 'spack.lock'), ...given };
    if ((0,external_node_path_.basename)(path) === 'spack.yaml')
        return { folder: (0,external_node_path_.dirname)(path), lockfile: (0,external_node_path_.join)((0,external_node_path_.dirname)(path), 'spack.lock'), ...given };
    return { folder: (0,external_node_path_.dirname)(path), lockfile: path, ...given };
}
/**
 * The specs of its lockfile; where there is none yet, those of the lockfiles that its `spack.yaml` includes, as Spack
 * takes them over.
 * @param above the lockfiles of the environments that include it
 * @throws `not-found` with what to run when it is not concretized; whatever {@link readLockfile} throws
 */
async function readEnvironment(files, above = []) {
    const { lockfile, folder } = files;
    let text;
    try {
        text = await (0,promises_.readFile)(lockfile, 'utf8');
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) !== 'ENOENT')
            throw (0,errors/* fileError */.zS)(error, lockfile, 'read the lockfile');
        const { readIncludedLockfiles } = await __webpack_require__.e(/* import() */ 8432).then(__webpack_require__.bind(__webpack_require__, 18432));
        const included = await readIncludedLockfiles(files, above);
        if (included !== undefined)
            return included;
        throw new errors/* BuildcacheError */.fO('not-found', 'there is no lockfile', {
            file: lockfile,
            hint: `concretize the environment first (spack -e ${folder} concretize), or name another (environment)`,
        });
    }
    return (0,spec_lockfile/* readLockfile */.G)(text, lockfile);
}
/**
 * The groups of `spack.yaml` whose roots are installed as if something else needed them (`explicit: false`).
 * @throws `bad-input` for a file that is malformed
 */
async function implicitGroups({ folder }) {
    const file = (0,external_node_path_.join)(folder, 'spack.yaml');
    const document = await readYaml(file, true);
    const spack = (0,json/* isObject */.Gv)(document) ? document['spack'] : undefined;
    const specs = (0,json/* isObject */.Gv)(spack) ? sectionOf(spack, 'specs')?.[1] : undefined;
    const groups = new Set();
    for (const [i, item] of (Array.isArray(specs) ? specs : []).entries()) {
        const { group, explicit = true } = (0,json/* isObject */.Gv)(item) ? item : {};
        if (group === undefined || group === 'default')
            continue; // that one is always explicit
        if (typeof group !== 'string' || typeof explicit !== 'boolean') {
            throw new errors/* BuildcacheError */.fO('bad-input', `specs[${i}] is malformed`, {
                file,
                expected: 'a group with a string for its name, and true or false for explicit',
                found: (0,json/* kindOf */.I)(typeof group === 'string' ? explicit : group),
            });
        }
        if (!explicit)
            groups.add(group);
    }
    return groups;
}
/**
 * The mirrors of `spack.yaml` and of what it includes; none when there is no such file.
 * @throws `bad-input` for malformed files, `not-found` for an include that is not optional and not there
 */
async function environmentMirrors(folder, env) {
    const { scopes, notes } = await environmentScopes(folder, env);
    const found = [];
    let isClosed = false;
    let configuration = { mirrors: [], notes };
    let within;
    for (const scope of scopes) {
        const { sections, file, context } = scope;
        const [key, own] = sectionOf(sections, 'mirrors') ?? [];
        if (key !== undefined && !isClosed) {
            found.push(await (0,config/* locateMirrors */.np)(own, file, context));
            within ??= scope;
            isClosed = key.endsWith(':'); // `mirrors::` replaces what comes after
        }
        configuration = mergeMirrors(configuration, { mirrors: [], notes: [], ...tlsOf(sections, context) });
    }
    if (within === undefined)
        return configuration;
    return mergeMirrors(await (0,config/* readMirrors */.ph)((0,merge_sections/* mergeScopes */.OL)(found), within.file, within.context), configuration);
}
/**
 * The files of an environment's configuration, the one that wins first: `spack.yaml`, then what it includes; none
 * when there is no such file. The notes say what is not read.
 * @throws as {@link environmentMirrors}
 */
async function environmentScopes(folder, env) {
    const manifest = await readManifest(folder);
    if (manifest === undefined)
        return { scopes: [], notes: [] };
    const found = { scopes: [], notes: [] };
    const context = { base: folder, environment: folder, env };
    await readScope(found, [manifest], context, [manifest.file]);
    return { scopes: withoutOverridden(found.scopes).flatMap(({ files }) => files), notes: found.notes };
}
/**
 * What stands under `spack:` in a `spack.yaml`; undefined when there is no such file.
 * @throws `bad-input`
 */
async function readManifest(folder) {
    const file = (0,external_node_path_.join)(folder, 'spack.yaml');
    const document = await readYaml(file, true);
    if (document === undefined)
        return undefined;
    const sections = (0,json/* isObject */.Gv)(document) ? document['spack'] : undefined;
    if ((0,json/* isObject */.Gv)(sections))
        return { sections, file };
    throw new errors/* BuildcacheError */.fO('bad-input', 'not an environment', {
        file,
        expected: 'a map under "spack:"',
        found: (0,json/* kindOf */.I)(sections ?? document),
    });
}
/** The mirrors of a `mirrors.yaml`, with or without its `mirrors:` line. @throws as {@link environmentMirrors} */
async function mirrorsFile(file, env, environment) {
    const path = (0,external_node_path_.resolve)(file);
    const document = await readYaml(path, false);
    const section = (0,json/* isObject */.Gv)(document) ? sectionOf(document, 'mirrors') : undefined;
    const mirrors = section === undefined ? document : section[1];
    return (0,config/* readMirrors */.ph)(mirrors, path, await contextFor(mirrors, { base: (0,external_node_path_.dirname)(path), environment, env }));
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
        return plainYaml(document.toJS({ maxAliasCount: 100, mapAsMap: true })); // an alias bomb throws here
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
/** @param chain what includes it, the environment's `spack.yaml` first, and itself */
async function readScope(found, files, around, chain, parent) {
    const context = await contextFor(files.map(({ sections }) => sections), around);
    const including = files.find(({ sections }) => sectionOf(sections, 'include') !== undefined);
    const [key = '', entries] = (including && sectionOf(including.sections, 'include')) ?? [];
    const scope = {
        files: files.map((file) => ({ ...file, context })),
        parent,
        overrides: key.endsWith(':'),
    };
    found.scopes.push(scope);
    const from = including?.file ?? '';
    const seen = new Set();
    for (const entry of Array.isArray(entries) ? entries : []) {
        const include = await (0,mirrors_include/* readInclude */.v)(entry, from, context);
        if (include.kind === 'skipped')
            found.notes.push(`${from}: an include is not read, ${include.why}`);
        if (include.kind !== 'scope' || seen.has(include.path))
            continue;
        seen.add(include.path);
        refuseLoop(include.path, from, chain, found);
        const inner = { ...context, base: (0,mirrors_include/* baseOf */.bx)(include) };
        await readScope(found, await readFiles(include), inner, [...chain, include.path], scope);
    }
}
/** `include::` leaves nothing of what is below it but what it includes itself, and of that not what that includes. */
function withoutOverridden(scopes) {
    const last = scopes.findIndex(({ overrides }) => overrides);
    return last < 0 ? scopes : scopes.filter(({ parent }, i) => i <= last || parent === scopes[last]);
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
/** A file that includes itself, however it comes to that, is one error, and so are too many. */
function refuseLoop(path, from, chain, found) {
    const at = chain.indexOf(path);
    if (at < 0 && chain.length <= MAX_INCLUDES && found.scopes.length < MAX_SCOPES)
        return;
    throw new errors/* BuildcacheError */.fO('bad-input', at < 0
        ? `it includes more than ${MAX_INCLUDES} levels or ${MAX_SCOPES} scopes of configuration`
        : `it includes ${path}, which includes it again`, { file: from, hint: 'take one of the includes out' });
}
/** @throws `bad-input` for a file that is no map */
async function readFiles({ files, isFolder }) {
    const found = [];
    for (const file of files) {
        const document = await readYaml(file, isFolder);
        if (document === undefined || document === null)
            continue;
        if (!(0,json/* isObject */.Gv)(document)) {
            throw new errors/* BuildcacheError */.fO('bad-input', 'not a configuration', {
                file,
                expected: 'a map of sections',
                found: (0,json/* kindOf */.I)(document),
            });
        }
        found.push({ sections: (0,json/* isObject */.Gv)(document['spack']) ? document['spack'] : document, file });
    }
    return found;
}
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

/***/ 70713:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ checkFilters),
/* harmony export */   O: () => (/* binding */ refusalOf)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * `include_binary` and `exclude_binary` of a mirror: which specs are pushed to it, and downloaded from it. What a mirror
 * holds, `list` and `sync` see all the same, as in Spack.
 */

/**
 * @param graph what the specs depend on, looked at when the first spec is asked about
 * @returns undefined where the mirror has no filter for this direction
 */
async function refusalOf(mirror, direction, graph) {
    const { filter } = mirror[direction];
    if (filter === undefined)
        return undefined;
    const { compileConstraint, include, exclude } = await parsed(filter);
    const compile = () => {
        // A copy: more nodes may come, and what is compiled is for those that there were.
        const nodes = { nodes: new Map(graph.nodes) };
        return [include, exclude].map((list) => list.map(({ text, constraint }) => ({ text, matches: compileConstraint(nodes, constraint) })));
    };
    let compiled;
    const refusal = (spec) => {
        compiled ??= compile();
        const [included = [], excluded = []] = compiled;
        const against = excluded.find(({ matches }) => matches(spec));
        if (against !== undefined)
            return `its exclude_binary has ${JSON.stringify(against.text)}`;
        if (included.length === 0 || included.some(({ matches }) => matches(spec)))
            return undefined;
        return 'nothing in its include_binary matches';
    };
    if (direction === 'push')
        return refusal;
    // What is downloaded for a spliced spec is its build spec's.
    return (spec) => {
        const built = spec.buildSpec === undefined ? undefined : graph.nodes.get(spec.buildSpec.hash);
        return refusal(spec) ?? (built && refusal(built));
    };
}
/** @throws BuildcacheError `bad-input` naming the file, the mirror and what in its filters is no spec */
async function checkFilters(mirrors, file) {
    for (const mirror of mirrors) {
        for (const { filter } of [mirror.fetch, mirror.push]) {
            if (filter === undefined)
                continue;
            const { parseSpec } = await Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939));
            for (const [key, specs] of [
                ['include_binary', filter.include],
                ['exclude_binary', filter.exclude],
            ]) {
                for (const text of specs) {
                    try {
                        parseSpec(text);
                    }
                    catch (error) {
                        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `mirror "${mirror.name}" (${key}): ${JSON.stringify(text)} is no spec (${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .describeError */ .Uc)(error)})`, { file }, error);
                    }
                }
            }
        }
    }
}
async function parsed({ include, exclude }) {
    const [{ parseSpec }, { compileConstraint }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(3583), __webpack_require__.e(423)]).then(__webpack_require__.bind(__webpack_require__, 13583)),
    ]);
    const parse = (list) => list.map((text) => ({ text, constraint: parseSpec(text) }));
    return { compileConstraint, include: parse(include), exclude: parse(exclude) };
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

/***/ 36031:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bx: () => (/* binding */ baseOf),
/* harmony export */   qi: () => (/* binding */ includePath),
/* harmony export */   v: () => (/* binding */ readInclude)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28314);
/* harmony import */ var _location_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6296);
/** One entry of an `include:` list -> the files of configuration it stands for, or the lockfile. */





/** Of a folder, what is read: one section a file. */
const SECTIONS = ['include', 'mirrors', 'config', 'packages', 'modules', 'upstreams'];
/**
 * @param from the file with the entry, for messages
 * @param context whose `base` is the folder of that scope
 * @throws BuildcacheError `not-found` for what is neither there nor optional, `bad-input` for a file that is no YAML
 */
async function readInclude(entry, from, context) {
    const path = includePath(entry, context);
    if (path === undefined)
        return { kind: 'skipped', why: 'it is not a path on this machine' };
    if ((0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path) === 'spack.lock')
        return { kind: 'lockfile', path };
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(entry) && entry['when'] !== undefined && entry['when'] !== '') {
        const { evaluateWhen } = await __webpack_require__.e(/* import() */ 3803).then(__webpack_require__.bind(__webpack_require__, 53803));
        const holds = await evaluateWhen(entry['when'], context.env);
        if (holds === undefined)
            return { kind: 'skipped', why: 'it depends on "when", which only Spack evaluates' };
        if (!holds)
            return { kind: 'nothing' };
    }
    let isFolder;
    try {
        isFolder = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path)).isDirectory();
    }
    catch (error) {
        const isOptional = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(entry) && entry['optional'] === true;
        const code = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error);
        if (isOptional && (code === 'ENOENT' || code === 'ENOTDIR'))
            return { kind: 'nothing' };
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, path, `read what ${from} includes`);
    }
    if (isFolder) {
        return { kind: 'scope', path, files: SECTIONS.map((name) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, `${name}.yaml`)), isFolder };
    }
    if (/^\.ya?ml$/.test((0,node_path__WEBPACK_IMPORTED_MODULE_1__.extname)(path)))
        return { kind: 'scope', path, files: [path], isFolder };
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', `what ${from} includes is no configuration`, {
        file: path,
        expected: 'a folder, a .yaml file or a spack.lock',
    });
}
/**
 * Where an entry is; undefined for what is not on this machine.
 * @throws BuildcacheError `usage` for a path with a variable whose value only Spack knows
 */
function includePath(entry, context) {
    const written = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(entry) ? entry['path'] : entry;
    const variable = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(entry) ? entry['path_override_env_var'] : undefined;
    // A variable that is set and empty counts: it stands for the folder itself.
    const override = typeof variable === 'string' ? context.env[variable] : undefined;
    const text = override ?? written;
    if (typeof text !== 'string')
        return undefined;
    const expanded = (0,_location_js__WEBPACK_IMPORTED_MODULE_4__/* .expandPath */ .aD)(text, context);
    const [, scheme] = /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(expanded) ?? [];
    if (scheme === undefined)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(context.base, expanded);
    if (scheme.toLowerCase() !== 'file')
        return undefined;
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(context.base, decoded(expanded.replace(/^file:(\/\/[^/]*)?/i, '').replace(/[?#].*$/s, '')));
}
/** The folder that relative paths of a scope start from. */
function baseOf({ path, isFolder }) {
    return isFolder ? path : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text; // not encoded: a name with a percent sign
    }
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
    const path = expandPath(text, context);
    // Spack takes a path with a drive for an absolute one; where there are no drives, it starts at the working directory.
    const base = /^[A-Za-z]:/.test(path) ? '' : context.base;
    return (0,node_url__WEBPACK_IMPORTED_MODULE_2__.pathToFileURL)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(base, path)).href;
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
        date: today,
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
/** By the machine's own clock. */
function today() {
    const now = new Date();
    const digits = (value) => String(value).padStart(2, '0');
    return `${now.getFullYear()}-${digits(now.getMonth() + 1)}-${digits(now.getDate())}`;
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

/***/ 19472:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E_: () => (/* binding */ withoutMark),
/* harmony export */   OL: () => (/* binding */ mergeScopes),
/* harmony export */   zw: () => (/* binding */ withoutMarks)
/* harmony export */ });
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(28314);
/** Parsed YAML of two scopes of Spack's configuration -> one, as Spack merges them. */

/** A section of several scopes, the one that wins first: the lowest two are merged first, as what they are decides. */
function mergeScopes(sections) {
    return sections.reduceRight((lower, higher) => mergeSections(higher, lower), undefined);
}
/**
 * Maps are merged, the higher one's keys first, lists joined, the higher one's items first; else the higher one wins, and
 * so does a `key::`. Marks stay on the keys: they say the same of what is lower still.
 */
function mergeSections(higher, lower) {
    if (higher === undefined)
        return lower;
    if (Array.isArray(higher) && Array.isArray(lower))
        return [...higher, ...lower.filter((item) => !higher.includes(item))];
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(higher) || !(0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(lower))
        return higher;
    const below = new Map((0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .entriesOf */ .Mc)(lower).map(([key, value]) => [withoutMark(key), [key, value]]));
    const entries = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .entriesOf */ .Mc)(higher).map(([key, value]) => {
        const same = below.get(withoutMark(key));
        below.delete(withoutMark(key));
        if (same === undefined || key.endsWith(':'))
            return [key, value];
        return [same[0].endsWith(':') ? `${key}:` : key, mergeSections(value, same[1])];
    });
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)([...entries, ...below.values()]);
}
/** A key without Spack's override mark, the second colon of `key::`. */
function withoutMark(key) {
    return key.replace(/:+$/, '');
}
/** The same value, no key of it marked. */
function withoutMarks(value) {
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value))
        return value;
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectOf */ .Xy)((0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .entriesOf */ .Mc)(value).map(([key, inner]) => [withoutMark(key), withoutMarks(inner)]));
}


/***/ }),

/***/ 91880:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ assertClosedAndAcyclic)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** Puts decoded nodes together: closed under dependencies and build specs, without cycles, or one clear error. */

/**
 * @throws `bad-input` when a dependency is not in the document or the dependencies go round in a circle; `unsupported`
 *   when a spliced spec's build spec is not there, has another name, or was made of the spliced spec
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
            const { dependencies, buildSpec } = top.node;
            const at = top.next++;
            const edge = at === dependencies.length ? buildSpec : dependencies[at];
            if (edge === undefined) {
                if (at === dependencies.length)
                    continue;
                open.delete(top.node.hash);
                done.add(top.node.hash);
                stack.pop();
                continue;
            }
            const node = nodes.get(edge.hash);
            if (edge === buildSpec && node?.name !== edge.name)
                throw badSplice(top.node, edge, node, source);
            if (node === undefined)
                throw dangling(top.node, edge.name, edge.hash, source);
            if (done.has(edge.hash))
                continue;
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
/** No Spack writes such a thing, and what it is meant to say we do not know. */
function badSplice(node, { name, hash }, found, source) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `${node.name}/${node.hash} was built as ${name}/${hash}`, {
        file: source,
        expected: 'that spec in the same file',
        found: found === undefined ? 'no such spec' : `${found.name} under that hash`,
        hint: 'the file is incomplete; concretize again or restore it',
    });
}
function cycle(path, node, source) {
    const from = path.findIndex((step) => step.hash === node.hash);
    const steps = [...path.slice(from), node];
    const isSplice = steps.some(({ buildSpec }, i) => buildSpec !== undefined && buildSpec.hash === steps[i + 1]?.hash);
    const names = steps.map((step) => step.name);
    const shown = names.length > 8 ? [...names.slice(0, 4), '…', ...names.slice(-3)] : names;
    const what = isSplice ? 'the dependencies and build specs go' : 'the dependencies go';
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO(isSplice ? 'unsupported' : 'bad-input', `${what} round in a circle: ${shown.join(' -> ')}`, { file: source, expected: 'a directed acyclic graph' });
}


/***/ }),

/***/ 49491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bx: () => (/* binding */ packageOfCompiler),
/* harmony export */   Lx: () => (/* binding */ compilerOf),
/* harmony export */   RX: () => (/* binding */ compilerOfPackage)
/* harmony export */ });
/** The package that a compiler's old name stands for; any other name stands for itself. */
function packageOfCompiler(name) {
    return PACKAGES.get(name) ?? name;
}
/** The inverse of {@link packageOfCompiler}: what Spack still calls the package where it prints compilers. */
function compilerOfPackage(name) {
    return [...PACKAGES].find(([, known]) => known === name)?.[0] ?? name;
}
/** A node's compiler, from its own attribute or from where Spack 1.x keeps that when it rewrites an old spec. */
function compilerOf(node) {
    if (node.compiler !== undefined)
        return node.compiler;
    const { annotations } = node.dict;
    if (typeof annotations !== 'object' || annotations === null || !('compiler' in annotations))
        return undefined;
    const written = annotations.compiler;
    const [, name, version] = (typeof written === 'string' && /^([\w-]+)@=?([\w.-]+)$/.exec(written)) || [];
    return name === undefined || version === undefined ? undefined : { name, version };
}
const PACKAGES = new Map([
    ['arm', 'acfl'],
    ['clang', 'llvm'],
    ['intel', 'intel-oneapi-compilers-classic'],
    ['oneapi', 'intel-oneapi-compilers'],
    ['rocmcc', 'llvm-amdgpu'],
]);


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
    return typeof text === 'string' && DAG_HASH.test(text);
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
    if (node['provided_virtuals'] !== undefined)
        doc.strings(node['provided_virtuals'], 'provided_virtuals');
    return {
        name: doc.matching(node['name'], PACKAGE_NAME, 'a package name', 'name'),
        version: doc.matching(node['version'], /^[^\s\p{Cc}]{1,512}$/u, 'a concrete version', 'version'),
        hash: doc.matching(node['hash'], DAG_HASH, A_DAG_HASH, 'hash'),
        namespace: doc.optionalString(node['namespace'], 'namespace'),
        platform: doc.matching(arch['platform'], ARCH_PART, 'a platform', 'arch.platform'),
        os: doc.matching(arch['platform_os'], ARCH_PART, 'an operating system', 'arch.platform_os'),
        target: decodeTarget(arch['target'], doc),
        compiler: decodeCompiler(node['compiler'], doc),
        variants,
        flags,
        external: decodeExternal(node['external'], doc),
        dependencies: decodeDependencies(node['dependencies'], format, doc),
        buildSpec: decodeBuildSpec(node, doc),
        format,
        originalFormat: decodeOriginalFormat(node['annotations'], format, doc),
        dict: node,
    };
}
const DAG_HASH = /^[a-z2-7]{32}$/;
const A_DAG_HASH = 'a DAG hash of 32 base32 characters';
const PACKAGE_NAME = /^\w[\w-]*$/;
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
        const values = doc.object(parameters, 'an object', 'parameters');
        for (const name of Object.keys(values)) {
            const value = values[name];
            if (_node_js__WEBPACK_IMPORTED_MODULE_2__/* .FLAG_NAMES */ .G0.includes(name))
                flags.set(name, doc.strings(value, 'parameters.*', name));
            else
                variants.set(name, decodeVariant(value, doc, name));
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
function decodeVariant(value, doc, name) {
    if (typeof value === 'boolean')
        return value;
    // Spack reads any spelling of these strings as booleans.
    if (typeof value === 'string')
        return /^(true|false)$/i.test(value) ? /^true$/i.test(value) : value;
    if (typeof value === 'number')
        return String(value);
    if (value instanceof _core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .NumberToken */ .X1)
        return value.token;
    if (Array.isArray(value)) {
        const items = value.map((item) => typeof item === 'boolean' ? pythonBool(item) : doc.string(item, 'parameters.*', name));
        return [...new Set(items)].sort(); // sets, in Spack's eyes
    }
    return doc.fail('a boolean, a string or a list of strings', value, 'parameters.*', name);
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
/** @throws `unsupported` for what a splice cannot make: another package, or a spec out of itself */
function decodeBuildSpec(node, doc) {
    if (node['build_spec'] === undefined)
        return undefined;
    const spec = doc.object(node['build_spec'], 'an object', 'build_spec');
    const built = {
        name: doc.matching(spec['name'], PACKAGE_NAME, 'a package name', 'build_spec.name'),
        hash: doc.matching(spec['hash'], DAG_HASH, A_DAG_HASH, 'build_spec.hash'),
    };
    if (built.name !== node['name'])
        doc.refuse(`the same package, ${node['name']}`, built.name, 'build_spec.name');
    if (built.hash === node['hash'])
        doc.refuse('another spec than itself', built.hash, 'build_spec.hash');
    return built;
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
        const edge = doc.object(item, 'an object', 'dependencies[*]', i);
        const parameters = format === 3 ? edge : doc.object(edge['parameters'], 'an object', 'dependencies[*].parameters', i);
        const { virtuals } = parameters;
        return {
            name: doc.matching(edge['name'], PACKAGE_NAME, 'a package name', 'dependencies[*].name', i),
            hash: doc.matching(edge['hash'], DAG_HASH, A_DAG_HASH, 'dependencies[*].hash', i),
            deptypes: decodeTypes(parameters[format === 3 ? 'type' : 'deptypes'], doc, i),
            virtuals: virtuals === undefined ? NONE : doc.strings(virtuals, 'dependencies[*].virtuals', i),
            direct: format < 5 || parameters['direct'] === true,
        };
    });
}
const NONE = [];
const KNOWN_TYPES = _node_js__WEBPACK_IMPORTED_MODULE_2__/* .DEPTYPES */ .Rt;
/** Every set of dependency types, in Spack's order, under the sum of its members' bits: edges share them. */
const TYPE_SETS = Array.from({ length: 1 << _node_js__WEBPACK_IMPORTED_MODULE_2__/* .DEPTYPES */ .Rt.length }, (_, set) => _node_js__WEBPACK_IMPORTED_MODULE_2__/* .DEPTYPES */ .Rt.filter((_, bit) => (set & (1 << bit)) !== 0));
function decodeTypes(value, doc, i) {
    let set = 0;
    for (const type of doc.strings(value, 'dependencies[*].deptypes', i)) {
        const bit = KNOWN_TYPES.indexOf(type);
        if (bit < 0)
            doc.fail(`dependency types out of ${_node_js__WEBPACK_IMPORTED_MODULE_2__/* .DEPTYPES */ .Rt.join(', ')}`, type, 'dependencies[*].deptypes', i);
        set |= 1 << bit;
    }
    return TYPE_SETS[set] ?? [];
}
/**
 * A place in a document, so that every complaint names it the same way. A field is given as a pattern and what stands
 * for its `*`, since a lockfile has tens of thousands of them, and the text is needed for the one that is malformed.
 */
class Place {
    #source;
    #at;
    constructor(source, at) {
        this.#source = source;
        this.#at = at;
    }
    fail(expected, value, field, which) {
        const place = field === undefined ? this.#at : `${this.#at}.${field.replace('*', () => String(which))}`;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${place} is malformed`, {
            file: this.#source,
            expected,
            found: typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(value),
        });
    }
    /** For what is well-formed and still nothing that any Spack writes. */
    refuse(expected, found, field) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `${this.#at}.${field} is of no kind that is known`, {
            file: this.#source,
            expected,
            found,
            hint: 'concretize again, or update buildcache-action if a newer Spack wrote it',
        });
    }
    object(value, expected, field, which) {
        return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) ? value : this.fail(expected, value, field, which);
    }
    string(value, field, which) {
        return typeof value === 'string' ? value : this.fail('a string', value, field, which);
    }
    optionalString(value, field) {
        return value === undefined || value === null ? undefined : this.string(value, field);
    }
    matching(value, pattern, expected, field, which) {
        return typeof value === 'string' && pattern.test(value)
            ? value
            : this.fail(expected, value, field, which);
    }
    /** The list itself, not a copy: documents are never changed. */
    strings(value, field, which) {
        if (!Array.isArray(value))
            return this.fail('a list of strings', value, field, which);
        for (const item of value)
            this.string(item, field, which);
        return value;
    }
}


/***/ }),

/***/ 40731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A_: () => (/* binding */ shortSpecWith),
/* harmony export */   Gx: () => (/* binding */ shortSpec),
/* harmony export */   PB: () => (/* binding */ politeFilename),
/* harmony export */   SM: () => (/* binding */ formatVariants),
/* harmony export */   de: () => (/* binding */ quoteIfNeeded),
/* harmony export */   vu: () => (/* binding */ fullSpec)
/* harmony export */ });
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56832);
/** How Spack prints a concrete spec. */

/**
 * Spack's `short_spec`, exactly: `{name}@{version}`, booleans sorted and unspaced, other variants sorted, the
 * architecture and the first seven characters of the hash; no flags, compiler or namespace.
 */
function shortSpec(node) {
    return shortSpecWith(node, formatVariants(node.variants));
}
/** @param variants as {@link formatVariants} prints them */
function shortSpecWith(node, variants) {
    const { name, version, platform, os, target } = node;
    const arch = ` platform=${platform} os=${os} target=${target}`;
    return `${name}@${version}${variants}${arch}/${(0,_node_js__WEBPACK_IMPORTED_MODULE_0__/* .shortHash */ .BC)(node)}`;
}
/** Spack's `format()`, exactly: the whole node with its flags, as it describes an image. */
function fullSpec(node) {
    const { name, version, platform, os, target } = node;
    const flags = [...node.flags]
        .filter(([, values]) => values.length > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1));
    const written = flags.map(([flag, values]) => ` ${flag}=${quoteIfNeeded(values.join(' '))}`).join('');
    // The space is Spack's, whatever follows.
    const before = `${name}@=${version}${written}${written === '' ? '' : ' '}${formatVariants(node.variants)}`;
    return `${before} platform=${platform} os=${os} target=${target}`;
}
/** The variants as Spack prints them: `+a~b`, then ` k=v` and ` k:=a,b`, each group sorted by name. */
function formatVariants(variants) {
    let booleans = '';
    let others = '';
    for (const [name, value] of [...variants].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (typeof value === 'boolean')
            booleans += (value ? '+' : '~') + name;
        else
            others += ` ${name}${formatValue(name, value)}`;
    }
    return booleans + others;
}
/** Bare where the spec grammar needs no quotes, else quoted as Spack quotes. */
function quoteIfNeeded(value) {
    if (/^[A-Za-z0-9,/_.\-[\]]+$/.test(value))
        return value;
    return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
}
/** What stands between two names in a path: other characters become `_` (Spack's `polite_filename`). */
function politeFilename(text) {
    return text.replace(/[^A-Za-z0-9_+.-]/g, '_');
}
function formatValue(name, value) {
    if (typeof value === 'string')
        return `=${quoteIfNeeded(value)}`;
    const values = name === 'patches' ? value.map((patch) => patch.slice(0, 7)) : value;
    return `:=${quoteIfNeeded(values.length === 0 ? '*' : values.join(','))}`;
}


/***/ }),

/***/ 94032:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KK: () => (/* binding */ verifyHash),
/* harmony export */   Xe: () => (/* binding */ dagHash),
/* harmony export */   _p: () => (/* binding */ inSpackOrder),
/* harmony export */   d: () => (/* binding */ hashMustHold),
/* harmony export */   "do": () => (/* binding */ hashHolds)
/* harmony export */ });
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
 * elsewhere, for format 3 and older, for nodes an older Spack hashed and a newer one rewrote, where the target is a
 * microarchitecture object, which every Spack emits after its own data, and for spliced nodes: a splice may keep the
 * hash of a state it passed through, which no content gives any more, in Spack either.
 */
function hashMustHold(node) {
    const arch = node.dict['arch'];
    return (node.format >= 4 &&
        node.originalFormat === node.format &&
        node.external === undefined &&
        node.buildSpec === undefined &&
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
/** @throws `corrupt`, naming the node, where the hash must hold and does not; `bad-input` where it has no end */
function verifyHash(node, source) {
    // Whoever writes the node later could not.
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isTooDeep */ .f_)(node.dict)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', `${node.name}@${node.version}/${node.hash} is nested too deep`, {
            file: source,
        });
    }
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
        'provided_virtuals',
    ],
    ...['dependencies', 'build_spec', 'annotations'],
];
/** A node dictionary with its keys in the order in which Spack hashes them; those we do not know come last. */
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
    const known = keys.filter((key) => Object.hasOwn(value, key)).map((key) => [key, value[key]]);
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .objectOf */ .Xy)([...known, ...(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .entriesOf */ .Mc)(value).filter(([key]) => !keys.includes(key))]);
}
function finish(json, dict) {
    const hash = base32((0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)('sha1', json, 'buffer'));
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

/***/ 33517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ readLockfile)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _assemble_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(91880);
/* harmony import */ var _decode_node_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(39595);
/* harmony import */ var _hash_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(94032);
/** Reads `spack.lock`, versions 4 to 8 (spec formats 3 to 6), with the environments it includes concretely. */





const FORMAT_OF = { 4: 3, 5: 4, 6: 5, 7: 5, 8: 6 };
/**
 * @param text the lockfile's text
 * @param file its path, for messages
 * @returns every concrete spec, those of included environments too, and all roots; several may share a hash
 * @throws `bad-input` for anything malformed, dangling or cyclic, `corrupt` where a DAG hash does not hold,
 *   `unsupported` for versions we do not read, with what to run
 */
function readLockfile(text, file) {
    const lock = expectObject((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(text, file), file, 'the document');
    const format = formatOf(lock, file);
    const nodes = new Map();
    const roots = [];
    const visit = (part, at, depth) => {
        if (depth > 16)
            throw malformed(file, `${at}include_concrete`, 'at most 16 levels of included environments');
        readSpecs(part['concrete_specs'] ?? (depth === 0 ? undefined : {}), format, file, `${at}concrete_specs`, nodes);
        for (const root of readRoots(part['roots'], file, `${at}roots`))
            roots.push(depth === 0 ? root : { ...root, included: true });
        const included = part['include_concrete'];
        if (included === undefined)
            return;
        for (const [name, inner] of Object.entries(expectObject(included, file, `${at}include_concrete`))) {
            const place = `${at}include_concrete.${name}`;
            visit(expectObject(inner, file, place), `${place}.`, depth + 1);
        }
    };
    visit(lock, '', 0);
    (0,_assemble_js__WEBPACK_IMPORTED_MODULE_2__/* .assertClosedAndAcyclic */ ._)(nodes, file);
    for (const root of roots) {
        if (!nodes.has(root.hash)) {
            throw malformed(file, `root ${JSON.stringify(root.spec)}`, `its hash ${root.hash} among concrete_specs`);
        }
    }
    return { nodes, roots };
}
function formatOf(lock, file) {
    const meta = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(lock['_meta']) ? lock['_meta'] : {};
    const version = meta['lockfile-version'];
    if (meta['file-type'] !== 'spack-lockfile' || typeof version !== 'number') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'not a Spack lockfile', {
            file,
            expected: '_meta with file-type "spack-lockfile" and a lockfile-version',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(lock['_meta']),
            hint: 'name the spack.lock of a concretized environment',
        });
    }
    const format = FORMAT_OF[version];
    if (format !== undefined)
        return format;
    const hint = version < 4
        ? 'concretize it again with Spack 0.18 or newer: spack -e DIR concretize --force'
        : 'it was written by a newer Spack; update buildcache-action';
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `lockfile version ${version} is not supported`, {
        file,
        expected: 'version 4 to 8',
        hint,
    });
}
function readSpecs(value, format, file, at, into) {
    for (const [key, dict] of Object.entries(expectObject(value, file, at))) {
        if (!(0,_decode_node_js__WEBPACK_IMPORTED_MODULE_3__/* .isDagHash */ .X)(key))
            throw malformed(file, `${at}.${key}`, 'DAG hashes of 32 base32 characters as keys');
        const node = (0,_decode_node_js__WEBPACK_IMPORTED_MODULE_3__/* .decodeNode */ .j)(dict, format, file, `${at}.${key}`);
        if (node.hash !== key) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${at}.${key} is another spec`, {
                file,
                expected: `hash ${key}`,
                found: node.hash,
            });
        }
        (0,_hash_js__WEBPACK_IMPORTED_MODULE_4__/* .verifyHash */ .KK)(node, file);
        into.set(key, node);
    }
}
function readRoots(value, file, at) {
    if (!Array.isArray(value))
        throw malformed(file, at, 'a list of roots', value);
    return value.map((item, i) => {
        const root = expectObject(item, file, `${at}[${i}]`);
        const { hash, spec, group } = root;
        if (!(0,_decode_node_js__WEBPACK_IMPORTED_MODULE_3__/* .isDagHash */ .X)(hash))
            throw malformed(file, `${at}[${i}].hash`, 'a DAG hash of 32 base32 characters', hash);
        if (typeof spec !== 'string')
            throw malformed(file, `${at}[${i}].spec`, 'a string', spec);
        if (group !== undefined && typeof group !== 'string')
            throw malformed(file, `${at}[${i}].group`, 'a string', group);
        return group === undefined ? { hash, spec } : { hash, spec, group };
    });
}
function expectObject(value, file, at) {
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return value;
    throw malformed(file, at, 'an object', value);
}
function malformed(file, at, expected, found) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${at} is malformed`, {
        file,
        expected,
        ...(found === undefined ? {} : { found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(found) }),
    });
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


/***/ }),

/***/ 5518:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BJ: () => (/* binding */ specFileText),
/* harmony export */   H4: () => (/* binding */ specFileFormat),
/* harmony export */   MB: () => (/* binding */ readSpecFile)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);
/* harmony import */ var _core_clearsigned_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(49283);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28314);
/* harmony import */ var _assemble_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(91880);
/* harmony import */ var _decode_node_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(39595);
/* harmony import */ var _hash_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(94032);
/** Reads a `spec.json` document, formats 3 to 6: plain, gzip-compressed or clear-signed. */







/** A spec of a few thousand nodes is a few megabytes; what is larger is a bomb. */
const MAX_BYTES = 256 * 1024 * 1024;
/**
 * @param bytes the document as stored. A signature around it is taken off, not verified.
 * @throws `bad-input`, `corrupt` (a DAG hash that does not hold), `unsupported` (other formats)
 */
function readSpecFile(bytes, source) {
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(specFileText(bytes, source), source);
    const spec = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(document) ? document['spec'] : undefined;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(document) || !(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(spec) || !Array.isArray(spec['nodes'])) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', 'not a spec file', {
            file: source,
            expected: 'an object "spec" with a list "nodes"',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(spec ?? document),
        });
    }
    const format = formatOf(spec['_meta'], source);
    const nodes = new Map();
    let root;
    for (const [i, dict] of spec['nodes'].entries()) {
        const node = (0,_decode_node_js__WEBPACK_IMPORTED_MODULE_4__/* .decodeNode */ .j)(dict, format, source, `spec.nodes[${i}]`);
        (0,_hash_js__WEBPACK_IMPORTED_MODULE_5__/* .verifyHash */ .KK)(node, source);
        nodes.set(node.hash, node);
        root ??= node;
    }
    if (root === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('bad-input', 'a spec file without nodes', { file: source });
    (0,_assemble_js__WEBPACK_IMPORTED_MODULE_3__/* .assertClosedAndAcyclic */ ._)(nodes, source);
    return { root, nodes, tarballSha256: tarballChecksum(document) };
}
/** The format that the text of a spec file says it has; undefined where it says none. @throws `bad-input` */
function specFileFormat(text) {
    // As Spack and we write it; a document may be megabytes.
    const [, written] = /^\{"spec":\{"_meta":\{"version":(\d{1,9})\}/.exec(text) ?? [];
    if (written !== undefined)
        return Number(written);
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(text, 'spec.json');
    const spec = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(document) ? document['spec'] : undefined;
    const meta = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(spec) ? spec['_meta'] : undefined;
    const version = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(meta) ? meta['version'] : undefined;
    return typeof version === 'number' ? version : undefined;
}
/** The document's JSON: unpacked, a signature around it taken off and not verified. @throws `corrupt`, `too-large` */
function specFileText(bytes, source) {
    const text = unpacked(bytes, source);
    return (0,_core_clearsigned_js__WEBPACK_IMPORTED_MODULE_6__/* .clearsignedText */ .J)(text) ?? text;
}
function unpacked(bytes, source) {
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
        return Buffer.from(bytes).toString('utf8');
    try {
        return (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.gunzipSync)(bytes, { maxOutputLength: MAX_BYTES }).toString('utf8');
    }
    catch (error) {
        const large = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .systemCode */ .xU)(error) === 'ERR_BUFFER_TOO_LARGE';
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO(large ? 'too-large' : 'corrupt', large ? `it unpacks to more than ${MAX_BYTES} bytes` : 'its gzip data is damaged', { file: source }, error);
    }
}
function formatOf(meta, source) {
    const version = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(meta) ? meta['version'] : undefined;
    if (version === 3 || version === 4 || version === 5 || version === 6)
        return version;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('unsupported', `spec format ${(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(version)} is not supported`, {
        file: source,
        expected: 'format 3 to 6',
        hint: Number((0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(version)) > 6 ? 'update buildcache-action' : 'push the spec again with a current Spack',
    });
}
function tarballChecksum(document) {
    const checksum = document['binary_cache_checksum'];
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(checksum) || checksum['hash_algorithm'] !== 'sha256')
        return undefined;
    return typeof checksum['hash'] === 'string' ? checksum['hash'] : undefined;
}


/***/ }),

/***/ 15358:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bp: () => (/* binding */ packingOf),
/* harmony export */   dy: () => (/* binding */ unpackedBytes),
/* harmony export */   qZ: () => (/* binding */ unpackedBody)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57975);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(38522);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(62807);
/* harmony import */ var _core_streams_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(29575);
/**
 * What servers pack on top of what was put there (`Content-Encoding`, RFC 9110 section 8.4). Nobody asked for it: such
 * objects were stored so (`aws s3 cp --content-encoding gzip`). Spack's manifests name the bytes without it, as a rule;
 * but a server may also call so what is gzip by itself, such as a compressed index. So what is known of the object decides:
 * its digest, or its length; a document of which nothing is known is text, and never gzip.
 */






/**
 * What an object's `Content-Encoding` says, if that is a packing. People write other things there as well (`utf-8`), and
 * AWS's clients `aws-chunked` for how they send, which some servers keep.
 */
function packingOf(header, length) {
    const codings = (header ?? '')
        .toLowerCase()
        .split(',')
        .map((coding) => coding.trim())
        .filter((coding) => PACKINGS.has(coding));
    if (codings.length === 0)
        return undefined;
    return { coding: codings.join(', '), size: length === undefined ? undefined : Number(length) };
}
const PACKINGS = new Set([
    ...['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'compress', 'x-compress'],
]);
/**
 * The body without what a server has packed it in.
 * @param size of what is wanted, where that is known: a body of this length is not packed
 * @param name redacted, for messages
 * @throws BuildcacheError `unsupported` for other packings than gzip
 */
function unpackedBody({ body, packed }, size, name) {
    if (packed === undefined || (size !== undefined && packed.size === size))
        return body;
    if (!isGzip(packed.coding)) {
        body.on('error', () => undefined).destroy();
        throw notGzip(packed.coding, name);
    }
    return node_stream__WEBPACK_IMPORTED_MODULE_0__.Readable.from(unpackedPieces(body, name), { objectMode: false });
}
async function* unpackedPieces(body, name) {
    const pieces = body.iterator();
    const first = await pieces.next();
    const rest = async function* () {
        if (first.done !== true)
            yield first.value;
        yield* pieces;
    };
    const whole = node_stream__WEBPACK_IMPORTED_MODULE_0__.Readable.from(rest(), { objectMode: false });
    // Some servers say so of what is not packed at all.
    yield* first.done !== true && isGzipped(first.value) ? (0,_core_streams_js__WEBPACK_IMPORTED_MODULE_5__/* .gunzipped */ .lY)(whole, name) : whole;
}
/**
 * The same for bytes in memory.
 * @param known what they may be already
 * @throws BuildcacheError `too-large` for more than `maxBytes`; `corrupt`; `unsupported`
 */
async function unpackedBytes(bytes, { packed }, known) {
    const { sha256, maxBytes, what } = known;
    if (packed === undefined || (sha256 !== undefined && (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .sha256 */ .sc)(bytes) === sha256))
        return bytes;
    if (!isGzip(packed.coding))
        throw notGzip(packed.coding, undefined);
    if (!isGzipped(bytes))
        return bytes; // whatever the server says
    try {
        return await (0,node_util__WEBPACK_IMPORTED_MODULE_1__.promisify)(node_zlib__WEBPACK_IMPORTED_MODULE_2__.gunzip)(bytes, { maxOutputLength: maxBytes });
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .systemCode */ .xU)(error) === 'ERR_BUFFER_TOO_LARGE') {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('too-large', `${what} is too large when unpacked`, {
                expected: `at most ${maxBytes} bytes`,
                found: 'more',
            });
        }
        throw (0,_core_streams_js__WEBPACK_IMPORTED_MODULE_5__/* .gzipError */ .V_)(error, what);
    }
}
/** By its first byte alone: nothing that we read begins with a control character. */
function isGzipped(bytes) {
    return bytes[0] === 0x1f;
}
function isGzip(coding) {
    return coding === 'gzip' || coding === 'x-gzip';
}
function notGzip(coding, url) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('unsupported', 'it is stored packed in a way that is not read', {
        ...(url === undefined ? {} : { url }),
        expected: 'no Content-Encoding, or gzip',
        found: coding.slice(0, 100),
        hint: 'store it without Content-Encoding',
    });
}


/***/ }),

/***/ 53700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vc: () => (/* binding */ readUpTo),
/* harmony export */   u0: () => (/* binding */ readDocument),
/* harmony export */   yw: () => (/* binding */ readAll)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _content_coding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(15358);


/**
 * The bytes of the body (the asked-for range, where a range was asked for). Consumes or destroys it.
 * @throws BuildcacheError `too-large` over the cap, and whatever the body fails with
 */
async function readAll(object, options) {
    const { maxBytes, what } = options;
    const chunks = [];
    let length = 0;
    // The size an answer declares is not looked at: it is the whole object's, the body may be a part of it.
    for await (const chunk of object.body) {
        length += chunk.length;
        if (length > maxBytes) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('too-large', `${what} is too large`, {
                expected: `at most ${maxBytes} bytes`,
                found: object.size !== undefined && object.size > length ? `${object.size} bytes` : 'more',
            });
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
}
/**
 * A document, as it was before a server packed it.
 * @throws as {@link readAll}, and `too-large`, `corrupt` or `unsupported` for what cannot be unpacked
 */
async function readDocument(object, options) {
    if (object.packed === undefined)
        return await readAll(object, options);
    const bytes = await readAll(object, { ...options, maxBytes: options.maxBytes + PACKING_MOST });
    return await (0,_content_coding_js__WEBPACK_IMPORTED_MODULE_1__/* .unpackedBytes */ .dy)(bytes, object, options);
}
/** Bytes that gzip adds to what it cannot pack; of eight megabytes, two and a half thousand. */
const PACKING_MOST = 64 * 1024;
/** A short answer: the first bytes of a body; of one that is longer the rest is not read. */
async function readUpTo(body, maxBytes) {
    const chunks = [];
    let length = 0;
    for await (const chunk of body) {
        chunks.push(chunk);
        length += chunk.length;
        if (length > maxBytes)
            break; // leaving the loop ends the connection
    }
    return Buffer.concat(chunks).subarray(0, maxBytes);
}


/***/ })

};
