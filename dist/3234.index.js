export const id = 3234;
export const ids = [3234];
export const modules = {

/***/ 55746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E2: () => (/* binding */ decodeHeader),
/* harmony export */   Vj: () => (/* binding */ IN_CACHE),
/* harmony export */   YS: () => (/* binding */ encodeHeader),
/* harmony export */   ZI: () => (/* binding */ COMPACT_VERSION),
/* harmony export */   bP: () => (/* binding */ SECTIONS),
/* harmony export */   oP: () => (/* binding */ sectionOffsets),
/* harmony export */   q2: () => (/* binding */ HEADER_BYTES),
/* harmony export */   r$: () => (/* binding */ POSTING_BYTES),
/* harmony export */   sf: () => (/* binding */ PLACE_BYTES)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);
/* harmony import */ var _hash_table_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37460);
/**
 * The file that stands beside a kept index document so that a question about it reads only what it needs.
 * Little-endian; `N` specs, `K` names, `P` postings:
 *
 *     0   8  "bcindex" and the format's version, 1
 *     8   8  bytes of the document it describes
 *    16   4  records in the document, those that could not be read included
 *    20   4  N
 *    24   4  P
 *    28   4  bytes of the names
 *    32   4  `database.version` of the document, 0 when it does not say
 *    36  16  CRC-32 of each section
 *    52   4  CRC-32 of the 52 bytes before
 *
 *     hashes    N x 20  DAG hashes, the 20 bytes their base32 stands for, ascending, each once
 *     places    N x 16  in the same order: offset of the record's JSON in the document (6), flags (2; 1: in the
 *                       cache), its length (4), its CRC-32 (4)
 *     postings  P x 4   places in the two sections above, name by name
 *     names     JSON    `{"packages": [[name, count], …], "virtuals": […]}`: whose the postings are, in order
 *
 * It is made by us on this machine and is only a shortcut: checksums are there to notice damage, and a file of
 * another version, or that does not fit its document, reads as "not there".
 */


const COMPACT_VERSION = 1;
const HEADER_BYTES = 56;
const PLACE_BYTES = 16;
const POSTING_BYTES = 4;
/** The flag of a spec that is in the cache; other records are there as somebody's dependency. */
const IN_CACHE = 1;
const SECTIONS = ['hashes', 'places', 'postings', 'names'];
function encodeHeader(header) {
    const bytes = Buffer.alloc(HEADER_BYTES);
    MAGIC.copy(bytes);
    bytes.writeBigUInt64LE(BigInt(header.documentBytes), 8);
    const { records, specs, postings, namesBytes, databaseVersion, checksums } = header;
    const fields = [records, specs, postings, namesBytes, databaseVersion];
    [...fields, ...SECTIONS.map((name) => checksums[name])].forEach((value, i) => {
        bytes.writeUInt32LE(value, 16 + 4 * i);
    });
    bytes.writeUInt32LE((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(bytes.subarray(0, HEADER_BYTES - 4)), HEADER_BYTES - 4);
    return bytes;
}
/** @returns undefined for anything that is not an intact header of this version */
function decodeHeader(bytes) {
    if (bytes.length !== HEADER_BYTES || !bytes.subarray(0, 8).equals(MAGIC))
        return undefined;
    if ((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(bytes.subarray(0, HEADER_BYTES - 4)) !== bytes.readUInt32LE(HEADER_BYTES - 4))
        return undefined;
    const field = (i) => bytes.readUInt32LE(16 + 4 * i);
    return {
        documentBytes: Number(bytes.readBigUInt64LE(8)),
        records: field(0),
        specs: field(1),
        postings: field(2),
        namesBytes: field(3),
        databaseVersion: field(4),
        checksums: { hashes: field(5), places: field(6), postings: field(7), names: field(8) },
    };
}
/** Where each section lies, and under `end` how long the file is. */
function sectionOffsets(header) {
    const places = HEADER_BYTES + header.specs * _hash_table_js__WEBPACK_IMPORTED_MODULE_1__/* .HASH_BYTES */ .FA;
    const postings = places + header.specs * PLACE_BYTES;
    const names = postings + header.postings * POSTING_BYTES;
    return { hashes: HEADER_BYTES, places, postings, names, end: names + header.namesBytes };
}
const MAGIC = Buffer.from([...Buffer.from('bcindex'), COMPACT_VERSION]);


/***/ }),

/***/ 71449:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ openCompactIndex)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28314);
/* harmony import */ var _spec_decode_node_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(39595);
/* harmony import */ var _compact_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55746);
/* harmony import */ var _hash_table_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(37460);
/**
 * Answers from an index kept on disk, in its compact form (compact-format.ts) and the document beside it. Each
 * part is read, and checked, when a question first needs it; records are read out of the document one by one.
 */






/**
 * @param document undefined when only the compact form could be kept; then records cannot be read
 * @returns undefined, with both closed, when the compact form is damaged, of another version or of another
 *   document. Otherwise the index closes them.
 */
