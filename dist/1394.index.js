export const id = 1394;
export const ids = [1394,8432];
export const modules = {

/***/ 87499:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ imageSpecs),
/* harmony export */   l: () => (/* binding */ imageArchitecture)
/* harmony export */ });
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(85746);
/* harmony import */ var _spec_target_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63305);
/* harmony import */ var _spec_topological_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6961);
/** Which packages an image of specs is made of, and what a layer is known by. */



/**
 * The specs themselves and all they link to or run, without externals: what others need comes first, so that a
 * package's own layer is the last.
 */
function imageSpecs(graph, roots) {
    const order = (0,_spec_topological_js__WEBPACK_IMPORTED_MODULE_1__/* .topologicalOrder */ ._)(graph, roots, (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_2__/* .ofTypes */ .vz)('link', 'run'));
    return order.filter(({ external }) => external === undefined).reverse();
}
/** A spec's architecture as images name it: Go's names where they differ from archspec's. */
function imageArchitecture(target) {
    const family = (0,_spec_target_js__WEBPACK_IMPORTED_MODULE_0__/* .targetFamily */ .wd)(target);
    return GO_NAMES[family] ?? family;
}
const GO_NAMES = { x86_64: 'amd64', aarch64: 'arm64' };


/***/ }),

/***/ 46326:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ openSigner)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);

/**
 * The key to sign with, unlocked. Spack's rules: a key that was chosen, else the only one there is.
 * @throws BuildcacheError `usage` when there is no key, none matches or several do, or the key is locked and there is
 *   no passphrase; `denied` for a wrong passphrase; `bad-input` for what is no secret key or can no longer sign
 *   (expired, revoked); `unsupported` for keys gpg and Spack could not verify with
 */
async function openSigner(options) {
    const { source, mirror } = options;
    if (options.secretKeys === undefined || options.secretKeys.trim() === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `mirror "${mirror}" is signed, and there is no key to sign with`, {
            hint: 'set BUILDCACHE_SIGNING_KEY or --signing-key-file (in the action: the input signing-key), or do without ' +
                'signatures: --unsigned, or signed: false of the mirror',
        });
    }
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    const keys = await readSecretKeys(options.secretKeys, source);
    const chosen = chooseKey(keys, options);
    if (chosen.keyPacket.version !== 4) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `the key ${fingerprintOf(chosen)} is of version ${chosen.keyPacket.version}`, {
            file: source,
            expected: 'an OpenPGP version 4 key, which gpg and Spack can verify with',
        });
    }
    const key = await unlock(chosen, options);
    await requireUsable(key, source);
    return {
        fingerprint: fingerprintOf(key),
        publicKey: key.toPublic().armor(),
        async sign(text) {
            if (/^-|\r|[ \t]$/m.test(text)) {
                throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('internal', 'the text to sign would be changed by signing it');
            }
            const message = await openpgp.createCleartextMessage({ text });
            const signed = (await openpgp.sign({ message, signingKeys: key })).replaceAll('\r', '');
            // Spack takes what follows one header with one value, and does so with a pattern of its own.
            if (!/^-----BEGIN PGP SIGNED MESSAGE-----\nHash: [A-Z0-9]+\n\n/.test(signed)) {
                throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `signatures of the key ${fingerprintOf(key)} cannot be read by Spack`, {
                    expected: 'a signature with one Hash header',
                });
            }
            return signed;
        },
    };
}
async function readSecretKeys(armored, source) {
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    const blocks = armored.match(/-----BEGIN PGP PRIVATE KEY BLOCK-----[\s\S]*?-----END PGP PRIVATE KEY BLOCK-----/g);
    if (blocks === null) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'this is no armored secret key', {
            file: source,
            expected: '-----BEGIN PGP PRIVATE KEY BLOCK-----',
            found: /BEGIN PGP PUBLIC KEY/.test(armored) ? 'a public key' : 'something else',
            hint: 'export it with `gpg --armor --export-secret-keys FINGERPRINT`',
        });
    }
    try {
        return (await Promise.all(blocks.map((armoredKeys) => openpgp.readPrivateKeys({ armoredKeys })))).flat();
    }
    catch {
        // What the library says may quote the key.
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'the secret key is damaged or of a kind that is not supported', {
            file: source,
            expected: 'an armored OpenPGP secret key, its line ends kept',
        });
    }
}
function chooseKey(keys, { choose, source }) {
    const matching = choose === undefined ? keys : keys.filter((key) => isNamed(key, choose));
    const [only] = matching;
    if (only !== undefined && matching.length === 1)
        return only;
    const names = (matching.length === 0 ? keys : matching).map(nameOf).join(', ');
    if (choose === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `there are ${keys.length} keys to sign with and none was chosen`, {
            file: source,
            found: names,
            hint: 'choose one with --key FINGERPRINT',
        });
    }
    const message = matching.length === 0 ? 'is none of the keys' : `names ${matching.length} keys`;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `--key ${choose} ${message}`, { file: source, found: names });
}
/** As gpg's `--local-user`: by fingerprint or key id, of the key or a subkey, else by user id. */
function isNamed(key, name) {
    const digits = name.replace(/^0x/i, '').replaceAll(' ', '').toUpperCase();
    if (/^[0-9A-F]{8,}$/.test(digits)) {
        return key.getKeys().some((each) => each.getFingerprint().toUpperCase().endsWith(digits));
    }
    return key.getUserIDs().some((id) => id.toLowerCase().includes(name.toLowerCase()));
}
async function unlock(key, { passphrase, source }) {
    if (key.isDecrypted())
        return key;
    if (passphrase === undefined || passphrase === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `the key ${fingerprintOf(key)} is locked with a passphrase`, {
            file: source,
            hint: 'set BUILDCACHE_SIGNING_PASSPHRASE',
        });
    }
    const openpgp = await __webpack_require__.e(/* import() */ 3074).then(__webpack_require__.bind(__webpack_require__, 13074));
    try {
        return await openpgp.decryptKey({ privateKey: key, passphrase });
    }
    catch {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('denied', `the passphrase does not open the key ${fingerprintOf(key)}`, {
            file: source,
            hint: 'check BUILDCACHE_SIGNING_PASSPHRASE',
        });
    }
}
async function requireUsable(key, source) {
    const name = fingerprintOf(key);
    if (await key.isRevoked()) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `the key ${name} was revoked`, { file: source });
    }
    const expiry = await key.getExpirationTime();
    if (expiry instanceof Date && expiry.getTime() <= Date.now()) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `the key ${name} expired on ${expiry.toISOString().slice(0, 10)}`, {
            file: source,
            hint: 'extend it (gpg --quick-set-expire) and export it again, or sign with another',
        });
    }
    if (key.getCreationTime().getTime() > Date.now()) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `the key ${name} was made in the future`, {
            file: source,
            found: key.getCreationTime().toISOString(),
            hint: "set this machine's clock",
        });
    }
    try {
        await key.getSigningKey();
    }
    catch (error) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `the key ${name} cannot sign`, { file: source, found: error instanceof Error ? error.message : String(error) }, error);
    }
}
function fingerprintOf(key) {
    return key.getFingerprint().toUpperCase();
}
function nameOf(key) {
    return `${fingerprintOf(key)} (${key.getUserIDs()[0] ?? 'no user id'})`;
}


/***/ }),

/***/ 27015:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ LayerTurns)
/* harmony export */ });
/**
 * Who waits for whose layer, among the specs that go to one registry: an image names the layers of all it runs with. They
 * begin in an order, and each waits for those only that began before it, so that however few are under way at once,
 * nobody waits for ever.
 */
class LayerTurns {
    #places = new Map();
    #sent = new Map();
    #settle = new Map();
    #failed = new Set();
    /** @param hashes all that will be settled, one way or the other, in the order in which they begin */
    constructor(hashes) {
        for (const hash of hashes) {
            this.#places.set(hash, this.#places.size);
            this.#sent.set(hash, new Promise((resolve) => void this.#settle.set(hash, resolve)));
        }
    }
    /** Its layer is there, or was not to come. */
    settle(hash) {
        this.#settle.get(hash)?.();
        this.#settle.delete(hash);
    }
    /** Its layer will not come. One that is there all the same was to be replaced, and is nothing to rely on. */
    fail(hash) {
        if (!this.#settle.has(hash))
            return;
        this.#failed.add(hash);
        this.settle(hash);
    }
    hasFailed(hash) {
        return this.#failed.has(hash);
    }
    /** Whether a layer is still to come that a spec can wait for. */
    isToCome(hash, forWhom) {
        return this.#settle.has(hash) && this.#place(hash) < this.#place(forWhom);
    }
    /** Ends when none of these is {@link isToCome}. @returns those that have failed */
    async settled(hashes, forWhom) {
        for (const hash of hashes)
            if (this.isToCome(hash, forWhom))
                await this.#sent.get(hash);
        return new Set(hashes.filter((hash) => this.#failed.has(hash)));
    }
    #place(hash) {
        return this.#places.get(hash) ?? Number.POSITIVE_INFINITY;
    }
}


/***/ }),

