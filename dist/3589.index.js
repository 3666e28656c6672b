export const id = 3589;
export const ids = [3589];
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
    const wanted = byOffset(Uint32Array.from(unsorted), places);
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
            yield { hash: (0,_hash_table_js__WEBPACK_IMPORTED_MODULE_5__/* .unpackHash */ .V$)(hashes, place * _hash_table_js__WEBPACK_IMPORTED_MODULE_5__/* .HASH_BYTES */ .FA), json, place };
        }
    }
}
/** In the document's order. Offsets are read once each: a question may take in half an index. */
function byOffset(unsorted, places) {
    const offsets = Float64Array.from(unsorted, (place) => offsetOf(places, place));
    const order = Uint32Array.from(unsorted, (_, i) => i);
    order.sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0));
    return order.map((i) => unsorted[i] ?? 0);
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
    /** Members that were named already, of those that say what the document is. */
    #named = new Set();
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
                        this.#key(this.#lastString);
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
        const text = buffer.toString('utf8', this.#stringStart + 1, end);
        this.#stringStart = -1;
        this.#lastString = text.includes('\\') ? this.#unescaped(text) : text;
        if (this.#depth === 2 && this.#path[0] === 'database' && this.#path[1] === 'version') {
            this.#version ??= this.#lastString;
        }
    }
    /** Of two the last would count, which who reads a stream knows too late. */
    #key(name) {
        const isMember = this.#depth === 1
            ? name === 'database'
            : this.#depth === 2 && this.#path[0] === 'database' && (name === 'installs' || name === 'version');
        if (isMember && this.#named.has(name))
            throw this.#bad(`one "${name}"`, 'two');
        if (isMember)
            this.#named.add(name);
        this.#path[this.#depth - 1] = name;
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
                version: this.#version,
            });
            this.#recordStart = -1;
            this.#records++;
        }
        if (--this.#depth === 0)
            this.#ended = true;
    }
    #unescaped(text) {
        try {
            return String(JSON.parse(`"${text}"`));
        }
        catch {
            throw this.#bad('a JSON document', 'an escape that is none');
        }
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

/***/ 74537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ indexText)
/* harmony export */ });
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_streams_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(29575);
/* harmony import */ var _storage_content_coding_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(15358);



/**
 * @param url redacted, for messages
 * @returns must be consumed or destroyed; fails with `corrupt` for what is not what the manifest says, or no gzip
 */
function indexText(object, { sha256, size, compression }, url) {
    // Where nothing is said of it, what was found out of its size is that of what is packed.
    const body = (0,_storage_content_coding_js__WEBPACK_IMPORTED_MODULE_2__/* .unpackedBody */ .qZ)(object, sha256 === undefined ? undefined : size, url);
    const checked = sha256 === undefined ? body : (0,_core_streams_js__WEBPACK_IMPORTED_MODULE_1__/* .through */ .sc)(body, (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .verifying */ .MP)({ sha256, size, source: url }));
    return compression === 'gzip' ? (0,_core_streams_js__WEBPACK_IMPORTED_MODULE_1__/* .gunzipped */ .lY)(checked, url) : checked;
}


/***/ }),

/***/ 44481:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  w2: () => (/* binding */ MAX_INDEX_BYTES),
  aZ: () => (/* binding */ askIndex),
  UK: () => (/* binding */ listWanted)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/core/digest.js