async function openCompactIndex(compact, document) {
    const close = async () => {
        await Promise.all([compact.close(), document?.close()]);
    };
    const header = (0,_compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .decodeHeader */ .E2)(await compact.read(0, _compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .HEADER_BYTES */ .q2));
    const isWhole = header !== undefined && (0,_compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .sectionOffsets */ .oP)(header).end === compact.size;
    if (isWhole && (document === undefined || header.documentBytes === document.size)) {
        return index(header, compact, document, close);
    }
    await close();
    return undefined;
}
/** Records this near to each other are read together: a few more bytes cost less than one more read. */
const GAP = 4 * 1024;
const MAX_READ = 1024 * 1024;
function index(header, compact, document, close) {
    const sections = new Map();
    const section = (name) => {
        const bytes = sections.get(name) ?? readSection(compact, header, name);
        sections.set(name, bytes);
        return bytes;
    };
    let names;
    const postings = async (kind, name) => {
        names ??= section('names').then((text) => parseNames(text, header.postings));
        const range = (await names)[kind].get(name);
        if (range === undefined)
            return NOTHING;
        const bytes = await section('postings');
        const found = new Uint32Array(range.count);
        for (let i = 0; i < range.count; i++) {
            found[i] = inBounds(bytes.readUInt32LE((range.start + i) * _compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .POSTING_BYTES */ .r$), header.specs);
        }
        return cached(found, await section('places'));
    };
    return {
        records: header.records,
        databaseVersion: header.databaseVersion,
        async listed(hashes) {
            const [table, places] = await Promise.all([section('hashes'), section('places')]);
            const found = new Set();
            for (const hash of hashes) {
                const place = (0,_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_3__/* .isDagHash */ .X)(hash) ? (0,_hash_table_js__WEBPACK_IMPORTED_MODULE_5__/* .findHash */ .er)(table, hash) : undefined;
                if (place !== undefined && isInCache(places, place))
                    found.add(hash);
            }
            return found;
        },
        async places(hashes) {
            const table = await section('hashes');
            const found = [];
            for (const hash of hashes) {
                const place = (0,_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_3__/* .isDagHash */ .X)(hash) ? (0,_hash_table_js__WEBPACK_IMPORTED_MODULE_5__/* .findHash */ .er)(table, hash) : undefined;
                if (place !== undefined)
                    found.push(place);
            }
            return found;
        },
        async all() {
            return cached(Uint32Array.from({ length: header.specs }, (_, i) => i), await section('places'));
        },
        ofPackage: (name) => postings('packages', name),
        ofVirtual: (name) => postings('virtuals', name),
        async ofPrefix(hash) {
            const { start, end } = (0,_hash_table_js__WEBPACK_IMPORTED_MODULE_5__/* .prefixRange */ .EE)(await section('hashes'), hash);
            return cached(Uint32Array.from({ length: end - start }, (_, i) => start + i), await section('places'));
        },
        read(wanted) {
            if (document !== undefined)
                return readRecords(document, section, wanted);
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('io', 'the index could not be kept on disk', {
                hint: 'name a folder with enough room in BUILDCACHE_CACHE_DIR',
            });
        },
        close,
    };
}
async function* readRecords(document, section, unsorted) {
    const [hashes, places] = await Promise.all([section('hashes'), section('places')]);
    const wanted = Uint32Array.from(unsorted).sort((a, b) => offsetOf(places, a) - offsetOf(places, b));
    for (let i = 0; i < wanted.length;) {
        const start = offsetOf(places, wanted[i] ?? 0);
        let end = start;
        let next = i;
        for (; next < wanted.length; next++) {
            const place = wanted[next] ?? 0;
            const from = offsetOf(places, place);
            const to = from + lengthOf(places, place);
            if (next > i && (from < end || from > end + GAP || to > start + MAX_READ))
                break;
            end = to;
        }
        const bytes = await readAt(document, start, end - start);
        for (; i < next; i++) {
            const place = wanted[i] ?? 0;
            const from = offsetOf(places, place) - start;
            const json = bytes.subarray(from, from + lengthOf(places, place));
            if ((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(json) !== places.readUInt32LE(place * _compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .PLACE_BYTES */ .sf + 12))
                throw damaged();
            yield { hash: (0,_hash_table_js__WEBPACK_IMPORTED_MODULE_5__/* .unpackHash */ .V$)(hashes, place * _hash_table_js__WEBPACK_IMPORTED_MODULE_5__/* .HASH_BYTES */ .FA), json };
        }
    }
}
function parseNames(text, postings) {
    const value = JSON.parse(text.toString('utf8'));
    let start = 0;
    const read = (kind) => {
        const rows = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value) ? value[kind] : undefined;
        const ranges = new Map();
        for (const row of Array.isArray(rows) ? rows : []) {
            const [name, count] = Array.isArray(row) ? row : [];
            if (typeof name !== 'string' || typeof count !== 'number')
                throw damaged();
            ranges.set(name, { start, count });
            start += count;
        }
        return ranges;
    };
    const names = { packages: read('packages'), virtuals: read('virtuals') };
    if (start !== postings)
        throw damaged();
    return names;
}
const NOTHING = new Uint32Array(0);
function isInCache(places, place) {
    return (places.readUInt16LE(place * _compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .PLACE_BYTES */ .sf + 6) & _compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .IN_CACHE */ .Vj) !== 0;
}
function cached(found, places) {
    return found.filter((place) => isInCache(places, place));
}
function offsetOf(places, place) {
    return places.readUIntLE(place * _compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .PLACE_BYTES */ .sf, 6);
}
function lengthOf(places, place) {
    return places.readUInt32LE(place * _compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .PLACE_BYTES */ .sf + 8);
}
function inBounds(place, specs) {
    if (place >= specs)
        throw damaged();
    return place;
}
async function readSection(file, header, name) {
    const offsets = (0,_compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .sectionOffsets */ .oP)(header);
    const ends = {
        hashes: offsets.places,
        places: offsets.postings,
        postings: offsets.names,
        names: offsets.end,
    };
    const bytes = await readAt(file, offsets[name], ends[name] - offsets[name]);
    if ((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(bytes) !== header.checksums[name])
        throw damaged();
    return bytes;
}
async function readAt(file, position, length) {
    const bytes = await file.read(position, length);
    if (bytes.length < length)
        throw damaged();
    return bytes;
}
function damaged() {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('corrupt', 'the local copy of the index is damaged');
}


/***/ }),

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
    const { what, maxBytes = MAX_DOCUMENT, signal, range } = options;
    for (let last = false;; last = true) {
        const object = await storage.get(key, { signal, ...(range === undefined ? {} : { range }) });
        if (object === undefined || object === 'not-modified')
            return undefined;
        try {
            const bytes = await (0,_storage_read_js__WEBPACK_IMPORTED_MODULE_2__/* .readAll */ .y)(object, { maxBytes, what });
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

/***/ 37460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EE: () => (/* binding */ prefixRange),
/* harmony export */   FA: () => (/* binding */ HASH_BYTES),
/* harmony export */   V$: () => (/* binding */ unpackHash),
/* harmony export */   W4: () => (/* binding */ packHash),
/* harmony export */   er: () => (/* binding */ findHash)
/* harmony export */ });
/** DAG hashes as the 20 bytes their base32 stands for, in sorted tables: a third smaller, and ordered alike. */
const HASH_BYTES = 20;
/** Writes the 20 bytes of a DAG hash. @param hash 32 characters of lower-case base32, already checked */
function packHash(hash, target, at) {
    let bits = 0;
    let count = 0;
    for (let i = 0; i < 32; i++) {
        const code = hash.charCodeAt(i);
        bits = ((bits << 5) | (code >= 0x61 ? code - 0x61 : code - 0x32 + 26)) & 0xfff;
        count += 5;
        if (count >= 8) {
            count -= 8;
            target[at++] = bits >> count;
        }
    }
}
/** The inverse of {@link packHash}. */
function unpackHash(bytes, at) {
    let hash = '';
    let bits = 0;
    let count = 0;
    for (let i = 0; i < HASH_BYTES; i++) {
        bits = ((bits << 8) | (bytes[at + i] ?? 0)) & 0xfff;
        for (count += 8; count >= 5; count -= 5)
            hash += ALPHABET[(bits >> (count - 5)) & 31];
    }
    return hash;
}
/** The place of a DAG hash among sorted ones. @param hash already checked to be one */
function findHash(sortedHashes, hash) {
    const wanted = Buffer.alloc(HASH_BYTES);
    packHash(hash, wanted, 0);
    const place = lowerBound(sortedHashes, wanted);
    const from = place * HASH_BYTES;
    if (from >= sortedHashes.length)
        return undefined;
    return wanted.compare(sortedHashes, from, from + HASH_BYTES) === 0 ? place : undefined;
}
/** The first place whose hash is not below these 20 bytes. */
function lowerBound(sortedHashes, wanted) {
    let low = 0;
    let high = sortedHashes.length / HASH_BYTES;
    while (low < high) {
        const middle = (low + high) >>> 1;
        const from = middle * HASH_BYTES;
        if (wanted.compare(sortedHashes, from, from + HASH_BYTES) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
/** The places of all hashes that begin with up to 32 characters of base32: the first, and the one after the last. */
function prefixRange(sortedHashes, prefix) {
    const low = Buffer.alloc(HASH_BYTES);
    packHash(prefix.padEnd(32, 'a'), low, 0);
    const start = lowerBound(sortedHashes, low);
    const high = Buffer.alloc(HASH_BYTES);
    packHash(prefix.padEnd(32, '7'), high, 0);
    const last = lowerBound(sortedHashes, high);
    const from = last * HASH_BYTES;
    const isThere = from < sortedHashes.length && high.compare(sortedHashes, from, from + HASH_BYTES) === 0;
    return { start, end: isThere ? last + 1 : last };
}
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';


/***/ }),

/***/ 59143:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ scanIndex)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * Walks an index of any size as it streams past, without ever holding more than one record: the index of a
 * large public cache is longer than a JavaScript string can be. What is checked is the nesting; a record's
 * own JSON is parsed by whoever needs it.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;
/** `{"database": {"installs": {HASH: {…` — records are objects at this depth. */
const RECORD_DEPTH = 4;
/** A record is a few kilobytes; one this large is an attack. */
const MAX_RECORD = 16 * 1024 * 1024;
/**
 * @param visit called for each member of `database.installs`, in the document's order
 * @throws `bad-input` when the document is no index, is cut short, or is nested past any record;
 *   `too-large` for a record no Spack writes
 */