/***/ 5402:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  V: () => (/* binding */ push)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(70370);
// EXTERNAL MODULE: ./build/cache/index-update.js + 2 modules
var index_update = __webpack_require__(8479);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/temporary-folder.js
var temporary_folder = __webpack_require__(88062);
// EXTERNAL MODULE: ./build/spec/emit-spec.js
var emit_spec = __webpack_require__(21743);
// EXTERNAL MODULE: ./build/spec/graph.js
var graph = __webpack_require__(85746);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/package/hash-to-prefix.js
var hash_to_prefix = __webpack_require__(96390);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/package/gzip.js
/**
 * gzip on all cores, with the digests and sizes of what goes in and what comes out computed on the way.
 *
 * The input is cut into blocks of 1 MiB that libuv's pool deflates side by side, each with the 32 KiB before it
 * as its dictionary and flushed to a byte boundary, so that they concatenate to one deflate stream (RFC 1951;
 * pigz does the same). The output depends on the input alone, not on the number of jobs. While the pool
 * deflates, the main thread hashes and reads on; no more than `jobs` + 1 blocks are held at a time.
 *
 * The pool has four threads unless UV_THREADPOOL_SIZE was set before its first use.
 */



const GZIP_BLOCK = 1024 * 1024;
class GzipWriter {
    #sink;
    #limit;
    #rawHash = (0,external_node_crypto_.createHash)('sha256');
    #hash = (0,external_node_crypto_.createHash)('sha256');
    #rawSize = 0;
    #size = 0;
    #crc = 0;
    /** The block being filled, and how far. */
    #block = newBlock();
    #filled = 0;
    /** Blocks that have been deflated and can be filled again. */
    #free = [];
    #dictionary;
    /** One promise per block not yet written, oldest first; each waits for the one before it. */
    #pending = [];
    /**
     * @param sink takes the output piece by piece, in order, one at a time
     * @param jobs how many blocks to deflate at once, at least 1
     */
    constructor(sink, jobs) {
        this.#sink = sink;
        this.#limit = Math.max(1, jobs) + 1;
    }
    /** How many bytes have come in. */
    get rawSize() {
        return this.#rawSize + this.#filled;
    }
    /** Where the next bytes go: at least one byte long. Fill some of it, then call `advance`. */
    async room() {
        if (this.#filled === GZIP_BLOCK) {
            this.#submit(false);
            if (this.#pending.length >= this.#limit)
                await this.#pending.shift();
            else
                await (0,external_node_timers_promises_.setImmediate)(); // whoever fills blocks without ever waiting would starve everybody else
            this.#block = this.#free.pop() ?? newBlock();
        }
        return this.#block.subarray(this.#filled);
    }
    /** The first `length` bytes of what `room` returned are input now. */
    advance(length) {
        this.#filled += length;
    }
    /** Copies bytes in. */
    async write(bytes) {
        let rest = bytes;
        while (rest.length > 0) {
            const copied = rest.copy(await this.room());
            this.advance(copied);
            rest = rest.subarray(copied);
        }
    }
    /** Ends the input; resolves when all output has been taken. */
    async finish() {
        this.#submit(true);
        await Promise.all(this.#pending);
        spareBlocks.push(...this.#free.splice(0, MOST_SPARE - spareBlocks.length));
        return {
            size: this.#size,
            sha256: this.#hash.digest('hex'),
            rawSize: this.#rawSize,
            rawSha256: this.#rawHash.digest('hex'),
        };
    }
    /** Resolves when nothing runs any more and the sink will not be called again; for those who give up. */
    async settle() {
        await Promise.allSettled(this.#pending);
    }
    #submit(last) {
        const block = this.#block;
        const input = block.subarray(0, this.#filled);
        const first = this.#rawSize === 0;
        const deflated = deflateBlock(input, this.#dictionary, last);
        // The pool works on the block from here on; the rest of this is done meanwhile.
        this.#dictionary = Buffer.from(input.subarray(-DICTIONARY));
        this.#rawHash.update(input);
        this.#crc = (0,external_node_zlib_.crc32)(input, this.#crc);
        this.#rawSize += input.length;
        this.#filled = 0;
        const trailer = last ? gzipTrailer(this.#crc, this.#rawSize) : undefined;
        const before = this.#pending.at(-1);
        const written = (async () => {
            const body = await deflated;
            this.#free.push(block);
            await before;
            await this.#emit([...(first ? [GZIP_HEADER] : []), body, ...(trailer === undefined ? [] : [trailer])]);
        })();
        // Whoever waits for it hears of a failure; until then it must not count as unhandled.
        written.catch(() => { });
        this.#pending.push(written);
    }
    async #emit(parts) {
        const [only] = parts;
        const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
        this.#hash.update(bytes);
        this.#size += bytes.length;
        await this.#sink(bytes);
    }
}
/** Blocks of writers that have finished, for the next ones: most prefixes are small, and their blocks would be garbage. */
const spareBlocks = [];
const MOST_SPARE = 8;
function newBlock() {
    return spareBlocks.pop() ?? Buffer.allocUnsafeSlow(GZIP_BLOCK);
}
const DICTIONARY = 32 * 1024;
const LEVEL = 6;
/** Deflate's method, no name, no time, no flags, operating system unknown: what Spack writes. */
const GZIP_HEADER = Buffer.from('1f8b08000000000000ff', 'hex');
function gzipTrailer(crc, rawSize) {
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc, 0);
    trailer.writeUInt32LE(rawSize % 2 ** 32, 4);
    return trailer;
}
function deflateBlock(input, dictionary, last) {
    const options = {
        level: LEVEL,
        finishFlush: last ? external_node_zlib_.constants.Z_FINISH : external_node_zlib_.constants.Z_SYNC_FLUSH,
        // Room for most blocks' output in one piece: every piece is a trip to the pool and back.
        chunkSize: Math.max(4096, input.length >> 1),
        ...(dictionary === undefined ? {} : { dictionary }),
    };
    return new Promise((resolve, reject) => {
        (0,external_node_zlib_.deflateRaw)(input, options, (error, output) => {
            if (error === null)
                resolve(output);
            else
                reject(error);
        });
    });
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/package/build-info.js
/**
 * The build info: what a tarball says about the place it was built in, and which of its files mention that
 * place. Spack writes it as the archive's last file, `.spack/binary_distribution`, one line of flow YAML.
 */
/** Where the build info lies in a prefix. */
const BUILD_INFO_PATH = '.spack/binary_distribution';
/** The file's contents, its newline included, as Spack 1.x writes them. */
function buildInfoLine(info) {
    const prefixes = info.hashToPrefix.map(([hash, prefix]) => [yamlScalar(hash), yamlScalar(prefix)]);
    return `${mapping([
        ['sbang_install_path', yamlScalar(info.sbangInstallPath)],
        ['buildpath', yamlScalar(info.buildpath)],
        ['spackprefix', yamlScalar(info.spackprefix)],
        ['relative_prefix', yamlScalar(info.relativePrefix)],
        ['hardlinks_deduped', 'true'],
        ['hash_to_prefix', mapping(prefixes)],
        ['relocate_binaries', sequence(info.relocateBinaries)],
        ['relocate_links', sequence(info.relocateLinks)],
        ['relocate_textfiles', sequence(info.relocateTextfiles)],
    ])}\n`;
}
/**
 * A string as a scalar of flow YAML on one line: plain, else in single quotes, else in double quotes, chosen as
 * Spack's emitter does. Two of its choices would not read back and are not followed: it leaves `: x` and `? x`
 * plain, and breaks a single-quoted scalar at U+0085, U+2028 and U+2029.
 */
function yamlScalar(text) {
    if (UNPRINTABLE.test(text))
        return doubleQuoted(text);
    if (isPlain(text))
        return text;
    return text.includes("'") ? doubleQuoted(text) : `'${text}'`;
}
function mapping(pairs) {
    return `{${pairs.map(([key, value]) => `${key}: ${value}`).join(', ')}}`;
}
function sequence(texts) {
    return `[${texts.map(yamlScalar).join(', ')}]`;
}
/** Controls, breaks, lone surrogates, the byte order mark and U+FFFE, U+FFFF. */
const UNPRINTABLE = /[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
/** What means something else when it is not quoted. */
const NOT_PLAIN = [
    /^$|^ | $/,
    /^[#&*!|>'"%@`]|^[-?:](?: |$)|^(?:---|\.\.\.)/,
    /[,[\]{}]|:(?: |$)| #/,
    // The types YAML 1.2 gives a plain scalar, in the reading of Spack's library: bool, null, merge, value,
    /^(?:true|True|TRUE|false|False|FALSE|~|null|Null|NULL|<<|=)$/,
    // integer,
    /^(?=[-+\d])[-+]?(?:0b[01_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)$/,
    // float,
    /^[-+]?[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)$/,
    /^[-+]?\.(?:[0-9_]+(?:[eE][-+][0-9]+)?|inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/,
    // date, and date with time.
    /^\d{4}-\d\d-\d\d$/,
    /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/,
];
function isPlain(text) {
    return !NOT_PLAIN.some((pattern) => pattern.test(text));
}
const ESCAPES = {
    '\0': '\\0',
    '\u0007': '\\a',
    '\b': '\\b',
    '\t': '\\t',
    '\n': '\\n',
    '\v': '\\v',
    '\f': '\\f',
    '\r': '\\r',
    '\u001b': '\\e',
    '"': '\\"',
    '\\': '\\\\',
    '\u0085': '\\N',
    '\u2028': '\\L',
    '\u2029': '\\P',
};
/** Everything outside the printable part of the basic plane is escaped, characters beyond it included. */
function doubleQuoted(text) {
    const escaped = text.replace(/["\\]|[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu, escapeCharacter);
    return `"${escaped}"`;
}
function escapeCharacter(character) {
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16).toUpperCase();
    if (code <= 0xff)
        return ESCAPES[character] ?? `\\x${hex.padStart(2, '0')}`;
    if (code <= 0xffff)
        return ESCAPES[character] ?? `\\u${hex.padStart(4, '0')}`;
    return `\\U${hex.padStart(8, '0')}`;
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: ./build/package/path-bytes.js
var path_bytes = __webpack_require__(29890);
;// CONCATENATED MODULE: ./build/package/file-class.js
/**
 * What kind of file is this, as far as relocation is concerned? Binaries (ELF, Mach-O) are always relocated,
 * text is where a prefix occurs in it, anything else never. Judged chunk by chunk while the file goes into the
 * tarball, so that it is read once. Contents are attacker-controlled.
 */


class FileClassifier {
    #scan;
    #utf8 = new Utf8Check();
    #head = Buffer.alloc(0);
    #binary = false;
    /** No byte so far that ISO-8859-1 has no printable character for. */
    #latin1 = true;
    #prefixFound = false;
    constructor(scanner) {
        this.#scan = scanner.scan();
    }
    /** The file's next bytes; they are not kept. */
    push(chunk) {
        if (this.#head.length < MAGIC_LENGTH) {
            this.#head = Buffer.concat([this.#head, chunk.subarray(0, MAGIC_LENGTH - this.#head.length)]);
            this.#binary = isBinaryMagic(this.#head);
        }
        if (this.#binary || !this.#isText)
            return;
        this.#utf8.push(chunk);
        if (this.#latin1)
            this.#latin1 = !hasControl(chunk);
        if (this.#isText && !this.#prefixFound)
            this.#prefixFound = this.#scan.push(chunk);
    }
    /** The verdict over the whole file. */
    end() {
        if (this.#head.length < MAGIC_LENGTH)
            return undefined;
        if (this.#binary)
            return 'binary';
        this.#utf8.end();
        return this.#isText && this.#prefixFound ? 'text' : undefined;
    }
    get #isText() {
        return this.#utf8.valid || this.#latin1;
    }
}
/** Shorter files are neither binaries nor text to Spack. */
const MAGIC_LENGTH = 8;
/**
 * ELF, Mach-O of either word size and byte order, or a universal binary. Java's class files share the magic of
 * universal binaries and have their version where those have the number of slices, hence the limit of ten.
 */
function isBinaryMagic(head) {
    if (head.length < MAGIC_LENGTH)
        return false;
    switch (head.readUInt32BE(0)) {
        case 0x7f454c46:
        case 0xcffaedfe:
        case 0xfeedfacf:
        case 0xcefaedfe:
        case 0xfeedface:
            return true;
        case 0xcafebabe:
            return head.readUInt32BE(4) < 10;
        case 0xbebafeca:
            return head.readUInt32LE(4) < 10;
        default:
            return false;
    }
}
/** NUL, DEL or a C1 control: bytes ISO-8859-1 text does not have. */
function hasControl(chunk) {
    if ((0,external_node_buffer_.isAscii)(chunk))
        return chunk.includes(0) || chunk.includes(0x7f);
    for (const byte of chunk) {
        if (byte === 0 || (byte >= 0x7f && byte <= 0x9f))
            return true;
    }
    return false;
}
/** Strict UTF-8 over chunks; a sequence may be cut anywhere but at the end of the file. */
class Utf8Check {
    valid = true;
    #cut = Buffer.alloc(0);
    push(chunk) {
        if (!this.valid)
            return;
        let rest = chunk;
        if (this.#cut.length > 0) {
            const missing = (0,path_bytes/* sequenceLength */.CO)(this.#cut[0] ?? 0) - this.#cut.length;
            const sequence = Buffer.concat([this.#cut, rest.subarray(0, missing)]);
            if (rest.length < missing) {
                this.#cut = sequence;
                return;
            }
            this.valid = (0,external_node_buffer_.isUtf8)(sequence);
            rest = rest.subarray(missing);
        }
        const whole = rest.length - cutSequence(rest);
        this.valid &&= (0,external_node_buffer_.isUtf8)(rest.subarray(0, whole));
        this.#cut = Buffer.from(rest.subarray(whole));
    }
    end() {
        this.valid &&= this.#cut.length === 0;
    }
}
/** How many bytes at the end begin a sequence that goes on after it. */
function cutSequence(chunk) {
    for (let back = 1; back <= Math.min(3, chunk.length); back++) {
        const byte = chunk[chunk.length - back] ?? 0;
        if (byte >= 0x80 && byte < 0xc0)
            continue;
        return (0,path_bytes/* sequenceLength */.CO)(byte) > back ? back : 0;
    }
    return 0;
}

;// CONCATENATED MODULE: ./build/package/prefix-scan.js
/** @param prefixes absolute paths, in any order */
function prefixScanner(prefixes) {
    const needles = shortest([...prefixes].filter((prefix) => prefix !== '').map((prefix) => Buffer.from(prefix)));
    return {
        startsWithPrefix: (target) => needles.some((needle) => startsWith(target, needle)),
        scan: () => scan(needles),
    };
}
const SLASH = 0x2f;
const WORD = wordBytes();
const NOTHING = Buffer.alloc(0);
function scan(needles) {
    // A prefix may begin in one chunk and end in the next: the last bytes that could begin one are kept.
    const keep = Math.max(0, ...needles.map((needle) => needle.length - 1));
    let tail = NOTHING;
    let tailFollowsSlash = false;
    let found = false;
    return {
        push(chunk) {
            if (found || chunk.length === 0)
                return found;
            const chunkFollowsSlash = followsSlash(tail, tail.length, tailFollowsSlash);
            const seam = tail.length === 0 ? NOTHING : Buffer.concat([tail, chunk.subarray(0, keep)]);
            found =
                occurs(needles, seam, tail.length, tailFollowsSlash) ||
                    occurs(needles, chunk, chunk.length, chunkFollowsSlash);
            const rest = chunk.length < keep ? Buffer.concat([tail, chunk]) : chunk;
            const cut = Math.max(0, rest.length - keep);
            tailFollowsSlash = followsSlash(rest, cut, rest === chunk ? chunkFollowsSlash : tailFollowsSlash);
            tail = Buffer.from(rest.subarray(cut));
            return found;
        },
    };
}
/** Whether some needle starts before `end` in the bytes where the pattern lets it. */
function occurs(needles, bytes, end, startFollowsSlash) {
    for (const needle of needles) {
        let at = bytes.indexOf(needle);
        while (at !== -1 && at < end) {
            if (!followsSlash(bytes, at, startFollowsSlash))
                return true;
            at = bytes.indexOf(needle, at + 1);
        }
    }
    return false;
}
/** Whether the run of `[\w-]` that ends before `position` comes after a `/`; `start` says so of the first byte. */
function followsSlash(bytes, position, start) {
    let at = position - 1;
    while (at >= 0 && WORD[bytes[at] ?? 0] === 1)
        at--;
    return at < 0 ? start : bytes[at] === SLASH;
}
/** Without those that start with another one. */
function shortest(prefixes) {
    const kept = [];
    for (const prefix of prefixes.toSorted((a, b) => a.length - b.length)) {
        if (!kept.some((other) => startsWith(prefix, other)))
            kept.push(prefix);
    }
    return kept;
}
function startsWith(bytes, start) {
    return bytes.length >= start.length && bytes.compare(start, 0, start.length, 0, start.length) === 0;
}
function wordBytes() {
    const table = new Uint8Array(256);
    for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-') {
        table[character.charCodeAt(0)] = 1;
    }
    return table;
}

;// CONCATENATED MODULE: ./build/package/tar-writer.js
/**
 * Tar headers, byte for byte as Spack's: Python's `tarfile` in its default (PAX) format, with the metadata
 * that is not reproducible left at zero. Pure functions: entry in, blocks of 512 bytes out.
 * POSIX.1-2001 pax; the choices POSIX leaves open are Python's.
 */


const TAR_BLOCK = 512;
/** The header of an entry: one block, or three and more where PAX records are needed. */
function tarHeader(entry) {
    const name = entry.type === 'directory' ? Buffer.concat([entry.name, tar_writer_SLASH]) : entry.name;
    const target = entry.type === 'symlink' || entry.type === 'link' ? entry.target : tar_writer_NOTHING;
    const size = entry.type === 'file' ? entry.size : 0;
    const records = [];
    if (!fits(name))
        records.push(['path', name]);
    if (!fits(target))
        records.push(['linkpath', target]);
    if (size > LARGEST_SIZE)
        records.push(['size', Buffer.from(String(size))]);
    const header = block({
        name: fieldText(name),
        mode: modeOf(entry),
        size: size > LARGEST_SIZE ? 0 : size,
        type: TYPE_FLAG[entry.type],
        target: fieldText(target),
    });
    return records.length === 0 ? header : Buffer.concat([paxHeader(records), header]);
}
/** How many NULs follow a file's data. */
function tarPadding(size) {
    return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}
/** What ends an archive that is so far `length` bytes long: two zero blocks, and on to a full record. */
function tarEnd(length) {
    const end = length + 2 * TAR_BLOCK;
    return Buffer.alloc(2 * TAR_BLOCK + ((TAR_RECORD - (end % TAR_RECORD)) % TAR_RECORD));
}
const TAR_RECORD = 20 * TAR_BLOCK;
const NAME_FIELD = 100;
/** Eleven octal digits: one byte below 8 GiB. */
const LARGEST_SIZE = 8 ** 11 - 1;
const tar_writer_NOTHING = Buffer.alloc(0);
const tar_writer_SLASH = Buffer.from('/');
const TYPE_FLAG = { file: '0', link: '1', symlink: '2', directory: '5' };
function modeOf(entry) {
    switch (entry.type) {
        case 'directory':
        case 'symlink':
            return 0o755;
        case 'file':
        case 'link':
            return entry.executable ? 0o755 : 0o644;
    }
}
function fits(text) {
    return text.length <= NAME_FIELD && (0,external_node_buffer_.isAscii)(text);
}
/** What the fixed field keeps of a name: `?` for each character that is not ASCII, the first 100. */
function fieldText(text) {
    if ((0,external_node_buffer_.isAscii)(text))
        return text.subarray(0, NAME_FIELD);
    const ascii = Array.from((0,path_bytes/* decodePath */.q0)(text), (character) => (character < '\u0080' ? character : '?'));
    return Buffer.from(ascii.slice(0, NAME_FIELD).join(''), 'latin1');
}
function paxHeader(records) {
    // Python announces bytes that are not UTF-8 and then writes them as they are.
    const binary = records.some(([, value]) => !(0,external_node_buffer_.isUtf8)(value));
    const parts = binary ? [Buffer.from('21 hdrcharset=BINARY\n')] : [];
    for (const [keyword, value] of records)
        parts.push(paxRecord(keyword, value));
    const data = Buffer.concat(parts);
    const header = block({
        name: Buffer.from('././@PaxHeader'),
        mode: 0,
        size: data.length,
        type: 'x',
        target: tar_writer_NOTHING,
    });
    return Buffer.concat([header, data, Buffer.alloc(tarPadding(data.length))]);
}
/** `<length> <keyword>=<value>\n`, where the length counts its own digits. */
function paxRecord(keyword, value) {
    const rest = Buffer.byteLength(keyword) + value.length + 3;
    let length = rest;
    while (length !== rest + String(length).length)
        length = rest + String(length).length;
    return Buffer.concat([Buffer.from(`${length} ${keyword}=`), value, Buffer.from('\n')]);
}
function block(fields) {
    const header = Buffer.alloc(TAR_BLOCK);
    fields.name.copy(header, 0);
    header.write(octal(fields.mode, 7), 100, 'latin1');
    header.write(octal(0, 7), 108, 'latin1'); // uid
    header.write(octal(0, 7), 116, 'latin1'); // gid
    header.write(octal(fields.size, 11), 124, 'latin1');
    header.write(octal(0, 11), 136, 'latin1'); // mtime
    header.write('        ', 148, 'latin1'); // the checksum counts itself as spaces
    header.write(fields.type, 156, 'latin1');
    fields.target.copy(header, 157);
    header.write('ustar\u000000', 257, 'latin1');
    let sum = 0;
    for (const byte of header)
        sum += byte;
    header.write(`${sum.toString(8).padStart(6, '0')}\0`, 148, 'latin1');
    return header;
}
function octal(value, digits) {
    return value.toString(8).padStart(digits, '0');
}

;// CONCATENATED MODULE: ./build/package/walk-prefix.js
/**
 * Walks an install prefix in the order of Spack's tarballs: a directory, what is in it and no directory, then
 * its subdirectories the same way, each sorted by name. One directory's entries are in memory at a time.
 * A directory that is not the same at the end of the walk as when it was listed is a `conflict`.
 *
 * Reads synchronously. A small file costs a few microseconds that way and some thirty per call through libuv's
 * pool, whose threads are better spent on compression.
 */



/**
 * @param root the prefix, absolute; may be a symlink to it
 * @param except a path relative to the prefix to leave out, with all below it
 * @throws BuildcacheError `not-found`, `denied`, `conflict`, `io`, with the directory named
 */
function* walkPrefix(root, except) {
    const leftOut = Buffer.from(except);
    const listed = [];
    const stack = [{ path: Buffer.from(root), relative: Buffer.alloc(0) }];
    for (let here = stack.pop(); here !== undefined; here = stack.pop()) {
        const before = stampDirectory(here);
        listed.push({ ...here, stamp: before });
        const entries = [];
        const subdirectories = [];
        for (const dirent of list(here)) {
            const { name } = dirent;
            const relative = (0,path_bytes/* joinPath */.uJ)(here.relative, name);
            if (relative.equals(leftOut))
                continue;
            if (dirent.isDirectory())
                subdirectories.push({ name, path: (0,path_bytes/* joinPath */.uJ)(here.path, name), relative });
            else if (dirent.isSymbolicLink())
                entries.push({ name, kind: 'symlink' });
            else if (dirent.isFile())
                entries.push({ name, kind: 'file' });
        }
        yield { path: here.path, relative: here.relative, entries: (0,path_bytes/* sortByName */.VV)(entries) };
        for (const subdirectory of (0,path_bytes/* sortByName */.VV)(subdirectories).reverse())
            stack.push(subdirectory);
    }
    for (const directory of listed) {
        if (stampDirectory(directory) !== directory.stamp)
            throw changed(directory.path);
    }
}
/** What must be the same before and after something was read, for the reading to have been of one version. */
function stamp(stats) {
    return `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`;
}
/** The error for a file or directory that changed, or went away, while the prefix was read. */
function changed(path, cause) {
    const facts = { file: path.toString(), hint: 'wait until nothing writes to the prefix, then push again' };
    return new errors/* BuildcacheError */.fO('conflict', 'it changed while the prefix was being read', facts, cause);
}
/** A failed call on something the walk had just seen: gone or replaced is `conflict`. */
function readError(error, path, doing) {
    switch ((0,errors/* systemCode */.xU)(error)) {
        case 'ENOENT':
        case 'ENOTDIR':
        case 'ELOOP': // a symlink now
        case 'ENXIO': // a socket now
        case 'EINVAL': // no longer a symlink
        case 'ESTALE':
            return changed(path, error);
        default:
            return (0,errors/* fileError */.zS)(error, path.toString(), doing);
    }
}
function stampDirectory({ path, relative }) {
    try {
        // Only the prefix itself may be a symlink; below it one that took a directory's place must not be followed.
        const stats = relative.length === 0 ? (0,external_node_fs_.statSync)(path, BIGINT) : (0,external_node_fs_.lstatSync)(path, BIGINT);
        if (!stats.isDirectory())
            throw notDirectory(path, relative);
        return stamp(stats);
    }
    catch (error) {
        throw directoryError(error, path, relative);
    }
}
function list({ path, relative }) {
    try {
        return (0,external_node_fs_.readdirSync)(path, { withFileTypes: true, encoding: 'buffer' });
    }
    catch (error) {
        throw directoryError(error, path, relative);
    }
}
function notDirectory(path, relative) {
    if (relative.length > 0)
        return changed(path);
    return new errors/* BuildcacheError */.fO('bad-input', 'the install prefix is not a directory', { file: path.toString() });
}
function directoryError(error, path, relative) {
    const doing = 'list the directory';
    return relative.length === 0 ? (0,errors/* fileError */.zS)(error, path.toString(), doing) : readError(error, path, doing);
}
const BIGINT = { bigint: true };

;// CONCATENATED MODULE: ./build/package/prefix-archive.js
/**
 * Writes the archive of an install prefix: parent directories, the prefix, the build info, byte for byte as Spack
 * does. One pass: a file's bytes are read once, for the archive and the build info alike. What grows with the
 * prefix is a few words per directory, per hard-linked inode and per file to relocate.
 *
 * Opens and reads synchronously, for the reason given in walk-prefix.ts; the gzip writer gives way once a MiB.
 */









/** Writes the whole archive, its end included, into `out`, which is left open. Errors: those of `packPrefix`. */
async function writePrefixArchive(options, out) {
    checkPaths(options);
    const root = external_node_path_.resolve(options.readFrom ?? options.prefix);
    const prefixes = options.hashToPrefix.map(([, prefix]) => prefix);
    const archive = {
        options,
        out,
        name: Buffer.from(archiveName(options.prefix)),
        scanner: prefixScanner([...prefixes, options.sbangInstallPath, options.storeRoot]),
        linked: linksToBuildInfo(external_node_path_.join(root, BUILD_INFO_PATH)),
        binaries: [],
        links: [],
        textfiles: [],
        bytesRead: 0,
    };
    await writeParents(archive);
    for (const directory of walkPrefix(root, BUILD_INFO_PATH)) {
        await out.write(tarHeader({ type: 'directory', name: (0,path_bytes/* joinPath */.uJ)(archive.name, directory.relative) }));
        for (const entry of directory.entries) {
            options.signal?.throwIfAborted();
            const source = {
                path: (0,path_bytes/* joinPath */.uJ)(directory.path, entry.name),
                relative: (0,path_bytes/* joinPath */.uJ)(directory.relative, entry.name),
            };
            if (entry.kind === 'symlink')
                await writeSymlink(archive, source);
            else
                await writeFile(archive, source);
        }
    }
    await writeBuildInfo(archive);
    await out.write(tarEnd(out.rawSize));
}
/** Neither follows a symlink nor waits for a FIFO's writer, should one have taken a file's place. */
const OPEN_FLAGS = external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK;
const OWNER_EXECUTES = 64n;
const METADATA_DIRECTORY = Buffer.from('.spack');
const prefix_archive_SLASH = 0x2f;
function checkPaths({ prefix, storeRoot, sbangInstallPath }) {
    for (const given of [prefix, storeRoot, sbangInstallPath]) {
        if (!external_node_path_.isAbsolute(given) || archiveName(given) === '' || given.split('/').includes('..')) {
            const facts = { expected: 'an absolute path below / without ..', found: given };
            throw new errors/* BuildcacheError */.fO('bad-input', 'this cannot be a path of an install tree', facts);
        }
    }
}
/** Without `.` and doubled slashes, as Python's pure paths are. */
function archiveName(prefix) {
    const parts = prefix.split('/').filter((part) => part !== '' && part !== '.');
    return parts.join('/');
}
/** Spack leaves out the old build info by inode, so its hard links too. */
function linksToBuildInfo(file) {
    try {
        const stats = (0,external_node_fs_.lstatSync)(file, { bigint: true });
        return new Map(stats.isFile() && stats.nlink > 1n ? [[inodeOf(stats), undefined]] : []);
    }
    catch {
        // Mostly there is none. Whatever else is wrong with `.spack`, the walk will meet it and say so.
        return new Map();
    }
}
async function writeParents({ name, out }) {
    for (let slash = name.indexOf(prefix_archive_SLASH); slash !== -1; slash = name.indexOf(prefix_archive_SLASH, slash + 1)) {
        await out.write(tarHeader({ type: 'directory', name: name.subarray(0, slash) }));
    }
}
async function writeSymlink(archive, source) {
    const target = reading(source, () => (0,external_node_fs_.readlinkSync)(source.path, { encoding: 'buffer' }));
    if (archive.scanner.startsWithPrefix(target))
        archive.links.push((0,path_bytes/* decodePath */.q0)(source.relative));
    const name = (0,path_bytes/* joinPath */.uJ)(archive.name, source.relative);
    await archive.out.write(tarHeader({ type: 'symlink', name, target }));
}
async function writeFile(archive, source) {
    const { out, linked } = archive;
    const descriptor = reading(source, () => (0,external_node_fs_.openSync)(source.path, OPEN_FLAGS));
    try {
        const before = reading(source, () => (0,external_node_fs_.fstatSync)(descriptor, { bigint: true }));
        if (!before.isFile())
            throw changed(source.path);
        const name = (0,path_bytes/* joinPath */.uJ)(archive.name, source.relative);
        const executable = (before.mode & OWNER_EXECUTES) !== 0n;
        if (before.nlink > 1n) {
            const inode = inodeOf(before);
            if (linked.has(inode)) {
                const target = linked.get(inode);
                if (target !== undefined)
                    await out.write(tarHeader({ type: 'link', name, target, executable }));
                return;
            }
            linked.set(inode, name);
        }
        const size = Number(before.size);
        await out.write(tarHeader({ type: 'file', name, executable, size }));
        await copyContents(archive, source, descriptor, size);
        const after = reading(source, () => (0,external_node_fs_.fstatSync)(descriptor, { bigint: true }));
        if (stamp(after) !== stamp(before))
            throw changed(source.path);
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
/** Reads straight into the block to compress, and judges each piece where it lies. */
async function copyContents(archive, source, descriptor, size) {
    const { out, options } = archive;
    const classifier = isMetadata(source.relative) ? undefined : new FileClassifier(archive.scanner);
    for (let left = size; left > 0;) {
        options.signal?.throwIfAborted();
        const room = await out.room();
        const wanted = Math.min(room.length, left);
        const length = reading(source, () => (0,external_node_fs_.readSync)(descriptor, room, 0, wanted, null));
        if (length === 0)
            throw changed(source.path);
        classifier?.push(room.subarray(0, length));
        out.advance(length);
        left -= length;
        archive.bytesRead += length;
        options.onProgress?.(archive.bytesRead);
    }
    await out.write(Buffer.alloc(tarPadding(size)));
    const found = classifier?.end();
    if (found === 'binary')
        archive.binaries.push((0,path_bytes/* decodePath */.q0)(source.relative));
    if (found === 'text')
        archive.textfiles.push((0,path_bytes/* decodePath */.q0)(source.relative));
}
async function writeBuildInfo({ options, out, name, binaries, links, textfiles }) {
    const line = buildInfoLine({
        sbangInstallPath: options.sbangInstallPath,
        buildpath: options.storeRoot,
        spackprefix: options.spackPrefix,
        relativePrefix: options.relativePrefix,
        hashToPrefix: options.hashToPrefix,
        relocateBinaries: binaries,
        relocateLinks: links,
        relocateTextfiles: textfiles,
    });
    const data = Buffer.from(line);
    const path = (0,path_bytes/* joinPath */.uJ)(name, Buffer.from(BUILD_INFO_PATH));
    await out.write(tarHeader({ type: 'file', name: path, executable: false, size: data.length }));
    await out.write(data);
    await out.write(Buffer.alloc(tarPadding(data.length)));
}
/** Below `.spack`, where nothing is relocated but symlinks; a file of that name counts too. */
function isMetadata(relative) {
    const slash = relative.indexOf(prefix_archive_SLASH);
    return relative.subarray(0, slash === -1 ? relative.length : slash).equals(METADATA_DIRECTORY);
}
function inodeOf(stats) {
    return `${stats.dev}:${stats.ino}`;
}
function reading(source, call) {
    try {
        return call();
    }
    catch (error) {
        throw readError(error, source.path, 'read it');
    }
}

;// CONCATENATED MODULE: ./build/package/pack.js
/**
 * From an install prefix to a compressed tarball on disk, made once however many mirrors it goes to: the archive
 * is Spack's byte for byte, digests and sizes are computed on the way, and memory is bounded by the blocks in
 * flight, not by the prefix.
 */







/**
 * Packs a prefix into a new file in `spoolDir`; on failure no file is left.
 * @throws BuildcacheError `bad-input` (not an absolute path, not a directory), `not-found` (no prefix), `denied`
 *   (a file that cannot be read), `conflict` (the prefix changed meanwhile), `io`; the signal's reason
 */
async function packPrefix(options) {
    const file = external_node_path_.join(options.spoolDir, `${(0,external_node_crypto_.randomUUID)()}.tar.gz`);
    const dispose = () => (0,promises_.rm)(file, { force: true });
    // Readable for its owner only: a prefix may hold files that nobody else may read.
    const spool = await onSpool(file, 'create', () => (0,promises_.open)(file, 'wx', 0o600));
    const append = (bytes) => onSpool(file, 'write', () => spool.writeFile(bytes));
    const gzip = new GzipWriter(append, options.jobs ?? (0,external_node_os_.availableParallelism)());
    try {
        await writePrefixArchive(options, gzip);
        const totals = await gzip.finish();
        await onSpool(file, 'write', () => spool.close());
        return {
            file,
            size: totals.size,
            sha256: totals.sha256,
            tarSize: totals.rawSize,
            tarSha256: totals.rawSha256,
            dispose,
        };
    }
    catch (error) {
        await gzip.settle();
        await discard(spool, dispose);
        throw error;
    }
}
async function onSpool(file, doing, call) {
    try {
        return await call();
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, file, `${doing} the temporary file`);
    }
}
/** Cleans up after a failure, which is what will be reported: what goes wrong here is not. */
async function discard(spool, dispose) {
    await Promise.allSettled([spool.close()]);
    await Promise.allSettled([dispose()]);
}

// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/tree/install-tree.js
var install_tree = __webpack_require__(88983);
;// CONCATENATED MODULE: ./build/tree/pack-spec.js
/** Packs an installed spec of a tree, with all that Spack says in its build info. */






/**
 * A spec of an upstream is packed as it would be there: what its files mention is that tree's root and sbang.
 * @throws BuildcacheError as `packPrefix`; `not-found` where the tree does not know the spec's prefix, or does not hold it
 */
async function packSpec(tree, spec, options) {
    const prefix = tree.prefixOf(spec.hash);
    if (prefix === undefined) {
        throw new errors/* BuildcacheError */.fO('not-found', `${spec.name}/${(0,node/* shortHash */.BC)(spec)} has no prefix in the install tree`);
    }
    const place = tree.placeOf(spec.hash);
    if (place === undefined) {
        throw new errors/* BuildcacheError */.fO('not-found', 'the database lists a prefix that is not in the install tree', {
            expected: `a prefix below ${tree.root}`,
            found: prefix,
            hint: install_tree/* ELSEWHERE_HINT */.Fi,
        });
    }
    return await packPrefix({
        prefix,
        readFrom: tree.filesOf(prefix),
        storeRoot: place.root,
        sbangInstallPath: external_node_path_.join(place.unpaddedRoot, 'bin', 'sbang'),
        spackPrefix: options.spackPrefix,
        relativePrefix: external_node_path_.relative(place.root, prefix),
        hashToPrefix: (0,hash_to_prefix/* hashToPrefix */.e)(options.graph, spec.hash, tree.prefixOf),
        spoolDir: options.spoolDir,
        signal: options.signal,
    });
}

// EXTERNAL MODULE: ./build/spec/entry-spec.js
var entry_spec = __webpack_require__(69008);
;// CONCATENATED MODULE: ./build/commands/build-spec-notes.js
/** What to say of spliced specs that were pushed: nobody installs one whose build spec is not there. */


/** @param there hashes of what the mirror is known to have */
async function buildSpecNotes({ cache, signer }, there, { specs, graph, signal }) {
    const notes = [];
    for (const spec of specs) {
        const built = spec.buildSpec && graph.nodes.get(spec.buildSpec.hash);
        if (built === undefined || signal.aborted || !there.has(spec.hash) || there.has(built.hash))
            continue;
        try {
            if (await cache.hasWhole(built, signer !== undefined, signal))
                continue;
        }
        catch {
            continue; // What cannot be told is not worth failing a push that is done.
        }
        notes.push(`${spec.name}/${(0,node/* shortHash */.BC)(spec)} is spliced, and whoever installs it takes its ${(0,entry_spec/* builtAs */.Jx)(spec)}, which is not ` +
            'there: push that where it is installed, or sync it from where it is');
    }
    return notes;
}

// EXTERNAL MODULE: ./build/commands/layer-turns.js
var layer_turns = __webpack_require__(27015);
// EXTERNAL MODULE: ./build/tree/run-environment.js
var run_environment = __webpack_require__(66464);
// EXTERNAL MODULE: ./build/cache/oci-layers.js
var oci_layers = __webpack_require__(87499);
;// CONCATENATED MODULE: ./build/commands/image-content.js


/**
 * For the images of one push: what was looked at for one is remembered for the others.
 * @param inspections by the platform of the specs
 */
function imageContents(tree, graph, inspections) {
    const looked = new Map();
    const isThere = (folder) => {
        const known = looked.get(folder) ?? (0,run_environment/* isFolder */.lQ)(folder);
        looked.set(folder, known);
        return known;
    };
    return (roots) => {
        const specs = (0,oci_layers/* imageSpecs */.S)(graph, roots);
        return {
            specs,
            environment(base) {
                const changes = (0,run_environment/* runEnvironment */.t7)(graph, roots, {
                    inspections: inspections(specs[0]?.platform ?? 'linux'),
                    prefixOf: ({ hash, external }) => (external === undefined ? tree.prefixOf(hash) : external.path),
                    filesOf: ({ external }, prefix) => (external === undefined ? tree.filesOf(prefix) : prefix),
                    isThere,
                });
                return (0,run_environment/* imageEnvironment */.Xg)(changes, base);
            },
        };
    };
}

;// CONCATENATED MODULE: ./build/commands/push-images.js



function contentsOf({ tree, graph, inspections = run_environment/* defaultInspections */.Ll }) {
    return imageContents(tree, graph, inspections);
}
/**
 * An image does without the layers of what the mirror is not for.
 * @param turns of the mirror that is pushed to
 */
function imageOf({ hash }, tarSha256, { refuses }, turns, { images, allowMissing }) {
    const whole = images([hash]);
    const specs = whole.specs.filter((spec) => spec.hash === hash || refuses?.(spec) === undefined);
    const content = { ...whole, specs };
    const others = content.specs.filter((spec) => spec.hash !== hash).map((spec) => spec.hash);
    return {
        ...content,
        tarSha256,
        layerSent: () => turns?.settle(hash),
        othersSent: async () => (await turns?.settled(others, hash)) ?? new Set(),
        allowMissing,
    };
}
/**
 * What can be run of what was asked for.
 * @param there hashes of what the mirror has
 */
function imageNames({ cache: { images } }, there, { specs, roots }) {
    if (images === undefined)
        return [];
    return specs.filter(({ hash }) => roots.has(hash) && there.has(hash)).map(images.nameOf);
}
/**
 * @param outcomes of the specs that were pushed
 * @returns undefined where none was asked for
 */
async function tagRoots({ cache: { images }, refuses }, outcomes, options) {
    const { specs, roots, imageTag, signal } = options;
    if (images === undefined || imageTag === undefined)
        return undefined;
    try {
        const wanted = specs.filter((spec) => refuses?.(spec) === undefined);
        const selected = new Set(wanted.map(({ hash }) => hash));
        const hashes = [...roots].filter((hash) => selected.has(hash));
        if (hashes.length === 0 && wanted.length < specs.length)
            return undefined;
        // What is there of those was to be replaced, or may have been.
        const failed = [...outcomes].filter(([, { kind }]) => kind === 'failed' || kind === 'not-tried');
        const whole = contentsOf(options)(hashes);
        const content = { ...whole, specs: whole.specs.filter((spec) => refuses?.(spec) === undefined) };
        return { name: await images.tag(imageTag, content, new Set(failed.map(([hash]) => hash)), signal) };
    }
    catch (error) {
        return { failed: (0,errors/* describeError */.Uc)(error) };
    }
}

;// CONCATENATED MODULE: ./build/commands/push.js
/**
 * `push`: installed specs to mirrors. Best effort: what fails is said at the end, and the rest is there. A tarball
 * is made once for all mirrors that want it.
 */












/**
 * How long listing what was sent may take once we are cancelled. GitHub's runner sends SIGINT, SIGTERM after 7.5
 * seconds and SIGKILL 2.5 later.
 */
const GRACE_MS = 5_000;
/** Prefixes packed at once. Each uses all cores by itself, but small ones mostly wait for the disk. */
const PACK_AT_ONCE = Math.min(8, 2 * (0,external_node_os_.availableParallelism)());
/**
 * @returns what became of each spec; also when cancelled
 * @throws BuildcacheError when none of the mirrors can be written to: `unsupported` for layout 2, `denied`, …
 */
async function push(options, reporter) {
    const { targets, specs, signal, dryRun } = options;
    const outcomes = new Map(targets.map((target) => [target, new Map()]));
    const emitter = (0,emit_spec/* specEmitter */.Go)(options.graph);
    const grace = (0,abort/* withGrace */.pj)(signal, GRACE_MS);
    const usable = await usableTargets(options, outcomes);
    await pushSpecs({ ...options, targets: usable }, emitter, outcomes, reporter);
    const finish = async (target) => {
        const ofMirror = inOrder(specs, outcomes.get(target) ?? new Map());
        const notes = [];
        const finishing = !dryRun && (!signal.aborted || [...ofMirror.values()].some(({ kind }) => kind === 'pushed'));
        // The index first: it may be all there is time for.
        const index = finishing
            ? await updateIndex(target, ofMirror, emitter, { ...options, signal: grace }, notes)
            : undefined;
        if (!dryRun)
            notes.push(...(await buildSpecNotes(target, inMirror(ofMirror), options)));
        return {
            name: target.name,
            url: target.cache.reader.storage.url,
            signed: target.signer !== undefined,
            outcomes: ofMirror,
            keyFailed: finishing ? await publishSigner(target, ofMirror, grace) : undefined,
            index,
            images: imageNames(target, inMirror(ofMirror), options),
            tagged: finishing && !signal.aborted ? await tagRoots(target, ofMirror, options) : undefined,
            notes,
        };
    };
    // At once: when time is short, a slow mirror must not take it from another.
    const mirrors = await Promise.all(targets.map(finish));
    return { specs, mirrors, dryRun, cancelled: signal.aborted };
}
/** A mirror that cannot be written to fails for every spec, unless it is the only one. */
async function usableTargets(options, outcomes) {
    const { targets, specs, signal, dryRun } = options;
    const usable = [];
    const failures = [];
    for (const target of targets) {
        try {
            await target.cache.prepare(signal, dryRun);
            usable.push(target);
        }
        catch (error) {
            failures.push(error);
            // Said once, with the mirror's result or as the error: not for each spec.
            const outcome = failure(error, signal);
            for (const { hash } of specs)
                outcomes.get(target)?.set(hash, outcome);
        }
    }
    if (usable.length === 0 && failures.length > 0)
        throw failures[0];
    return usable;
}
async function pushSpecs(options, emitter, outcomes, reporter) {
    const { specs, targets, jobs } = options;
    const stop = new AbortController();
    const signals = [options.signal, stop.signal, options.deadline];
    const signal = AbortSignal.any(signals.filter((each) => each !== undefined));
    const progress = reporter.progress('Pushing', specs.length * targets.length);
    const hashes = new Set(specs.map(({ hash }) => hash));
    const images = contentsOf(options);
    // Who waits for another's layer waits for one that began before.
    const inTurn = (0,graph/* postOrder */.bV)(options.graph, hashes).filter(({ hash }) => hashes.has(hash));
    const turns = new Map(targets.map((target) => [target, new layer_turns/* LayerTurns */.i(inTurn.map(({ hash }) => hash))]));
    const settle = (target, spec, outcome) => {
        outcomes.get(target)?.set(spec.hash, outcome);
        if (outcome.kind === 'failed' || outcome.kind === 'not-tried')
            turns.get(target)?.fail(spec.hash);
        else
            turns.get(target)?.settle(spec.hash);
        progress.advance(1);
        options.onOutcome?.(target, spec, outcome);
        if (outcome.kind === 'failed' && options.failFast)
            stop.abort();
    };
    const limit = (0,p_limit/* default */.A)(jobs);
    const packing = (0,p_limit/* default */.A)(PACK_AT_ONCE);
    try {
        await (0,temporary_folder/* withTemporaryFolder */.E)(async (spoolDir) => {
            const one = { ...options, signal, emitter, spoolDir, packing, settle, turns, images };
            await Promise.all(inTurn.map((spec) => limit(() => pushSpec(spec, one))));
        });
    }
    finally {
        progress.done();
    }
}
/** Settles an outcome for every mirror; never throws. */
async function pushSpec(spec, options) {
    const { targets, settle, signal } = options;
    const failing = async (target, task) => {
        try {
            return await task();
        }
        catch (error) {
            settle(target, spec, failure(error, signal));
            return undefined;
        }
    };
    const wanting = [];
    for (const target of targets) {
        const decided = await failing(target, () => decide(spec, target, options));
        if (decided === 'push')
            wanting.push(target);
        else if (decided !== undefined)
            settle(target, spec, decided);
    }
    if (wanting.length === 0)
        return;
    try {
        const document = options.emitter.document(spec.hash);
        const packed = await options.packing(() => packSpec(options.tree, spec, options));
        try {
            for (const target of wanting) {
                await failing(target, async () => {
                    const image = () => imageOf(spec, packed.tarSha256, target, options.turns.get(target), options);
                    const content = { tarball: packed, document, image };
                    const { sent, image: made } = await target.cache.publish(spec, content, target.signer, signal);
                    const { size, sha256 } = packed;
                    settle(target, spec, { kind: 'pushed', sent, size, sha256, image: made });
                });
            }
        }
        finally {
            // What cannot be removed now goes with its folder.
            await packed.dispose().catch(() => undefined);
        }
    }
    catch (error) {
        for (const target of wanting)
            settle(target, spec, failure(error, signal));
    }
}
async function decide(spec, target, options) {
    const { tree, force, dryRun, signal } = options;
    if (signal.aborted)
        return { kind: 'not-tried' };
    const refusal = target.refuses?.(spec);
    if (refusal !== undefined)
        return { kind: 'filtered', reason: refusal };
    const has = () => target.cache.hasWhole(spec, target.signer !== undefined, signal);
    if (tree.recordOf(spec.hash)?.installed !== true) {
        if (options.allowMissing)
            return { kind: 'not-installed' };
        // What the mirror has already need not be installed as well.
        if (!options.roots.has(spec.hash) && (await has()))
            return { kind: 'present' };
        if (options.optional?.has(spec.hash) === true)
            return { kind: 'not-installed' };
        return { kind: 'failed', code: 'not-found', reason: `it is not installed in ${tree.root}` };
    }
    const mirror = target.elsewhere.get(spec.hash);
    if (mirror !== undefined)
        return { kind: 'elsewhere', mirror };
    if (!force && (await has()))
        return { kind: 'present' };
    return dryRun ? { kind: 'would-push' } : 'push';
}
function failure(error, signal) {
    if (signal.aborted)
        return { kind: 'not-tried' };
    return { kind: 'failed', code: (0,errors/* errorCode */.CA)(error), reason: (0,errors/* describeError */.Uc)(error) };
}
/** Specs of a mirror that it has, as far as we know. */
function inMirror(outcomes) {
    const there = [...outcomes].filter(([, { kind }]) => kind === 'pushed' || kind === 'present');
    return new Set(there.map(([hash]) => hash));
}
async function publishSigner({ cache, signer }, outcomes, signal) {
    if (signer === undefined || inMirror(outcomes).size === 0)
        return undefined;
    try {
        await cache.publishKey(signer.fingerprint, signer.publicKey, signal);
        return undefined;
    }
    catch (error) {
        return (0,errors/* describeError */.Uc)(error);
    }
}
/** What was there before is listed too: an earlier run may have been stopped before it came to that. */
async function updateIndex(target, outcomes, emitter, options, notes) {
    const hashes = inMirror(outcomes);
    if (!options.updateIndex || hashes.size === 0)
        return undefined;
    try {
        const { graph, jobs, signal } = options;
        const additions = { graph, emitter, hashes };
        const onProblem = (text) => void notes.push(text);
        return await (0,index_update/* addToIndex */.zO)(target.cache, additions, { jobs, onProblem, signal });
    }
    catch (error) {
        const cancelled = options.signal.aborted;
        return { failed: cancelled ? 'cancelled before it was done; run update-index' : (0,errors/* describeError */.Uc)(error) };
    }
}
function inOrder(specs, outcomes) {
    return new Map(specs.map(({ hash }) => [hash, outcomes.get(hash) ?? { kind: 'not-tried' }]));
}


/***/ }),

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


/***/ }),

/***/ 96390:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ hashToPrefix)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56832);
/** Which prefixes a tarball may mention, and of which specs they are: the `hash_to_prefix` of the build info. */


/**
 * The spec itself, then its link dependencies breadth-first (a node's children by name), then its direct run
 * dependencies; each hash once, externals left out. The order is Spack's: it is that of the build info's keys.
 * @param prefixOf the absolute prefix of a spec that is not external, whether or not it is installed
 * @throws BuildcacheError `not-found` where the graph lacks a node or `prefixOf` does not know one
 */
function hashToPrefix(graph, hash, prefixOf) {
    const root = nodeOf(graph, hash, 'the spec to push');
    const order = new Map([[root.hash, root]]);
    const add = (from, edge) => {
        if (!order.has(edge.hash)) {
            order.set(edge.hash, nodeOf(graph, edge.hash, `a dependency of ${from.name}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_1__/* .shortHash */ .BC)(from)}`));
        }
    };
    // A map hands out entries added during the walk too, in the order they came: it is its own queue.
    for (const node of order.values()) {
        for (const edge of linkEdges(node))
            add(node, edge);
    }
    for (const edge of root.dependencies) {
        if (edge.deptypes.includes('run'))
            add(root, edge);
    }
    return [...order.values()]
        .filter((node) => node.external === undefined)
        .map((node) => [node.hash, knownPrefix(node, prefixOf)]);
}
function linkEdges(node) {
    return node.dependencies
        .filter((edge) => edge.deptypes.includes('link'))
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
function nodeOf(graph, hash, what) {
    const node = graph.nodes.get(hash);
    if (node === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `${what} is missing from its spec graph`, {
            expected: `/${hash}`,
        });
    }
    return node;
}
function knownPrefix(node, prefixOf) {
    const prefix = prefixOf(node.hash);
    if (prefix === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `no install prefix is known for ${node.name}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_1__/* .shortHash */ .BC)(node)}`, {
            hint: 'if it is installed in another tree, name that under upstreams: in spack.yaml',
        });
    }
    return prefix;
}


/***/ }),

/***/ 76864:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ isAllFiltered),
/* harmony export */   m: () => (/* binding */ pushExitCode)
/* harmony export */ });
/** 0 all is there, 1 part of it failed, 2 there was nothing to push to a mirror but what its filter leaves out. */
function pushExitCode({ mirrors }) {
    if (mirrors.some(isAllFiltered))
        return 2;
    const isFine = mirrors.every(({ outcomes, index, keyFailed, tagged }) => keyFailed === undefined &&
        !(tagged !== undefined && 'failed' in tagged) &&
        !(index !== undefined && 'failed' in index) &&
        [...outcomes.values()].every(({ kind }) => kind !== 'failed' && kind !== 'not-tried'));
    return isFine ? 0 : 1;
}
/** Nothing at all was for this mirror: most likely somebody expects otherwise. */
function isAllFiltered({ outcomes }) {
    return outcomes.size > 0 && [...outcomes.values()].every(({ kind }) => kind === 'filtered');
}


/***/ }),

/***/ 51887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N9: () => (/* binding */ notInstalledText),
/* harmony export */   RW: () => (/* binding */ outcomeLine),
/* harmony export */   TW: () => (/* binding */ failedLines),
/* harmony export */   XF: () => (/* binding */ countOutcomes),
/* harmony export */   cq: () => (/* binding */ pushText),
/* harmony export */   nL: () => (/* binding */ finishLines),
/* harmony export */   oX: () => (/* binding */ indexText),
/* harmony export */   pV: () => (/* binding */ bytesText),
/* harmony export */   vx: () => (/* binding */ pushProblems)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _plan_push_result_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76864);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56832);
/* harmony import */ var _check_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93235);
/* harmony import */ var _shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44186);
/** What a push came to, for a person: a line for each spec while it works, and the sum at the end. */