var digest = __webpack_require__(82552);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/streams.js
var streams = __webpack_require__(29575);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./build/core/json.js
var core_json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/spec/decode-node.js
var decode_node = __webpack_require__(39595);
// EXTERNAL MODULE: ./build/spec/provided-virtuals.js
var provided_virtuals = __webpack_require__(81736);
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
            const facts = readFacts(hash, json);
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
function readFacts(hash, json) {
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
    const provided = (0,provided_virtuals/* providedVirtuals */.U)(spec).map((virtual) => [virtual, hash]);
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
    // `next` has arrived at each bucket's end by now. Only where two share a bucket is there anything to do.
    for (let from = 0; from < count;) {
        const to = next[bucket(all[from] ?? 0)] ?? count;
        if (to - from > 1)
            all.subarray(from, to).sort(compare);
        from = to;
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
// EXTERNAL MODULE: ./build/cache/index-text.js
var index_text = __webpack_require__(74537);
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
        const checked = (0,streams/* through */.sc)(file, (0,digest/* verifying */.MP)({ sha256: document, source: 'the local copy' }));
        return await build(checked, 'the local copy', store, async () => document);
    }
    catch {
        return undefined; // damaged
    }
}
async function download(reader, id, location, { store, maxIndexBytes = MAX_INDEX_BYTES, signal }) {
    const url = (0,fetch_document/* documentUrl */.LJ)(reader.storage, location.key);
    const { size } = location;
    if (size !== undefined && size > maxIndexBytes)
        throw tooLarge(url, maxIndexBytes, `${size} bytes`);
    const object = await reader.storage.get(location.key, { signal });
    if (object === undefined || object === 'not-modified') {
        throw new errors/* BuildcacheError */.fO('corrupt', 'the index is named but not there', {
            url,
            hint: 'run update-index',
        });
    }
    const text = (0,index_text/* indexText */.o)(object, location, url);
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

/***/ 68216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KU: () => (/* binding */ DEFAULT_TIMEOUT_SECONDS),
/* harmony export */   R$: () => (/* binding */ retrying),
/* harmony export */   vI: () => (/* binding */ DEFAULT_RETRY)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/** Retries what may go away by itself: back-off with jitter, and `Retry-After` honoured. */


const DEFAULT_RETRY = { retries: 3, baseDelayMs: 250, maxDelayMs: 30_000 };
/** Of silence. With it, a server that hangs is given up within a minute: see storage/patience.ts. */
const DEFAULT_TIMEOUT_SECONDS = 30;
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
    if (failures >= policy.retries || error.facts.givenUp === true)
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
/* harmony import */ var _cache_listing_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(44481);
/* harmony import */ var _core_retry_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(68216);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(10432);
/* harmony import */ var _mirrors_host_facts_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(45559);
/* harmony import */ var _mirrors_location_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6296);
/* harmony import */ var _mirrors_select_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(45675);
/* harmony import */ var _report_terminal_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(63299);
/* harmony import */ var _help_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(15508);
/** Options every verb has, and what they come to. */