async function scanIndex(chunks, source, visit) {
    const scanner = new Scanner(source, visit);
    for await (const chunk of chunks)
        scanner.push(chunk);
    return scanner.finish();
}
class Scanner {
    #source;
    #visit;
    /** What of earlier chunks a token or record under way still needs. */
    #held = Buffer.alloc(0);
    /** Bytes of the document before the buffer being scanned. */
    #base = 0;
    #depth = 0;
    /** Nested lists and objects open inside, one bit each: 1 for an object. */
    #kinds = [];
    #inString = false;
    #escaped = false;
    /** Offsets into the buffer being scanned, -1 when nothing is under way. */
    #stringStart = -1;
    #recordStart = -1;
    #lastString = '';
    /** Keys that lead to where we are: `database`, `installs`, the hash. */
    #path = [];
    #version;
    #records = 0;
    #sawInstalls = false;
    #ended = false;
    constructor(source, visit) {
        this.#source = source;
        this.#visit = visit;
    }
    push(chunk) {
        const from = this.#held.length;
        const buffer = from === 0
            ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
            : Buffer.concat([this.#held, chunk]);
        this.#scan(buffer, from);
        this.#hold(buffer);
        this.#base += buffer.length - this.#held.length;
    }
    finish() {
        if (!this.#ended)
            throw this.#bad('a complete JSON document', 'its end is missing');
        if (!this.#sawInstalls)
            throw this.#bad('an object "database" with "installs"', 'another document');
        return { version: this.#version, records: this.#records };
    }
    #scan(buffer, from) {
        const { length } = buffer;
        for (let i = from; i < length; i++) {
            if (this.#inString) {
                i = this.#skipString(buffer, i);
                if (this.#inString)
                    return;
                continue;
            }
            const byte = buffer[i];
            switch (byte) {
                case QUOTE:
                    this.#inString = true;
                    if (this.#depth < RECORD_DEPTH)
                        this.#stringStart = i;
                    break;
                case COLON:
                    if (this.#depth < RECORD_DEPTH && this.#depth > 0)
                        this.#path[this.#depth - 1] = this.#lastString;
                    break;
                case COMMA:
                    if (this.#depth < RECORD_DEPTH && this.#depth > 0)
                        this.#path[this.#depth - 1] = '';
                    break;
                case OPEN_OBJECT:
                case OPEN_LIST:
                    this.#open(byte === OPEN_OBJECT, i);
                    break;
                case CLOSE_OBJECT:
                case CLOSE_LIST:
                    this.#close(byte === CLOSE_OBJECT, buffer, i);
                    break;
                default:
                    if (this.#depth === 0 && byte !== undefined && byte > 0x20) {
                        throw this.#bad('a JSON object', buffer.toString('latin1', i, i + 16));
                    }
            }
        }
    }
    /** Moves to the string's closing quote, or to the end of the buffer when that is yet to come. */
    #skipString(buffer, from) {
        let i = from;
        for (; i < buffer.length; i++) {
            const byte = buffer[i];
            if (this.#escaped)
                this.#escaped = false;
            else if (byte === BACKSLASH)
                this.#escaped = true;
            else if (byte === QUOTE) {
                this.#inString = false;
                if (this.#stringStart >= 0)
                    this.#endString(buffer, i);
                return i;
            }
        }
        return i;
    }
    #endString(buffer, end) {
        this.#lastString = buffer.toString('utf8', this.#stringStart + 1, end);
        this.#stringStart = -1;
        if (this.#depth === 2 && this.#path[0] === 'database' && this.#path[1] === 'version') {
            this.#version ??= this.#lastString;
        }
    }
    #open(isObject, at) {
        if (this.#ended)
            throw this.#bad('the end of the document', 'more after it');
        this.#kinds[this.#depth++] = isObject;
        if (this.#depth > 256)
            throw this.#bad('an index', 'JSON nested deeper than 256 levels');
        if (this.#depth === 3 && this.#inInstalls())
            this.#sawInstalls = true;
        if (this.#depth === RECORD_DEPTH && this.#inInstalls())
            this.#recordStart = at;
        if (this.#depth <= RECORD_DEPTH - 1)
            this.#path[this.#depth - 1] = '';
    }
    #close(isObject, buffer, at) {
        if (this.#depth === 0 || this.#kinds[this.#depth - 1] !== isObject)
            throw this.#bad('matching brackets', 'others');
        if (this.#depth === RECORD_DEPTH && this.#recordStart >= 0) {
            this.#visit({
                hash: this.#path[2] ?? '',
                json: buffer.subarray(this.#recordStart, at + 1),
                offset: this.#base + this.#recordStart,
            });
            this.#recordStart = -1;
            this.#records++;
        }
        if (--this.#depth === 0)
            this.#ended = true;
    }
    #inInstalls() {
        return this.#path[0] === 'database' && this.#path[1] === 'installs';
    }
    /** Keeps what a string or record under way has so far, and shifts their offsets. */
    #hold(buffer) {
        const start = this.#recordStart >= 0 ? this.#recordStart : this.#stringStart;
        if (start < 0) {
            this.#held = Buffer.alloc(0);
            return;
        }
        if (buffer.length - start > MAX_RECORD) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('too-large', 'an index record is too large', {
                url: this.#source,
                expected: `at most ${MAX_RECORD} bytes`,
            });
        }
        this.#held = buffer.subarray(start);
        if (this.#recordStart >= 0)
            this.#recordStart = 0;
        if (this.#stringStart >= 0)
            this.#stringStart -= start;
    }
    #bad(expected, found) {
        return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'not an index', { url: this.#source, expected, found });
    }
}


/***/ }),

/***/ 48739:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  w2: () => (/* binding */ MAX_INDEX_BYTES),
  aZ: () => (/* binding */ askIndex),
  UK: () => (/* binding */ listWanted)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./build/core/digest.js
var digest = __webpack_require__(82552);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
;// CONCATENATED MODULE: ./build/core/streams.js
/** Streams put together so that an error anywhere reaches whoever reads, and nothing leaks. */

/** What comes out of `transform` when `source` goes in; destroying either destroys both. */
function through(source, transform) {
    return (0,external_node_stream_.pipeline)(source, transform, () => undefined); // the error is the reader's: pipeline destroys transform with it
}

// EXTERNAL MODULE: ./build/core/json.js
var core_json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/spec/decode-node.js
var decode_node = __webpack_require__(39595);
// EXTERNAL MODULE: ./build/cache/compact-format.js
var compact_format = __webpack_require__(55746);
// EXTERNAL MODULE: ./build/cache/hash-table.js
var hash_table = __webpack_require__(37460);
;// CONCATENATED MODULE: ./build/cache/compact-builder.js
/**
 * Makes the compact form of an index from its records as they stream past, in one pass and some fifty bytes a
 * record. What the form is, see compact-format.ts.
 */





function compactBuilder() {
    const hashes = new Growing(hash_table/* HASH_BYTES */.FA);
    const places = new Growing(compact_format/* PLACE_BYTES */.sf);
    const nameIds = new Growing(4);
    const packages = new Map();
    const providers = new Map();
    return {
        add({ hash, json, offset }) {
            if (!(0,decode_node/* isDagHash */.X)(hash))
                return;
            const facts = readFacts(json);
            if (facts === undefined)
                return;
            const id = packages.get(facts.name) ?? packages.size;
            if (id === packages.size)
                packages.set(facts.name, id);
            nameIds.next((bytes, at) => bytes.writeUInt32LE(id, at));
            hashes.next((bytes, at) => (0,hash_table/* packHash */.W4)(hash, bytes, at));
            places.next((bytes, at) => {
                bytes.writeUIntLE(offset, at, 6);
                bytes.writeUInt16LE(facts.inCache ? compact_format/* IN_CACHE */.Vj : 0, at + 6);
                bytes.writeUInt32LE(json.length, at + 8);
                bytes.writeUInt32LE((0,external_node_zlib_.crc32)(json), at + 12);
            });
            for (const [virtual, provider] of facts.provided) {
                const known = providers.get(virtual);
                if (known === undefined)
                    providers.set(virtual, new Set([provider]));
                else
                    known.add(provider);
            }
        },
        finish(summary, documentBytes) {
            const { order, rank } = sortHashes(hashes);
            const specs = order.length;
            const sorted = { hashes: Buffer.alloc(specs * hash_table/* HASH_BYTES */.FA), places: Buffer.alloc(specs * compact_format/* PLACE_BYTES */.sf) };
            order.forEach((from, to) => {
                hashes.bytes.copy(sorted.hashes, to * hash_table/* HASH_BYTES */.FA, from * hash_table/* HASH_BYTES */.FA, (from + 1) * hash_table/* HASH_BYTES */.FA);
                places.bytes.copy(sorted.places, to * compact_format/* PLACE_BYTES */.sf, from * compact_format/* PLACE_BYTES */.sf, (from + 1) * compact_format/* PLACE_BYTES */.sf);
            });
            const names = postingsOf(packages, nameIds, rank, order);
            const virtuals = providerPostings(providers, sorted.hashes);
            const text = Buffer.from(JSON.stringify({ packages: names.counts, virtuals: virtuals.counts }));
            const sections = {
                ...sorted,
                postings: Buffer.concat([names.postings, virtuals.postings]),
                names: text,
            };
            const header = (0,compact_format/* encodeHeader */.YS)({
                documentBytes,
                records: summary.records,
                specs,
                postings: sections.postings.length / compact_format/* POSTING_BYTES */.r$,
                namesBytes: text.length,
                databaseVersion: /^\d{1,9}$/.test(summary.version ?? '') ? Number(summary.version) : 0,
                checksums: {
                    hashes: (0,external_node_zlib_.crc32)(sections.hashes),
                    places: (0,external_node_zlib_.crc32)(sections.places),
                    postings: (0,external_node_zlib_.crc32)(sections.postings),
                    names: (0,external_node_zlib_.crc32)(sections.names),
                },
            });
            return [header, ...compact_format/* SECTIONS */.bP.map((name) => sections[name])];
        },
    };
}
function readFacts(json) {
    let record;
    try {
        record = JSON.parse(json.toString('utf8'));
    }
    catch {
        return undefined;
    }
    const spec = (0,core_json/* isObject */.Gv)(record) ? record['spec'] : undefined;
    if (!(0,core_json/* isObject */.Gv)(record) || !(0,core_json/* isObject */.Gv)(spec) || typeof spec['name'] !== 'string')
        return undefined;
    const provided = [];
    const edges = spec['dependencies'];
    for (const edge of Array.isArray(edges) ? edges : []) {
        const parameters = (0,core_json/* isObject */.Gv)(edge) ? edge['parameters'] : undefined;
        const virtuals = (0,core_json/* isObject */.Gv)(parameters) ? parameters['virtuals'] : undefined;
        if (!(0,core_json/* isObject */.Gv)(edge) || !(0,decode_node/* isDagHash */.X)(edge['hash']) || !Array.isArray(virtuals))
            continue;
        for (const virtual of virtuals)
            if (typeof virtual === 'string')
                provided.push([virtual, edge['hash']]);
    }
    return { name: spec['name'], inCache: record['in_buildcache'] === true, provided };
}
/**
 * Records by hash. Of two under one hash, which no Spack writes, the later counts, as in any JSON object.
 * @returns `order`: the record at each place; `rank`: the place of each record, of an earlier double the later's
 */
function sortHashes(hashes) {
    const { bytes, count } = hashes;
    const compare = (a, b) => bytes.compare(bytes, b * hash_table/* HASH_BYTES */.FA, (b + 1) * hash_table/* HASH_BYTES */.FA, a * hash_table/* HASH_BYTES */.FA, (a + 1) * hash_table/* HASH_BYTES */.FA) || a - b;
    // Hashes are evenly spread: after their first two bytes there is little left to sort.
    const starts = new Uint32Array(65_537);
    const bucket = (i) => bytes.readUInt16BE(i * hash_table/* HASH_BYTES */.FA);
    for (let i = 0; i < count; i++)
        starts[bucket(i) + 1] = (starts[bucket(i) + 1] ?? 0) + 1;
    for (let b = 1; b < starts.length; b++)
        starts[b] = (starts[b] ?? 0) + (starts[b - 1] ?? 0);
    const all = new Uint32Array(count);
    const next = starts.slice();
    for (let i = 0; i < count; i++) {
        const at = next[bucket(i)] ?? 0;
        all[at] = i;
        next[bucket(i)] = at + 1;
    }
    for (let b = 0; b < 65_536; b++) {
        const [from = 0, to = 0] = starts.subarray(b, b + 2);
        if (to - from > 1)
            all.subarray(from, to).sort(compare);
    }
    const rank = new Uint32Array(count);
    let places = 0;
    for (let i = 0; i < count; i++) {
        const record = all[i] ?? 0;
        const previous = all[places - 1];
        const isDouble = places > 0 && previous !== undefined && sameHash(bytes, previous, record);
        if (!isDouble)
            places++;
        all[places - 1] = record;
        rank[record] = places - 1;
    }
    return { order: all.subarray(0, places), rank };
}
function sameHash(bytes, a, b) {
    return bytes
        .subarray(a * hash_table/* HASH_BYTES */.FA, (a + 1) * hash_table/* HASH_BYTES */.FA)
        .equals(bytes.subarray(b * hash_table/* HASH_BYTES */.FA, (b + 1) * hash_table/* HASH_BYTES */.FA));
}
/** The places of each package's records, in the document's order. */
function postingsOf(packages, nameIds, rank, order) {
    const counts = new Uint32Array(packages.size);
    const idOf = (record) => nameIds.bytes.readUInt32LE(record * 4);
    const isLast = (record) => order[rank[record] ?? 0] === record;
    for (let i = 0; i < rank.length; i++)
        if (isLast(i))
            counts[idOf(i)] = (counts[idOf(i)] ?? 0) + 1;
    const next = new Uint32Array(packages.size);
    for (let id = 1; id < next.length; id++)
        next[id] = (next[id - 1] ?? 0) + (counts[id - 1] ?? 0);
    const postings = Buffer.alloc(order.length * compact_format/* POSTING_BYTES */.r$);
    for (let i = 0; i < rank.length; i++) {
        if (!isLast(i))
            continue;
        const at = next[idOf(i)] ?? 0;
        next[idOf(i)] = at + 1;
        postings.writeUInt32LE(rank[i] ?? 0, at * compact_format/* POSTING_BYTES */.r$);
    }
    return { counts: [...packages].map(([name, id]) => [name, counts[id] ?? 0]), postings };
}
/** The places of those who provide each virtual package; a provider without a record has none. */
function providerPostings(providers, sortedHashes) {
    const counts = [];
    const places = [];
    for (const [virtual, hashes] of providers) {
        const before = places.length;
        for (const hash of hashes) {
            const place = (0,hash_table/* findHash */.er)(sortedHashes, hash);
            if (place !== undefined)
                places.push(place);
        }
        counts.push([virtual, places.length - before]);
    }
    const postings = Buffer.alloc(places.length * compact_format/* POSTING_BYTES */.r$);
    for (const [i, place] of places.entries())
        postings.writeUInt32LE(place, i * compact_format/* POSTING_BYTES */.r$);
    return { counts, postings };
}
/** Rows of one size in one buffer that doubles when it is full. */
class Growing {
    #row;
    #bytes;
    #count = 0;
    constructor(row) {
        this.#row = row;
        this.#bytes = Buffer.alloc(row * 1024);
    }
    get bytes() {
        return this.#bytes;
    }
    get count() {
        return this.#count;
    }
    next(write) {
        const at = this.#count++ * this.#row;
        if (at + this.#row > this.#bytes.length) {
            const larger = Buffer.alloc(this.#bytes.length * 2);
            this.#bytes.copy(larger);
            this.#bytes = larger;
        }
        write(this.#bytes, at);
    }
}

// EXTERNAL MODULE: ./build/cache/compact-index.js
var compact_index = __webpack_require__(71449);
// EXTERNAL MODULE: ./build/cache/fetch-document.js
var fetch_document = __webpack_require__(93355);
// EXTERNAL MODULE: ./build/cache/index-scan.js
var index_scan = __webpack_require__(59143);
// EXTERNAL MODULE: ./build/cache/random-access.js
var random_access = __webpack_require__(72777);
;// CONCATENATED MODULE: ./build/cache/listing.js
/**
 * Questions to a mirror's index: answered from the local copy where it is still the mirror's, else from the
 * mirror, whose index is streamed past once, verified, and kept with its compact form. An index is a shortcut and
 * never the last word on what is missing.
 */










/** Room for some six million specs. */
const MAX_INDEX_BYTES = 8 * 1024 ** 3;
/**
 * Which of these specs the index lists.
 * @param id what tells this mirror's index from another's in the local store
 * @returns undefined when the mirror has no index
 * @throws as {@link askIndex}
 */
async function listWanted(reader, id, wanted, options) {
    const found = await askIndex(reader, id, options, (index) => index.listed(wanted));
    if (found === undefined)
        return undefined;
    const { answer: listed, ...rest } = found;
    return { listed, ...rest };
}
/**
 * @param id as for {@link listWanted}
 * @param ask is called again from the start when the local copy turns out to be damaged
 * @returns undefined when the mirror has no index
 * @throws `corrupt`, `bad-input`, `too-large` for an index that cannot be used; the storage's own errors for
 *   one that could not be read; what `ask` throws
 */
async function askIndex(reader, id, options, ask) {
    const { store, ttlMs, signal } = options;
    const remembered = await store.recall(id);
    const fresh = remembered !== undefined && remembered.age < ttlMs;
    const location = fresh ? remembered.location : await reader.findIndex(signal);
    if (location === undefined)
        return undefined;
    if (remembered !== undefined && sameVersion(location, remembered.location) && isOwnCopy(remembered)) {
        const local = await askLocal(store, remembered.document, ask);
        if (local !== undefined) {
            if (!fresh)
                await keeping(() => store.remember(id, location, remembered.document));
            return { ...local, from: 'local copy', answered: !fresh };
        }
    }
    const current = fresh ? await reader.findIndex(signal) : location;
    if (current === undefined)
        return undefined;
    const index = await download(reader, id, current, options);
    try {
        return { answer: await ask(index), records: index.records, from: 'mirror', answered: true };
    }
    finally {
        await index.close();
    }
}
/** The compact form; where that is not there or damaged, one made again from the document, if that is whole. */
async function askLocal(store, document, ask) {
    for (const open of [() => store.openCompact(document), () => rebuild(store, document)]) {
        const index = await open();
        if (index === undefined)
            continue;
        try {
            return { answer: await ask(index), records: index.records };
        }
        catch (error) {
            if ((0,errors/* errorCode */.CA)(error) !== 'corrupt')
                throw error;
        }
        finally {
            await index.close();
        }
    }
    return undefined; // the mirror has it
}
async function rebuild(store, document) {
    const file = await store.read(document);
    if (file === undefined)
        return undefined;
    try {
        const checked = through(file, (0,digest/* verifying */.MP)({ sha256: document, source: 'the local copy' }));
        return await build(checked, 'the local copy', store, async () => document);
    }
    catch {
        return undefined; // damaged
    }
}
async function download(reader, id, location, { store, maxIndexBytes = MAX_INDEX_BYTES, signal }) {
    const url = (0,fetch_document/* documentUrl */.LJ)(reader.storage, location.key);
    const { sha256, size } = location;
    if (size !== undefined && size > maxIndexBytes)
        throw tooLarge(url, maxIndexBytes, `${size} bytes`);
    const object = await reader.storage.get(location.key, { signal });
    if (object === undefined || object === 'not-modified') {
        throw new errors/* BuildcacheError */.fO('corrupt', 'the index is named but not there', {
            url,
            hint: 'run update-index',
        });
    }
    const body = sha256 === undefined ? object.body : through(object.body, (0,digest/* verifying */.MP)({ sha256, size, source: url }));
    const text = location.compression === 'gzip' ? through(body, (0,external_node_zlib_.createGunzip)()) : body;
    // The copy is a convenience: a full or read-only disk must not cost the answer.
    const writer = await keeping(() => store.write());
    const copy = new Copy(writer, url, maxIndexBytes);
    try {
        return await build(copy.of(text), url, store, async () => {
            const document = await copy.commit();
            if (document !== undefined)
                await keeping(() => store.remember(id, location, document));
            return document;
        });
    }
    finally {
        await writer?.discard();
    }
}
/**
 * Reads a document to its end and makes its compact form.
 * @param commit called then: the name the document is kept under, or undefined when it is not
 */
async function build(chunks, source, store, commit) {
    const builder = compactBuilder();
    let bytes = 0;
    const counting = async function* () {
        for await (const chunk of chunks) {
            bytes += chunk.length;
            yield chunk;
        }
    };
    const summary = await (0,index_scan/* scanIndex */.U)(counting(), source, builder.add);
    const parts = builder.finish(summary, bytes);
    const document = await commit();
    if (document !== undefined)
        await keeping(() => store.writeCompact(document, parts));
    const kept = document === undefined ? undefined : await store.openDocument(document);
    const index = await (0,compact_index/* openCompactIndex */.g)((0,random_access/* accessBytes */.G)(Buffer.concat(parts)), kept);
    if (index !== undefined)
        return index;
    throw new errors/* BuildcacheError */.fO('io', 'the local copy of the index was replaced while it was read', {
        hint: 'try again',
    });
}
/** Writes what passes to the store for as long as that works, and stops it at a size. */
class Copy {
    #writer;
    #source;
    #maxBytes;
    #hash = (0,external_node_crypto_.createHash)('sha256');
    #works;
    #bytes = 0;
    constructor(writer, source, maxBytes) {
        this.#writer = writer;
        this.#source = source;
        this.#maxBytes = maxBytes;
        this.#works = writer !== undefined;
    }
    async *of(chunks) {
        for await (const chunk of chunks) {
            this.#bytes += chunk.length;
            if (this.#bytes > this.#maxBytes)
                throw tooLarge(this.#source, this.#maxBytes, 'more');
            this.#hash.update(chunk);
            await this.#try((writer) => writer.write(chunk));
            yield chunk;
        }
    }
    /** @returns the SHA-256 under which it is kept */
    async commit() {
        const document = this.#hash.digest('hex');
        await this.#try((writer) => writer.commit(document));
        return this.#works ? document : undefined;
    }
    async #try(action) {
        const writer = this.#writer;
        if (!this.#works || writer === undefined)
            return;
        const done = await keeping(async () => {
            await action(writer);
            return true;
        });
        this.#works = done === true;
    }
}
function tooLarge(url, maxBytes, found) {
    return new errors/* BuildcacheError */.fO('too-large', 'the index is too large', {
        url,
        expected: `at most ${maxBytes} bytes`,
        found,
        hint: 'allow more with --index-max-size if this mirror is to be trusted',
    });
}
function sameVersion(a, b) {
    if (a.sha256 !== undefined)
        return a.sha256 === b.sha256;
    return a.etag !== undefined && a.etag === b.etag;
}
/** A pointer from elsewhere (a restored folder) must not lead to another document than the one the mirror names. */
function isOwnCopy({ location, document }) {
    return location.compression === 'gzip' || location.sha256 === undefined || location.sha256 === document;
}
async function keeping(action) {
    try {
        return await action();
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 72777:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ accessFile),
/* harmony export */   G: () => (/* binding */ accessBytes)
/* harmony export */ });
/** @param handle is closed with it */
async function accessFile(handle) {
    const { size } = await handle.stat();
    return {
        size,
        async read(position, length) {
            const bytes = Buffer.allocUnsafe(length);
            let done = 0;
            while (done < length) {
                const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
                if (bytesRead === 0)
                    break;
                done += bytesRead;
            }
            return bytes.subarray(0, done);
        },
        close: () => handle.close(),
    };
}
function accessBytes(bytes) {
    return {
        size: bytes.length,
        read: async (position, length) => bytes.subarray(position, position + length),
        close: async () => undefined,
    };
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
/* harmony export */   _h: () => (/* binding */ isSha256),
/* harmony export */   sc: () => (/* binding */ sha256)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/** SHA-256 digests: of bytes, of streams, and checked while bytes stream past. */



/** Lower-case hexadecimal SHA-256 of bytes. */
function sha256(bytes) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex');
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

/***/ 68216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ retrying),
/* harmony export */   v: () => (/* binding */ DEFAULT_RETRY)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/** Retries what may go away by itself: back-off with jitter, and `Retry-After` honoured. */


const DEFAULT_RETRY = { retries: 3, baseDelayMs: 250, maxDelayMs: 30_000 };
const TRANSIENT = new Set(['unreachable', 'throttled', 'server-error']);
/**
 * Runs `attempt` until it succeeds, fails for good, or the policy is used up; then throws the last error.
 * Only `unreachable`, `throttled` and `server-error` are tried again.
 * @throws whatever `attempt` throws; an `AbortError` when the signal fires while waiting
 */
async function retrying(attempt, policy, signal) {
    for (let failures = 0;; failures++) {
        try {
            return await attempt();
        }
        catch (error) {
            const delay = delayAfter(error, failures, policy);
            if (delay === undefined || signal?.aborted)
                throw error;
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(delay, undefined, signal === undefined ? {} : { signal });
        }
    }
}
/** Milliseconds to wait before trying again; undefined when it makes no sense to. */
function delayAfter(error, failures, policy) {
    if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO) || !TRANSIENT.has(error.code))
        return undefined;
    if (failures >= policy.retries)
        return undefined;
    const asked = (error.facts.retryAfter ?? 0) * 1000;
    if (asked > policy.maxDelayMs)
        return undefined;
    const backOff = policy.baseDelayMs * 2 ** failures * (1 + Math.random());
    return Math.max(asked, Math.min(backOff, policy.maxDelayMs));
}


/***/ }),

/***/ 23589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fo: () => (/* binding */ collect),
/* harmony export */   J0: () => (/* binding */ addSharedOptions),
/* harmony export */   St: () => (/* binding */ readSurroundings)
/* harmony export */ });
/* unused harmony export indexFolder */
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48179);
/* harmony import */ var _cache_listing_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(48739);
/* harmony import */ var _core_retry_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(68216);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(52875);
/* harmony import */ var _mirrors_host_facts_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(45559);
/* harmony import */ var _mirrors_location_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6296);
/* harmony import */ var _mirrors_select_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(45675);
/* harmony import */ var _report_terminal_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(63299);
/** Options every verb has, and what they come to. */










/** Requests under way at once. A gate asks for many small documents, so this is not about cores. */
const DEFAULT_JOBS = 16;
/** @param flags where a verb has another use for a short option, as Spack's verb has */
function addSharedOptions(command, flags = { verbose: '-v, --verbose' }) {
    return command
        .option('-e, --environment <dir|spack.lock>', 'the environment (default: $SPACK_ENV, then the working directory)')
        .option('-m, --mirror-url <url>', 'a mirror instead of the configured ones (repeatable)', collect, [])
        .option('--mirrors <file>', "a mirrors.yaml, merged over the environment's mirrors")
        .option('-j, --jobs <n>', 'requests under way at once', wholeNumber(1, 512), DEFAULT_JOBS)
        .option('--timeout <seconds>', 'give up on a server that is silent for so long', positive, 30)
        .option('--retries <n>', 'try again so often what may go away by itself', wholeNumber(0, 20), _core_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .DEFAULT_RETRY */ .v.retries)
        .option('--index-ttl <seconds>', "believe a local copy of a mirror's index for so long without asking the mirror", positive, 0)
        .option('--index-max-size <size>', 'read no index larger than this (512M, 8G)', byteSize, _cache_listing_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_INDEX_BYTES */ .w2)
        .option('--ca-file <file>', 'further certificate authorities (PEM)')
        .option('--insecure', 'do not check certificates', false)
        .option('--json', 'print everything as JSON', false)
        .option(flags.verbose, 'say more', false)
        .option('-q, --quiet', 'say nothing but errors', false)
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_2__/* .Option */ .c$('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'));
}
/**
 * Parses what all verbs share, once.
 * @param names what names mirrors in other options and arguments of the verb
 * @throws `BuildcacheError` for what cannot be read
 */
async function readSurroundings(options, context, names = []) {
    const { env, cwd, stdout, stderr } = context;
    const color = useColor(options.color, env, stdout.isTTY);
    const reporter = (0,_report_terminal_js__WEBPACK_IMPORTED_MODULE_8__/* .terminalReporter */ .C)({
        verbosity: options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal',
        color,
        interactive: stderr.isTTY,
        write: (text) => stderr.write(text),
    });
    const environment = await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .findEnvironment */ .jY)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, options.environment ?? (env['SPACK_ENV'] || '.')));
    const configured = await configuredMirrors(options, names, environment.folder, context);
    for (const note of configured.notes)
        reporter.warn(note);
    const host = await (0,_mirrors_host_facts_js__WEBPACK_IMPORTED_MODULE_9__/* .hostFactsFor */ .P)([...options.mirrorUrl, ...names].join(' '));
    const base = { base: cwd, environment: environment.folder, env, host };
    return {
        environment,
        mirrors: (0,_mirrors_select_js__WEBPACK_IMPORTED_MODULE_7__/* .selectMirrors */ .vI)(options.mirrorUrl, configured, base),
        named: names.map((name) => (0,_mirrors_select_js__WEBPACK_IMPORTED_MODULE_7__/* .resolveMirror */ .oR)(name, configured, base)),
        connection: {
            timeoutMs: options.timeout * 1000,
            retry: { ..._core_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .DEFAULT_RETRY */ .v, retries: options.retries },
            jobs: options.jobs,
            verifyTls: !options.insecure && (configured.verifyTls ?? true),
            caFile: options.caFile === undefined ? configured.caFile : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, options.caFile),
            env,
            githubToken: env['GITHUB_TOKEN'],
        },
        reporter,
        color,
        indexFolder: indexFolder(env),
        indexTtlMs: options.indexTtl * 1000,
        maxIndexBytes: options.indexMaxSize,
    };
}
/** `BUILDCACHE_CACHE_DIR`, else the XDG cache folder. */
function indexFolder(env) {
    const own = env['BUILDCACHE_CACHE_DIR'];
    if (own)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(own, 'index');
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env['XDG_CACHE_HOME'] || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env['HOME'] || (0,node_os__WEBPACK_IMPORTED_MODULE_0__.homedir)(), '.cache'), 'buildcache', 'index');
}
/** For commander: a whole number within bounds. */
function wholeNumber(least, most) {
    return (text) => {
        const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
        if (value >= least && value <= most)
            return value;
        throw new commander__WEBPACK_IMPORTED_MODULE_2__/* .InvalidArgumentError */ .Di(`Expected a whole number from ${least} to ${most}.`);
    };
}
/** For commander: repeatable options. */
function collect(value, values) {
    return [...values, value];
}
async function configuredMirrors(options, names, folder, { env, cwd }) {
    // Named by location: nothing else is read, so nothing else can fail.
    const byLocation = options.mirrorUrl.length > 0 && [...options.mirrorUrl, ...names].every(_mirrors_location_js__WEBPACK_IMPORTED_MODULE_6__/* .isLocation */ .gI);
    if (byLocation && options.mirrors === undefined)
        return { mirrors: [], notes: [] };
    const inEnvironment = await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .environmentMirrors */ .ux)(folder, env);
    if (options.mirrors === undefined)
        return inEnvironment;
    return (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .mergeMirrors */ .ZQ)(await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .mirrorsFile */ .vd)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, options.mirrors), env, folder), inEnvironment);
}
function positive(text) {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= 86_400)
        return value;
    throw new commander__WEBPACK_IMPORTED_MODULE_2__/* .InvalidArgumentError */ .Di('Expected seconds, from 0 to 86400.');
}
function byteSize(text) {
    const [, digits, unit = ''] = /^(\d{1,12})([KMGT]?)(?:i?B)?$/i.exec(text) ?? [];
    if (digits === undefined)
        throw new commander__WEBPACK_IMPORTED_MODULE_2__/* .InvalidArgumentError */ .Di('Expected bytes, or a size such as 512M or 8G.');
    return Number(digits) * 1024 ** ' KMGT'.indexOf(unit.toUpperCase() || ' ');
}
function useColor(when, env, isTTY) {
    if (when !== 'auto')
        return when === 'always';
    return isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
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
            hint: `concretize the environment first (spack -e ${folder} concretize), or name another with --environment`,
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




/** Schemes Spack takes verbatim; anything else is a path. */
const SCHEMES = ['file', 'http', 'https', 'sftp', 'ftp', 's3', 'gs', 'oci', 'oci+http'];
/**
 * The URL of a configured mirror: a known scheme is taken verbatim, a path is expanded and made absolute.
 * @throws `usage` when a path names something only Spack knows
 */
function locationUrl(text, context) {
    if (hasKnownScheme(text))
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

/***/ 92172:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ ADDITIONAL_MIRROR),
/* harmony export */   N: () => (/* binding */ mirrorId)
/* harmony export */ });
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(193);
/** A configured mirror: where to fetch from, where to push to, and what may be trusted. */