/** One line for one outcome, as it comes. */
function outcomeLine(spec, outcome) {
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${specName(spec)}: ${outcomeText(outcome)}`);
}
/** Lines without their ends: failures with their reasons, what is not there, and the sum of each mirror. */
function pushText(result, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    return result.mirrors.flatMap((mirror) => mirrorText(result, mirror, style));
}
function countOutcomes(mirror) {
    const counts = {
        pushed: 0,
        'would-push': 0,
        present: 0,
        elsewhere: 0,
        'not-installed': 0,
        filtered: 0,
        'not-tried': 0,
        failed: 0,
    };
    for (const { kind } of mirror.outcomes.values())
        counts[kind]++;
    return counts;
}
/** What was left out because it is not installed; undefined where nothing was. @param root of the install tree */
function notInstalledText({ specs, mirrors }, root) {
    const absent = specs.filter(({ hash }) => mirrors.some(({ outcomes }) => outcomes.get(hash)?.kind === 'not-installed'));
    if (absent.length === 0)
        return undefined;
    const which = absent.length === specs.length
        ? 'nothing of what is to be pushed is'
        : `${absent.length} of ${specs.length} specs are not`;
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${which} installed in ${root}: ${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .nameSome */ .Kf)(absent.map(specName))}`);
}
/** 1.2 MB: powers of ten. */
function bytesText(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let value = bytes;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} ${units[unit] ?? ''}`;
}
function mirrorText({ specs, dryRun }, mirror, style) {
    const counts = countOutcomes(mirror);
    const sent = [...mirror.outcomes.values()].reduce((sum, outcome) => sum + (outcome.kind === 'pushed' ? outcome.sent : 0), 0);
    const parts = [];
    if (dryRun)
        parts.push(`${counts['would-push']} would be pushed`);
    else
        parts.push(style.good(`${counts.pushed} pushed`) + (counts.pushed === 0 ? '' : ` (${bytesText(sent)})`));
    if (counts.present > 0)
        parts.push(`${counts.present} already there`);
    if (counts.elsewhere > 0)
        parts.push(`${counts.elsewhere} in another mirror`);
    if (counts['not-installed'] > 0)
        parts.push(style.doubt(`${counts['not-installed']} not installed`));
    if (counts.filtered > 0)
        parts.push(style.doubt(`${counts.filtered} left out by its filter`));
    if (counts['not-tried'] > 0)
        parts.push(style.doubt(`${counts['not-tried']} not tried`));
    if (counts.failed > 0)
        parts.push(style.bad(`${counts.failed} failed`));
    const lines = [(0,_check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .mirrorLine */ .oR)(mirror, parts, style)];
    const { images, tagged, index } = mirror;
    if (index !== undefined && 'changed' in index)
        lines.push(`  ${indexText(index)}`);
    for (const image of images)
        lines.push(`  image: ${image}`);
    if (tagged !== undefined && 'name' in tagged)
        lines.push(`  image of all: ${tagged.name}`);
    return [...lines, ...mirrorProblems(specs, mirror, style).map((text) => `  ${text}`)];
}
/** What went wrong, and nothing else. */
function pushProblems({ specs, mirrors }, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    return mirrors.flatMap((mirror) => mirrorProblems(specs, mirror, style));
}
function mirrorProblems(specs, mirror, style) {
    const { outcomes, tagged } = mirror;
    const lines = finishLines(mirror, style);
    if (tagged !== undefined && 'failed' in tagged) {
        lines.push(`${style.bad('the image of all could not be made:')} ${tagged.failed}`);
    }
    if ((0,_plan_push_result_js__WEBPACK_IMPORTED_MODULE_3__/* .isAllFiltered */ .X)(mirror)) {
        const reasons = [...outcomes.values()].flatMap((outcome) => outcome.kind === 'filtered' ? [outcome.reason] : []);
        lines.push(`${style.bad('nothing to push:')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)([...new Set(reasons)].join('; '))}`);
    }
    const failures = specs.flatMap((spec) => {
        const outcome = outcomes.get(spec.hash);
        return outcome?.kind === 'failed' ? [{ name: specName(spec), reason: outcome.reason }] : [];
    });
    return [...lines, ...failedLines(failures, style)];
}
/** What went wrong after the entries were written. */
function finishLines({ index, keyFailed }, style) {
    const lines = [];
    if (index !== undefined && 'failed' in index)
        lines.push(`${style.bad('the index could not be updated:')} ${index.failed}`);
    if (keyFailed !== undefined)
        lines.push(`${style.bad('the public key could not be published:')} ${keyFailed}`);
    return lines;
}
/** A line for each reason, with those it is about. */
function failedLines(failures, style) {
    return (0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .shareReasons */ .b1)(failures).map(({ reason, names }) => `${style.bad('failed')} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .nameSome */ .Kf)(names)}: ${reason}`)}`);
}
/** What became of the index. */
function indexText({ changed, records }) {
    return changed ? `the index was updated (${records} records)` : 'the index lists them already';
}
function outcomeText(outcome) {
    switch (outcome.kind) {
        case 'pushed':
            return `pushed (${bytesText(outcome.size)})`;
        case 'would-push':
            return 'would be pushed';
        case 'present':
            return 'already there';
        case 'elsewhere':
            return `in ${outcome.mirror}`;
        case 'not-installed':
            return 'not installed';
        case 'filtered':
            return `left out: ${outcome.reason}`;
        case 'not-tried':
            return 'not tried';
        case 'failed':
            return `failed: ${outcome.reason}`;
    }
}
function specName(spec) {
    return `${spec.name}@${spec.version}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_4__/* .shortHash */ .BC)(spec)}`;
}


/***/ })

};