/** Requests under way at once. A gate asks for many small documents, so this is not about cores. */
const DEFAULT_JOBS = 16;
function addSharedOptions(command, { verbose = '-v, --verbose', mirrorArgument = false } = {}) {
    return command
        .optionsGroup(_help_js__WEBPACK_IMPORTED_MODULE_9__/* .SHARED_OPTIONS */ .TL)
        .option('-e, --environment <dir|spack.lock>', 'the environment (default: $SPACK_ENV, then the working directory)')
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_2__/* .Option */ .c$('-m, --mirror-url <url>', 'a mirror instead of the configured ones (repeatable)')
        .argParser(collect)
        .default([])
        .hideHelp(mirrorArgument))
        .option('--mirrors <file>', "a mirrors.yaml, merged over the environment's mirrors")
        .option('-j, --jobs <n>', 'requests under way at once', wholeNumber(1, 512), DEFAULT_JOBS)
        .option('--timeout <seconds>', 'give up on a server that is silent for so long', positive, _core_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .DEFAULT_TIMEOUT_SECONDS */ .KU)
        .option('--retries <n>', 'try again so often what may go away by itself', wholeNumber(0, 20), _core_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .DEFAULT_RETRY */ .vI.retries)
        .option('--index-ttl <seconds>', "believe a local copy of a mirror's index for so long without asking the mirror", positive, 0)
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_2__/* .Option */ .c$('--index-max-size <size>', 'read no index larger than this')
        .argParser(byteSize)
        .default(_cache_listing_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_INDEX_BYTES */ .w2, '8G'))
        .option('--ca-file <file>', 'further certificate authorities (PEM)')
        .option('--insecure', 'do not check certificates', false)
        .option('--json', 'print everything as JSON', false)
        .option(verbose, 'say more', false)
        .option('-q, --quiet', 'say nothing but errors', false)
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_2__/* .Option */ .c$('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
        .optionsGroup('Options:');
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
    const where = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, options.environment ?? (env['SPACK_ENV'] || '.'));
    const environment = await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_5__/* .findEnvironment */ .jY)(where, env);
    const configured = await configuredMirrors(options, names, environment.folder, context);
    for (const note of configured.notes)
        reporter.warn(note);
    const host = await (0,_mirrors_host_facts_js__WEBPACK_IMPORTED_MODULE_10__/* .hostFactsFor */ .P)([...options.mirrorUrl, ...names].join(' '));
    const base = { base: cwd, environment: environment.folder, env, host };
    return {
        environment,
        mirrors: (0,_mirrors_select_js__WEBPACK_IMPORTED_MODULE_7__/* .selectMirrors */ .vI)(options.mirrorUrl, configured, base),
        named: names.map((name) => (0,_mirrors_select_js__WEBPACK_IMPORTED_MODULE_7__/* .resolveMirror */ .oR)(name, configured, base)),
        connection: {
            timeoutMs: options.timeout * 1000,
            retry: { ..._core_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .DEFAULT_RETRY */ .vI, retries: options.retries },
            jobs: options.jobs,
            verifyTls: !options.insecure && (configured.verifyTls ?? true),
            caFile: options.caFile === undefined ? configured.caFile : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, options.caFile),
            env,
            githubToken: env['GITHUB_TOKEN'],
        },
        reporter,
        notes: configured.notes,
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

/***/ 92172:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ ADDITIONAL_MIRROR),
/* harmony export */   N: () => (/* binding */ mirrorId)
/* harmony export */ });
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(193);
/** A configured mirror: where to fetch from, where to push to, and what may be trusted. */

/** Spack's name for the one mirror of a command line, in what machines read of `check`. People see its URL. */
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
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(193);
/* harmony import */ var _location_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6296);
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
 * alone is called by its URL, several as they are named, without their credentials.
 * @throws `usage`
 */