/** The name Spack gives the one mirror named on the command line. */
const ADDITIONAL_MIRROR = 'additionalMirrorUrl';
/** What tells this mirror's index from another's on disk; no secret in it. */
function mirrorId({ fetch }) {
    return `${(0,_core_redact_js__WEBPACK_IMPORTED_MODULE_0__/* .redactUrl */ .B)(fetch.url)} ${fetch.view ?? ''} ${fetch.endpointUrl ?? ''}`;
}


/***/ }),

/***/ 45675:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Wd: () => (/* binding */ unknownMirror),
/* harmony export */   oR: () => (/* binding */ resolveMirror),
/* harmony export */   vI: () => (/* binding */ selectMirrors)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _location_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6296);
/* harmony import */ var _mirror_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(92172);
/** Which mirrors a command works with: named on the command line, else configured. */



/**
 * One mirror argument: a path or URL, else the name of a configured mirror. A bare URL means signed, as in
 * `mirrors.yaml`.
 * @throws `usage` for a name that is not configured, with what was probably meant
 */
function resolveMirror(argument, configured, context, name = argument) {
    if ((0,_location_js__WEBPACK_IMPORTED_MODULE_1__/* .isLocation */ .gI)(argument))
        return unknownMirror((0,_location_js__WEBPACK_IMPORTED_MODULE_1__/* .locationUrl */ .$4)(argument, context), name);
    const mirror = configured.mirrors.find((candidate) => candidate.name === argument);
    if (mirror !== undefined)
        return mirror;
    const names = configured.mirrors.map((candidate) => candidate.name);
    const known = names.length === 0 ? 'none is configured' : `configured: ${names.join(', ')}`;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `no mirror named "${argument}" (${known})`, {
        hint: `did you mean ./${argument}?`,
    });
}
/**
 * The mirrors named with `-m`, instead of the configured ones; of these, the ones that hold binaries. One
 * alone is named as Spack names it, several by their URLs.
 * @throws `usage`
 */
function selectMirrors(named, configured, context) {
    if (named.length === 0)
        return configured.mirrors.filter(({ binary }) => binary);
    return named.map((argument) => resolveMirror(argument, configured, context, named.length === 1 ? _mirror_js__WEBPACK_IMPORTED_MODULE_2__/* .ADDITIONAL_MIRROR */ .C : argument));
}
/** A mirror of which nothing but its URL is known: signed, as in `mirrors.yaml`. */
function unknownMirror(url, name) {
    const side = { url, view: undefined, endpointUrl: undefined, credentials: {} };
    return {
        name,
        fetch: side,
        push: side,
        signed: !/^oci(\+http)?:/.test(url),
        autopush: false,
        binary: true,
    };
}


/***/ }),

/***/ 41033:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $I: () => (/* binding */ mirrorsWith),
/* harmony export */   FT: () => (/* binding */ specsWith),
/* harmony export */   MI: () => (/* binding */ checkedSpecs),
/* harmony export */   c0: () => (/* binding */ countStates),
/* harmony export */   pq: () => (/* binding */ decideRebuilds),
/* harmony export */   qR: () => (/* binding */ checkExitCode)
/* harmony export */ });
/** 0: all present. 1: something to rebuild. 2: some could not be told, whatever else. */
function checkExitCode({ decisions }) {
    if (decisions.some(({ decision }) => decision === 'unknown'))
        return 2;
    return decisions.some(({ decision }) => decision === 'rebuild') ? 1 : 0;
}
/** The specs with one decision, dependencies first. */
function specsWith(result, decision) {
    return result.decisions.filter((one) => one.decision === decision).map(({ node }) => node);
}
/** All specs that were checked, dependencies first. */
function checkedSpecs(result) {
    return result.decisions.map(({ node }) => node);
}
/** How many of the specs one mirror has, does not have, and gave no answer for. */
function countStates(answer) {
    const counts = { present: 0, missing: 0, unknown: 0 };
    for (const { state } of answer.states.values())
        counts[state]++;
    return counts;
}
/** Mirrors where a spec is in a state, with the reason where there is one. */
function mirrorsWith(result, hash, state) {
    const found = [];
    for (const { name, states } of result.answers) {
        const one = states.get(hash);
        if (one?.state === state)
            found.push({ name, reason: 'reason' in one ? one.reason : undefined });
    }
    return found;
}
/** @param specs dependencies first; the decisions come in the same order */
function decideRebuilds(specs, answers, needs) {
    const asked = needs.kind === 'mirror' ? answers.filter(({ name }) => name === needs.name) : answers;
    return specs.map((node) => {
        const states = asked.map(({ states }) => states.get(node.hash)?.state ?? 'unknown');
        return { node, decision: decide(states, needs) };
    });
}
function decide(states, needs) {
    if (states.length === 0)
        return 'present'; // nobody to ask: nothing to rebuild for
    const present = states.includes('present');
    const missing = states.includes('missing');
    const unknown = states.includes('unknown');
    if (needs.kind === 'all')
        return present ? 'present' : unknown ? 'unknown' : 'rebuild';
    return missing ? 'rebuild' : unknown ? 'unknown' : 'present';
}