function selectMirrors(named, configured, context) {
    if (named.length === 0)
        return configured.mirrors.filter(({ binary }) => binary);
    return named.map((argument) => {
        const mirror = resolveMirror(argument, configured, context);
        if (!(0,_location_js__WEBPACK_IMPORTED_MODULE_1__/* .isLocation */ .gI)(argument))
            return mirror;
        const hasSecrets = /[@?]/.test(argument);
        const name = named.length === 1 || hasSecrets ? (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_2__/* .redactUrl */ .B)(mirror.fetch.url) : argument;
        return { ...mirror, name };
    });
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
/* harmony export */   KQ: () => (/* binding */ spackName),
/* harmony export */   MI: () => (/* binding */ checkedSpecs),
/* harmony export */   c0: () => (/* binding */ countStates),
/* harmony export */   pq: () => (/* binding */ decideRebuilds),
/* harmony export */   qR: () => (/* binding */ checkExitCode),
/* harmony export */   tR: () => (/* binding */ countFiltered)
/* harmony export */ });
/* harmony import */ var _mirrors_mirror_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(92172);

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
/** How many of the specs a mirror may not serve; they are among the missing. */
function countFiltered({ states }) {
    return [...states.values()].filter(isFiltered).length;
}
function isFiltered(state) {
    return state?.state === 'missing' && state.filtered === true;
}
/** Mirrors where a spec is in a state, with the reason where there is one. */
function mirrorsWith(result, hash, state) {
    const found = [];
    for (const { name, states } of result.answers) {
        const one = states.get(hash);
        if (one?.state === state)
            found.push({ name, reason: 'reason' in one ? one.reason : undefined, filtered: isFiltered(one) });
    }
    return found;
}
/** What Spack calls a mirror, for machines: the only one has a name of its own where people see its URL. */
function spackName({ name, url }, answers) {
    return name === url && answers.length === 1 ? _mirrors_mirror_js__WEBPACK_IMPORTED_MODULE_0__/* .ADDITIONAL_MIRROR */ .C : name;
}
/** @param specs dependencies first; the decisions come in the same order */
function decideRebuilds(specs, answers, needs) {
    const asked = needs.kind === 'mirror' ? answers.filter(({ name }) => name === needs.name) : answers;
    return specs.map((node) => {
        const states = asked.map(({ states }) => states.get(node.hash));
        const counting = states.filter((state) => !isFiltered(state));
        if (counting.length === 0 && states.length > 0)
            return { node, decision: 'rebuild' };
        return {
            node,
            decision: decide(counting.map((state) => state?.state ?? 'unknown'), needs),
        };
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
/* harmony export */   oR: () => (/* binding */ mirrorLine),
/* harmony export */   qW: () => (/* binding */ checkText)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(41033);
/* harmony import */ var _spec_entry_spec_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69008);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(40731);
/* harmony import */ var _shared_reasons_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(44186);
/** The gate's answer for a person at a terminal or reading a log. */





const PLAIN_STYLE = { good: same, bad: same, doubt: same, dim: same };
/** Reasons repeat when a mirror is down: each is written once, with so many specs named. */
const NAMED = 3;
/** Lines without their ends; nothing in them can end a line or reach the terminal. */
function checkText(result, style = PLAIN_STYLE) {
    const lines = [];
    for (const answer of result.answers) {
        const { present, missing, unknown } = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__/* .countStates */ .c0)(answer);
        const parts = [style.good(`${present} present`)];
        const filtered = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__/* .countFiltered */ .tR)(answer);
        const of = filtered === 0 ? '' : ` (${filtered} it may not serve)`;
        if (missing > 0)
            parts.push(style.bad(`${missing} missing`) + of);
        if (unknown > 0)
            parts.push(style.doubt(`${unknown} unknown`));
        lines.push(mirrorLine(answer, parts, style));
    }
    const rebuild = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__/* .specsWith */ .FT)(result, 'rebuild');
    if (rebuild.length > 0) {
        lines.push('', 'To rebuild, dependencies first:');
        for (const node of rebuild) {
            const missing = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__/* .mirrorsWith */ .$I)(result, node.hash, 'missing');
            // Of a single mirror there is nothing to tell apart.
            const isPlain = result.answers.length < 2 && !missing.some(({ filtered }) => filtered);
            const names = missing.map(({ name, filtered, reason = '' }) => filtered ? `${name}, ${reason}` : name);
            const where = isPlain ? '' : `  ${style.dim(`missing: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(names.join(', '))}`)}`;
            const built = (0,_spec_entry_spec_js__WEBPACK_IMPORTED_MODULE_1__/* .builtAs */ .Jx)(node);
            const from = built === undefined ? '' : `  ${style.dim((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`from ${built}`))}`;
            lines.push(`  ${style.bad('-')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)((0,_spec_format_js__WEBPACK_IMPORTED_MODULE_3__/* .shortSpec */ .Gx)(node))}${from}${where}`);
        }
    }
    for (const { reason, names } of unknownReasons(result)) {
        lines.push('', `${style.doubt('Could not tell')} for ${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_4__/* .nameSome */ .Kf)(names, NAMED)}:`, `  ${reason}`);
    }
    lines.push('', checkSentence(result));
    return lines;
}
/** The answer in one sentence. */
function checkSentence(result) {
    const total = result.decisions.length;
    const rebuild = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__/* .specsWith */ .FT)(result, 'rebuild').length;
    const unknown = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__/* .specsWith */ .FT)(result, 'unknown').length;
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
    const byMirror = new Map();
    for (const node of (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__/* .specsWith */ .FT)(result, 'unknown')) {
        for (const { name, reason = '' } of (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__/* .mirrorsWith */ .$I)(result, node.hash, 'unknown')) {
            const entry = { name: node.name, reason };
            const known = byMirror.get(name);
            if (known === undefined)
                byMirror.set(name, [entry]);
            else
                known.push(entry);
        }
    }
    return [...byMirror].flatMap(([mirror, failures]) => (0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_4__/* .shareReasons */ .b1)(failures).map(({ reason, names }) => ({
        // A mirror that is named by its URL is in the reason already.
        reason: reason.startsWith(mirror) ? reason : `${mirror}: ${reason}`,
        names,
    })));
}
/** The sum of one mirror, whose URL is said once where it is the name, too. */
function mirrorLine({ name, url }, parts, style) {
    const where = name === url ? '' : `  ${style.dim((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(url))}`;
    return `${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(name)}: ${parts.join(', ')}${where}`;
}
function same(text) {
    return text;
}