/***/ }),

/***/ 93235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YC: () => (/* binding */ checkSentence),
/* harmony export */   i1: () => (/* binding */ unknownReasons),
/* harmony export */   nV: () => (/* binding */ PLAIN_STYLE),
/* harmony export */   qW: () => (/* binding */ checkText)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41033);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(40731);
/** The gate's answer for a person at a terminal or reading a log. */



const PLAIN_STYLE = { good: same, bad: same, doubt: same, dim: same };
/** Reasons repeat when a mirror is down: each is written once, with so many specs named. */
const NAMED = 3;
/** Lines without their ends; nothing in them can end a line or reach the terminal. */
function checkText(result, style = PLAIN_STYLE) {
    const lines = [];
    for (const answer of result.answers) {
        const { present, missing, unknown } = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .countStates */ .c0)(answer);
        const parts = [style.good(`${present} present`)];
        if (missing > 0)
            parts.push(style.bad(`${missing} missing`));
        if (unknown > 0)
            parts.push(style.doubt(`${unknown} unknown`));
        lines.push(`${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(answer.name)}: ${parts.join(', ')}  ${style.dim((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(answer.url))}`);
    }
    const rebuild = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .specsWith */ .FT)(result, 'rebuild');
    if (rebuild.length > 0) {
        lines.push('', 'To rebuild, dependencies first:');
        for (const node of rebuild) {
            const missing = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .mirrorsWith */ .$I)(result, node.hash, 'missing').map(({ name }) => name);
            lines.push(`  ${style.bad('-')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)((0,_spec_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSpec */ .Gx)(node))}  ${style.dim(`missing: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(missing.join(', '))}`)}`);
        }
    }
    for (const { reason, names } of unknownReasons(result)) {
        const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
        lines.push('', `${style.doubt('Could not tell')} for ${names.slice(0, NAMED).join(', ')}${more}:`, `  ${reason}`);
    }
    lines.push('', checkSentence(result));
    return lines;
}
/** The answer in one sentence. */
function checkSentence(result) {
    const total = result.decisions.length;
    const rebuild = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .specsWith */ .FT)(result, 'rebuild').length;
    const unknown = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .specsWith */ .FT)(result, 'unknown').length;
    if (total === 0)
        return 'There is nothing to check.';
    if (rebuild === 0 && unknown === 0) {
        return total === 1
            ? 'The spec is present: nothing to rebuild.'
            : `All ${total} specs are present: nothing to rebuild.`;
    }
    const needs = `${rebuild} of ${total} specs ${rebuild === 1 ? 'needs' : 'need'} a rebuild`;
    return unknown === 0 ? `${needs}.` : `${needs}; for ${unknown} it could not be told.`;
}
/** Each reason once, with the specs that are undecided because of it. */
function unknownReasons(result) {
    const byReason = new Map();
    for (const node of (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .specsWith */ .FT)(result, 'unknown')) {
        for (const { name, reason } of (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .mirrorsWith */ .$I)(result, node.hash, 'unknown')) {
            // What differs between specs is only the URL's end; the first one stands for all.
            const key = `${name}: ${(reason ?? '').replace(/^\S+?: /, '')}`;
            const entry = byReason.get(key);
            if (entry === undefined)
                byReason.set(key, [`${name}: ${reason ?? ''}`, node.name]);
            else
                entry.push(node.name);
        }
    }
    return [...byReason.values()].map(([reason = '', ...names]) => ({ reason, names }));
}
function same(text) {
    return text;
}