/***/ }),

/***/ 44186:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kf: () => (/* binding */ nameSome),
/* harmony export */   MK: () => (/* binding */ tellReasonsOnce),
/* harmony export */   b1: () => (/* binding */ shareReasons)
/* harmony export */ });
/** Reasons that many specs share, said once: a mirror that is down, or a key nobody trusts, must not fill the screen. */
/** Groups by what is wrong, in the order of the first of each: what differs between specs is the place in front. */
function shareReasons(failures) {
    const shared = new Map();
    for (const { name, reason } of failures) {
        const key = withoutPlace(reason);
        const known = shared.get(key);
        if (known === undefined)
            shared.set(key, { reason, names: [name] });
        else
            known.names.push(name);
    }
    return [...shared.values()];
}
/** `a, b, c and 4 more`. */
function nameSome(names, most = 5) {
    const shown = names.slice(0, most).join(', ');
    return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
/**
 * For lines that come one by one.
 * @returns what makes of a failure one whose reason is told only if it has not been before; leaves the rest alone
 */
function tellReasonsOnce() {
    const told = new Set();
    return (outcome) => {
        if (outcome.kind !== 'failed' || !('reason' in outcome) || typeof outcome.reason !== 'string')
            return outcome;
        const key = withoutPlace(outcome.reason);
        if (told.has(key))
            return { ...outcome, reason: 'as above' };
        told.add(key);
        return outcome;
    };
}
/** A message opens with its file or URL. */
function withoutPlace(reason) {
    return reason.replace(/^\S+: /, '');
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

/***/ 69008:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jx: () => (/* binding */ builtAs),
/* harmony export */   l_: () => (/* binding */ entrySpecs),
/* harmony export */   mO: () => (/* binding */ entrySpec)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56832);
/**
 * Whose entry a spec is installed from: its own, or that of the spec it was built as where it is spliced. Spack looks
 * for no entry under a spliced spec's hash, although its `push` makes one.
 */


/** @throws BuildcacheError `not-found` where the graph lacks the build spec */
function entrySpec(graph, spec) {
    if (spec.buildSpec === undefined)
        return spec;
    const built = graph.nodes.get(spec.buildSpec.hash);
    if (built !== undefined)
        return built;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `${spec.name}/${(0,_node_js__WEBPACK_IMPORTED_MODULE_1__/* .shortHash */ .BC)(spec)} is spliced, and the spec it was built as is not known`, {
        expected: `/${spec.buildSpec.hash}`,
        hint: 'name the environment it was concretized in with --environment',
    });
}
/** Whose entries these are installed from, each once, in the same order. @throws as {@link entrySpec} */
function entrySpecs(graph, specs) {
    return [...new Map(specs.map((spec) => entrySpec(graph, spec)).map((each) => [each.hash, each])).values()];
}
/** For messages; undefined where a spec is installed from its own entry. */
function builtAs({ buildSpec, version }) {
    // A splice changes what a package needs, never its version.
    return buildSpec && `build spec ${buildSpec.name}@${version}/${buildSpec.hash.slice(0, 7)}`;
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