/***/ }),

/***/ 63299:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ terminalReporter),
/* harmony export */   w: () => (/* binding */ terminalStyle)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57975);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _check_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(93235);
/** The voice of the command line: results on stdout are the caller's; what is said meanwhile goes to stderr. */



/** Milliseconds before the first word of progress, and between two in a log. */
const QUIET_START = 800;
const LOG_EVERY = 10_000;
const REDRAW_EVERY = 100;
function terminalReporter(options) {
    const { verbosity, interactive, write } = options;
    const style = terminalStyle(options.color);
    const line = (text) => write(`${interactive ? '\r\x1b[K' : ''}${text}\n`);
    return {
        info: (text) => verbosity !== 'quiet' && line((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text)),
        warn: (text) => verbosity !== 'quiet' && line(`${style.doubt('warning:')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text)}`),
        error: (text) => line(`${style.bad('error:')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text)}`),
        debug: (text) => verbosity === 'verbose' && line(style.dim((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text))),
        progress(label, total) {
            const started = Date.now();
            let shown = started + QUIET_START;
            let done = 0;
            let drawn = false;
            return {
                advance(by) {
                    done += by;
                    const now = Date.now();
                    if (verbosity === 'quiet' || now < shown)
                        return;
                    shown = now + (interactive ? REDRAW_EVERY : LOG_EVERY);
                    drawn = true;
                    if (interactive)
                        write(`\r\x1b[K${label} ${done}/${total}`);
                    else
                        write(`${label}: ${done} of ${total}\n`);
                },
                done() {
                    if (drawn && interactive)
                        write('\r\x1b[K');
                },
            };
        },
    };
}
function terminalStyle(color) {
    if (!color)
        return _check_text_js__WEBPACK_IMPORTED_MODULE_2__/* .PLAIN_STYLE */ .nV;
    // Whether to colour has been decided: styleText must not decide again by looking at the stream.
    const paint = (format) => (text) => (0,node_util__WEBPACK_IMPORTED_MODULE_0__.styleText)(format, text, { validateStream: false });
    return { good: paint('green'), bad: paint('red'), doubt: paint('yellow'), dim: paint('dim') };
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

/***/ 40731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A_: () => (/* binding */ shortSpecWith),
/* harmony export */   Gx: () => (/* binding */ shortSpec),
/* harmony export */   PB: () => (/* binding */ politeFilename),
/* harmony export */   SM: () => (/* binding */ formatVariants),
/* harmony export */   vu: () => (/* binding */ fullSpec)
/* harmony export */ });
/* unused harmony export quoteIfNeeded */
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


/***/ }),

/***/ 5518:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ specFileText),
/* harmony export */   M: () => (/* binding */ readSpecFile)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);
/* harmony import */ var _core_clearsigned_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(49283);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28314);
/* harmony import */ var _assemble_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(91880);
/* harmony import */ var _decode_node_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(39595);
/* harmony import */ var _hash_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(94032);
/** Reads a `spec.json` document, formats 3 to 5: plain, gzip-compressed or clear-signed. */







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
    if (version === 3 || version === 4 || version === 5)
        return version;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('unsupported', `spec format ${(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(version)} is not supported`, {
        file: source,
        expected: 'format 3, 4 or 5',
        hint: 'push the spec again with a current Spack',
    });
}
function tarballChecksum(document) {
    const checksum = document['binary_cache_checksum'];
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(checksum) || checksum['hash_algorithm'] !== 'sha256')
        return undefined;
    return typeof checksum['hash'] === 'string' ? checksum['hash'] : undefined;
}


/***/ }),

/***/ 53700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ readUpTo),
/* harmony export */   y: () => (/* binding */ readAll)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);

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
