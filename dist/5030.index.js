export const id = 5030;
export const ids = [5030,3327];
export const modules = {

/***/ 74564:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bv: () => (/* binding */ specInConfig),
/* harmony export */   FB: () => (/* binding */ parseImageConfig),
/* harmony export */   QP: () => (/* binding */ typeOf),
/* harmony export */   Qr: () => (/* binding */ isBroken),
/* harmony export */   Sw: () => (/* binding */ parseImageManifest),
/* harmony export */   f: () => (/* binding */ OCI_TYPE),
/* harmony export */   i4: () => (/* binding */ emptyConfig),
/* harmony export */   lo: () => (/* binding */ formatImageConfig),
/* harmony export */   mX: () => (/* binding */ DOCKER_TYPE),
/* harmony export */   n4: () => (/* binding */ parseImageIndex),
/* harmony export */   pJ: () => (/* binding */ isImageManifest),
/* harmony export */   sE: () => (/* binding */ formatImageManifest),
/* harmony export */   yR: () => (/* binding */ isImageIndex)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(53327);
/**
 * Image manifests and configurations, after the OCI image specification 1.1 and Docker's image manifest v2, as Spack
 * writes them: compact JSON with its order of keys. A spec's image carries the spec in its configuration, and its
 * tarball as the last layer. All that is parsed here is attacker-controlled.
 */



const OCI_TYPE = {
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    index: 'application/vnd.oci.image.index.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
    empty: 'application/vnd.oci.empty.v1+json',
};
const DOCKER_TYPE = {
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
};
function isImageManifest(mediaType) {
    return mediaType === OCI_TYPE.manifest || mediaType === DOCKER_TYPE.manifest;
}
function isImageIndex(mediaType) {
    return mediaType === OCI_TYPE.index || mediaType === DOCKER_TYPE.index;
}
/** What a manifest is: OCI's may say so themselves, and a registry that passes them on may not know. */
function typeOf({ bytes, mediaType }, source) {
    const said = object(bytes, source)['mediaType'];
    return typeof said === 'string' ? said : mediaType;
}
/** Whether a failure is about what is there, not about getting at it. */
function isBroken(error) {
    const codes = ['bad-input', 'corrupt', 'unsupported', 'too-large'];
    return codes.includes((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorCode */ .CA)(error));
}
/** @throws BuildcacheError `bad-input`; `unsupported` for what is no image manifest */
function parseImageManifest(text, source) {
    const dict = object(text.bytes, source);
    const mediaType = typeOf(text, source);
    if (!isImageManifest(mediaType)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', 'not an image manifest', {
            url: source,
            expected: `${OCI_TYPE.manifest} or ${DOCKER_TYPE.manifest}`,
            found: mediaType.slice(0, 100),
        });
    }
    const { config, layers, artifactType, subject } = dict;
    if (dict['schemaVersion'] !== 2)
        throw malformed(source, 'schemaVersion 2', dict['schemaVersion']);
    if (!Array.isArray(layers))
        throw malformed(source, 'a list "layers"', layers);
    return {
        mediaType,
        config: descriptor(config, 'config', source),
        layers: layers.map((layer, i) => descriptor(layer, `layers[${i}]`, source)),
        artifactType: typeof artifactType === 'string' ? artifactType : undefined,
        subject: subject === undefined ? undefined : descriptor(subject, 'subject', source),
        dict,
    };
}
/** @throws BuildcacheError `bad-input` */
function parseImageIndex(text, source) {
    const { manifests } = object(text.bytes, source);
    if (!Array.isArray(manifests))
        throw malformed(source, 'a list "manifests"', manifests);
    return manifests.map((each, i) => {
        const platform = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(each) && (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(each['platform']) ? each['platform'] : {};
        const { architecture, os } = platform;
        return {
            ...descriptor(each, `manifests[${i}]`, source),
            architecture: typeof architecture === 'string' ? architecture : undefined,
            os: typeof os === 'string' ? os : undefined,
        };
    });
}
/** @throws BuildcacheError `bad-input` */
function parseImageConfig(bytes, source) {
    const dict = object(bytes, source);
    const diffIds = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(dict['rootfs']) ? dict['rootfs']['diff_ids'] : undefined;
    const env = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(dict['config']) ? (dict['config']['Env'] ?? []) : [];
    if (!Array.isArray(diffIds) || !diffIds.every(_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)) {
        throw malformed(source, 'rootfs.diff_ids, a list of SHA-256 digests', diffIds);
    }
    if (!Array.isArray(env) || !env.every((entry) => typeof entry === 'string')) {
        throw malformed(source, 'config.Env, a list of texts', env);
    }
    return { diffIds, env, dict };
}
/** The configuration of an image on no base. @param architecture as Go names it: `amd64` */
function emptyConfig(architecture) {
    const rootfs = { type: 'layers', diff_ids: [] };
    return { diffIds: [], env: [], dict: { architecture, os: 'linux', rootfs, config: { Env: [] } } };
}
function formatImageConfig({ base, diffIds, env, labels, extra }) {
    const { dict } = base;
    const rootfs = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(dict['rootfs']) ? dict['rootfs'] : {};
    const config = { ...((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(dict['config']) ? dict['config'] : {}), Env: env };
    if (Object.keys(labels).length > 0) {
        config['Labels'] = { ...((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(config['Labels']) ? config['Labels'] : {}), ...labels };
    }
    return Buffer.from((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringifyCompact */ .LW)({
        ...dict,
        rootfs: { ...rootfs, diff_ids: [...base.diffIds, ...diffIds] },
        config,
        ...extra,
    }));
}
/**
 * What the configuration of a spec's image says beside an image's own.
 * @param document the text of the spec's `spec.json`
 */
function specInConfig(document, archive, time) {
    const parsed = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(document, 'spec.json');
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(parsed))
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('internal', 'a spec file that is none');
    return {
        spec: parsed['spec'],
        // The layout of registries has not changed; Spack 0.23 refuses what says otherwise.
        buildcache_layout_version: 2,
        binary_cache_checksum: { hash_algorithm: 'sha256', hash: archive.sha256 },
        archive_size: archive.size,
        // As Python prints it: microseconds, and the offset in digits.
        archive_timestamp: time.toISOString().replace(/Z$/, '000+00:00'),
        archive_compression: 'gzip',
    };
}
/** In Spack's order of keys. */
function formatImageManifest({ mediaType, config, layers, annotations }) {
    return Buffer.from((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringifyCompact */ .LW)({
        mediaType,
        schemaVersion: 2,
        config,
        layers,
        ...(annotations === undefined || Object.keys(annotations).length === 0 ? {} : { annotations }),
    }));
}
function object(bytes, source) {
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(Buffer.from(bytes).toString('utf8'), source);
    if ((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(document))
        return document;
    throw malformed(source, 'a JSON object', document);
}
function descriptor(value, at, source) {
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        throw malformed(source, `${at}, an object`, value);
    const { mediaType, digest, size } = value;
    if (typeof mediaType !== 'string')
        throw malformed(source, `${at}.mediaType`, mediaType);
    if (!(0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(digest))
        throw malformed(source, `${at}.digest, a SHA-256 digest`, digest);
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
        throw malformed(source, `${at}.size in bytes`, size);
    }
    return { mediaType, digest, size };
}
function malformed(source, expected, found) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'the image is malformed', {
        url: source,
        expected,
        found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(found) || (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(found),
    });
}


/***/ }),

/***/ 75030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ requireTarball),
/* harmony export */   openOci: () => (/* binding */ openOci)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_spec_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5518);
/* harmony import */ var _storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(53327);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93355);
/* harmony import */ var _oci_image_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(74564);
/* harmony import */ var _oci_signature_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(92215);
/* harmony import */ var _oci_storage_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(39356);
/* harmony import */ var _oci_tags_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(73296);
/**
 * Reading a registry as a build cache: a tag for each spec, whose image has the spec in its configuration and the
 * tarball as its last layer. Writers cannot take turns on the index, so what it lacks may be among the tags.
 */








function openOci(registry, { signed }) {
    const storage = (0,_oci_storage_js__WEBPACK_IMPORTED_MODULE_6__/* .registryStorage */ .tD)(registry);
    const urlOf = (tag) => (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .documentUrl */ .LJ)(storage, tag);
    const readAt = async (tag, signal) => {
        const found = await registry.manifest(tag, { signal });
        if (found === undefined)
            return undefined;
        const url = urlOf(tag);
        const { mediaType, config, layers } = (0,_oci_image_js__WEBPACK_IMPORTED_MODULE_4__/* .parseImageManifest */ .Sw)(found, url);
        const tarball = layers.at(-1);
        if (tarball === undefined)
            throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .incomplete */ .$x)(url, "a layer with the spec's tarball");
        const subject = { mediaType, digest: found.digest, size: found.bytes.length };
        const signatures = signed
            ? await (0,_oci_signature_js__WEBPACK_IMPORTED_MODULE_5__/* .findSignatures */ .Df)(registry, storage, { subject, config, tarball }, signal)
            : [];
        const [text, ...otherTexts] = signatures.map((signature) => signature.text);
        const entry = { url, tarball: blob(tarball), spec: blob(config), image: { manifest: found, signatures } };
        return text === undefined
            ? { ...entry, bytes: found.bytes, signed: false }
            : { ...entry, bytes: text, signed: true, otherTexts };
    };
    let listing;
    return {
        layout: 'oci',
        storage,
        indexMayLack: true,
        async findIndex(signal) {
            const found = await registry.manifest(_oci_tags_js__WEBPACK_IMPORTED_MODULE_7__/* .INDEX_TAG */ .qA, { signal });
            if (found === undefined)
                return undefined;
            const url = urlOf(_oci_tags_js__WEBPACK_IMPORTED_MODULE_7__/* .INDEX_TAG */ .qA);
            const [layer] = (0,_oci_image_js__WEBPACK_IMPORTED_MODULE_4__/* .parseImageManifest */ .Sw)(found, url).layers;
            if (layer === undefined)
                throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .incomplete */ .$x)(url, 'a layer with the index');
            return { ...blob(layer), compression: 'none' };
        },
        // A registry says nothing of the kind; its index is the only sign.
        async isMarked() {
            return false;
        },
        /** The tags answer for many at once; for what is not among them its own is asked for. */
        async has(spec, signal) {
            const tag = (0,_oci_tags_js__WEBPACK_IMPORTED_MODULE_7__/* .specTag */ .W3)(spec);
            listing ??= listTags(registry, signal);
            if ((await listing)?.has(tag))
                return true;
            const found = await registry.headManifest(tag, { signal });
            if (found === undefined || (0,_oci_image_js__WEBPACK_IMPORTED_MODULE_4__/* .isImageManifest */ .pJ)(found.mediaType))
                return found !== undefined;
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'not an image manifest', {
                url: urlOf(tag),
                expected: 'the manifest of an image',
                found: found.mediaType.slice(0, 100),
            });
        },
        read: (spec, signal) => readAt((0,_oci_tags_js__WEBPACK_IMPORTED_MODULE_7__/* .specTag */ .W3)(spec), signal),
        isPlaceOf: (key, spec) => key === (0,_oci_tags_js__WEBPACK_IMPORTED_MODULE_7__/* .specTag */ .W3)(spec),
        list: (signal) => listSpecTags(registry, signal),
        couldBe: ({ key }, name) => (0,_oci_tags_js__WEBPACK_IMPORTED_MODULE_7__/* .couldBeTagOf */ .YV)(key, name),
        readAt,
        async readSpec({ spec, tarball, url }, signal) {
            if (spec?.sha256 === undefined || spec.size === undefined)
                throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .incomplete */ .$x)(url, 'a configuration');
            const { sha256, size } = spec;
            const what = { what: 'the configuration', maxBytes: _fetch_document_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_SPEC_FILE */ .o$, signal };
            const bytes = await (0,_oci_storage_js__WEBPACK_IMPORTED_MODULE_6__/* .fetchBlob */ .sZ)(storage, { digest: (0,_oci_storage_js__WEBPACK_IMPORTED_MODULE_6__/* .digestOfHex */ .z9)(sha256), size }, url, what);
            const file = (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_1__/* .readSpecFile */ .MB)(bytes, url);
            requireTarball(file, { tarball, url });
            return file;
        },
    };
}
/** A spec says which tarball is its own. @throws BuildcacheError `corrupt` when the image has another */
function requireTarball({ tarballSha256 }, { tarball, url }) {
    if (tarballSha256 === undefined || tarballSha256 === tarball.sha256)
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('corrupt', 'the last layer is not the tarball of the spec', {
        url,
        expected: tarballSha256,
        found: tarball.sha256 ?? 'none',
        hint: 'push the spec again with --force',
    });
}
function blob({ digest, size }) {
    return { key: digest, sha256: (0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .hexOf */ .ZD)(digest), size };
}
/** @returns undefined where the registry does not list: every spec is asked for then */
async function listTags(registry, signal) {
    const tags = new Set();
    try {
        for await (const tag of registry.tags({ signal }))
            tags.add(tag);
        return tags;
    }
    catch (error) {
        const without = ['denied', 'unsupported', 'protocol'];
        if (without.includes((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorCode */ .CA)(error)))
            return undefined;
        throw error;
    }
}
async function* listSpecTags(registry, signal) {
    for await (const tag of registry.tags({ signal })) {
        const hash = (0,_oci_tags_js__WEBPACK_IMPORTED_MODULE_7__/* .hashInTag */ .wu)(tag);
        if (hash !== undefined)
            yield { key: tag, hash, modified: undefined };
    }
}


/***/ }),

/***/ 92215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Df: () => (/* binding */ findSignatures),
/* harmony export */   Eq: () => (/* binding */ carrySignature),
/* harmony export */   KH: () => (/* binding */ isAbout),
/* harmony export */   Vx: () => (/* binding */ EMPTY_DIGEST),
/* harmony export */   aR: () => (/* binding */ imageBlobs),
/* harmony export */   mO: () => (/* binding */ putSignature),
/* harmony export */   wg: () => (/* binding */ EMPTY)
/* harmony export */ });
/* unused harmony export SIGNATURE_TYPE */
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(53327);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65314);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(57356);
/* harmony import */ var _oci_image_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(74564);
/* harmony import */ var _oci_storage_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(39356);
/**
 * Signatures in a registry, where Spack has none: an artifact that refers to the image it is about (`subject`), so that
 * neither Spack nor docker sees it. Its one layer is what layout 3 has for a manifest, clear-signed: the digests of the
 * image's configuration, which is the spec file, and of the spec's own layer.
 */







const SIGNATURE_TYPE = 'application/vnd.buildcache.signature.v1';
const SIGNED_TYPE = 'application/vnd.buildcache.manifest.v3+pgp';
/** The empty document, `{}`, which artifacts have for a configuration. */
const EMPTY = Buffer.from('{}');
const EMPTY_DIGEST = (0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(EMPTY);
/** Bytes; two short records and a signature. */
const LARGEST = 256 * 1024;
/** Signatures looked at: who can push can also push any number of them. */
const MOST = 8;
/** The text that is signed. */
function signedManifest({ config, tarball }) {
    return (0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .formatManifest */ .L_)([
        {
            mediaType: _manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .MEDIA_TYPE */ .Ap.tarball,
            compression: 'gzip',
            sha256: (0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .hexOf */ .ZD)(tarball.digest),
            size: tarball.size,
        },
        { mediaType: _manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .MEDIA_TYPE */ .Ap.spec, compression: 'none', sha256: (0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .hexOf */ .ZD)(config.digest), size: config.size },
    ]);
}
/**
 * What a signed text says of the image it was found with.
 * @throws BuildcacheError `untrusted` when it is about another one: what runs must be what was signed
 */
function imageBlobs(text, stored) {
    const { url, tarball, spec } = stored;
    const { tarball: signedTarball, spec: signedSpec } = (0,_layout3_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestBlobs */ .q2)((0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseManifest */ .Ng)(Buffer.from(text), url), url);
    for (const [what, signed, found] of [
        ['tarball', signedTarball.sha256, tarball.sha256],
        ['configuration', signedSpec.sha256, spec?.sha256],
    ]) {
        if (signed === found)
            continue;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('untrusted', `the signature is about an image with another ${what}`, {
            url,
            expected: signed ?? 'none',
            found: found ?? 'none',
            hint: 'somebody has changed the image or moved its signature: find out who, and push the spec again with --force',
        });
    }
    return { tarball, spec };
}
/** Attaches a signature to an image, which need not be there yet. */
async function putSignature(registry, image, signer, signal) {
    const text = Buffer.from(await signer.sign(signedManifest(image)));
    const layer = { mediaType: SIGNED_TYPE, digest: (0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(text), size: text.length };
    await registry.putBlob(text, layer.digest, { signal });
    await registry.putBlob(EMPTY, EMPTY_DIGEST, { signal });
    const manifest = Buffer.from((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringifyCompact */ .LW)({
        schemaVersion: 2,
        mediaType: _oci_image_js__WEBPACK_IMPORTED_MODULE_5__/* .OCI_TYPE */ .f.manifest,
        artifactType: SIGNATURE_TYPE,
        config: { mediaType: _oci_image_js__WEBPACK_IMPORTED_MODULE_5__/* .OCI_TYPE */ .f.empty, digest: EMPTY_DIGEST, size: EMPTY.length },
        layers: [layer],
        subject: image.subject,
    }));
    await registry.putManifest((0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(manifest), manifest, _oci_image_js__WEBPACK_IMPORTED_MODULE_5__/* .OCI_TYPE */ .f.manifest, { signal });
}
/**
 * The signatures that are attached to an image: those that are about this image, else any one. Nothing is verified:
 * whose signature counts is for somebody else to say, and one that does not must not hide one that does.
 */
async function findSignatures(registry, storage, image, signal) {
    const { digest } = image.subject;
    const referrers = (await registry.referrers(digest, SIGNATURE_TYPE, { signal })).filter(({ artifactType }) => artifactType === SIGNATURE_TYPE);
    const about = [];
    let other;
    // The last are the newest, where the list is in an order at all.
    for (const referrer of referrers.toReversed().slice(0, MOST)) {
        const found = await readSignature(registry, storage, referrer.digest, digest, signal);
        if (found === undefined)
            continue;
        if (isAbout(found.text, image))
            about.push(found);
        else
            other ??= found;
    }
    return about.length === 0 && other !== undefined ? [other] : about;
}
/** Attaches a signature that was found with the same image elsewhere; the image need not be there yet. */
async function carrySignature(registry, { text, manifest }, signal) {
    await registry.putBlob(text, (0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(text), { signal });
    await registry.putBlob(EMPTY, EMPTY_DIGEST, { signal });
    await registry.putManifest(manifest.digest, manifest.bytes, _oci_image_js__WEBPACK_IMPORTED_MODULE_5__/* .OCI_TYPE */ .f.manifest, { signal });
}
/**
 * Only what is made as {@link putSignature} makes it, so that what counts here can be carried elsewhere.
 * @returns undefined for what is none, however it is broken: anybody who can push can attach anything
 */
async function readSignature(registry, storage, digest, about, signal) {
    try {
        const manifest = await registry.manifest(digest, { signal });
        if (manifest === undefined || manifest.bytes.length > LARGEST)
            return undefined;
        const url = `${registry.url}@${digest}`;
        const { mediaType, artifactType, config, layers, subject } = (0,_oci_image_js__WEBPACK_IMPORTED_MODULE_5__/* .parseImageManifest */ .Sw)(manifest, url);
        const [layer, ...others] = layers;
        const isOurs = mediaType === _oci_image_js__WEBPACK_IMPORTED_MODULE_5__/* .OCI_TYPE */ .f.manifest &&
            artifactType === SIGNATURE_TYPE &&
            config.digest === EMPTY_DIGEST &&
            subject?.digest === about;
        if (!isOurs || layer?.mediaType !== SIGNED_TYPE || others.length > 0)
            return undefined;
        const what = { what: 'the signature', maxBytes: LARGEST, signal };
        return { text: await (0,_oci_storage_js__WEBPACK_IMPORTED_MODULE_6__/* .fetchBlob */ .sZ)(storage, layer, url, what), manifest };
    }
    catch (error) {
        if ((0,_oci_image_js__WEBPACK_IMPORTED_MODULE_5__/* .isBroken */ .Qr)(error))
            return undefined;
        throw error;
    }
}
/** Whether a signed text is about this image, as far as it says so itself. */
function isAbout(text, { config, tarball }) {
    try {
        const manifest = (0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseManifest */ .Ng)(text, '');
        return ((0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .findRecord */ .Tq)(manifest, 'spec')?.sha256 === (0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .hexOf */ .ZD)(config.digest) &&
            (0,_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .findRecord */ .Tq)(manifest, 'tarball')?.sha256 === (0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .hexOf */ .ZD)(tarball.digest));
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 39356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fv: () => (/* binding */ registryOf),
/* harmony export */   sZ: () => (/* binding */ fetchBlob),
/* harmony export */   tD: () => (/* binding */ registryStorage),
/* harmony export */   z9: () => (/* binding */ digestOfHex)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(82552);
/* harmony import */ var _storage_asked_again_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(43571);
/* harmony import */ var _storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(53327);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(93355);
/**
 * A repository in a registry, seen as a storage: a blob's key is its digest, a manifest's is its tag. What there is to
 * download is the same from everywhere then.
 */





function registryStorage(registry) {
    const storage = {
        url: registry.url,
        async get(key, { ifNoneMatch, ...options } = {}) {
            if ((0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc)(key))
                return await registry.blob(key, options);
            const manifest = await registry.manifest(key, options);
            if (manifest === undefined)
                return undefined;
            const { bytes, digest, mediaType } = manifest;
            if (digest === ifNoneMatch)
                return 'not-modified';
            const body = node_stream__WEBPACK_IMPORTED_MODULE_0__.Readable.from([bytes], { objectMode: false });
            return { key, size: bytes.length, etag: digest, contentType: mediaType, body, offset: 0 };
        },
        async head(key, options) {
            if ((0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc)(key)) {
                const found = await registry.headBlob(key, options);
                return found && { key, size: found.size };
            }
            const found = await registry.headManifest(key, options);
            return found && { key, size: found.size, etag: found.digest, contentType: found.mediaType };
        },
        close: () => registry.close(),
    };
    registries.set(storage, registry);
    return storage;
}
/** The repository that is seen as this storage, if one is. */
function registryOf(storage) {
    return registries.get(storage);
}
const registries = new WeakMap();
/**
 * A small blob that a manifest names, its digest verified.
 * @param from the manifest, for messages
 * @throws BuildcacheError `bad-input` when it is not there, `corrupt`, `too-large`
 */
async function fetchBlob(storage, { digest, size }, from, options) {
    const how = { ...options, sha256: (0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .hexOf */ .ZD)(digest) };
    const bytes = await (0,_storage_asked_again_js__WEBPACK_IMPORTED_MODULE_2__/* .askedAgain */ .V)(storage, () => (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .fetchDocument */ .sW)(storage, digest, how), options.signal);
    if (bytes === undefined)
        throw (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .incomplete */ .$x)(from, `the blob it names, ${digest}`);
    (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .verifyBytes */ .RV)(bytes, { sha256: (0,_storage_registry_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .hexOf */ .ZD)(digest), size, source: (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_4__/* .documentUrl */ .LJ)(storage, digest) });
    return bytes;
}
/** The digest of a storage's descriptor. */
function digestOfHex(hex) {
    return `sha256:${hex}`;
}


/***/ }),

/***/ 53327:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   Ek: () => (/* binding */ repositoryUrl),
/* harmony export */   Xb: () => (/* binding */ DOCKER_HUB),
/* harmony export */   ZD: () => (/* binding */ hexOf),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   en: () => (/* binding */ isRepositoryName),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   parseImageReference: () => (/* binding */ parseImageReference),
/* harmony export */   parseRepositoryUrl: () => (/* binding */ parseRepositoryUrl)
/* harmony export */ });
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(193);
/**
 * Where images are: `oci://host[:port]/name` as mirrors are written, and `host/name:tag@digest` as docker writes
 * images, with docker's defaults. Names are lower-cased as Spack does (organizations on GitHub are not), tags
 * are kept as they are.
 */



/** Docker's own registry under the name its API answers to. */
const DOCKER_HUB = 'index.docker.io';
/** The OCI distribution specification 1.1, "Pulling manifests": names and tags. */
const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/;
/** Host and name together; what registries and docker take. */
const NAME_MOST = 255;
/**
 * The repository of an OCI mirror. A tag or digest has no meaning there and is dropped, as Spack does.
 * @param url `oci://host[:port]/name` or, for plain HTTP, `oci+http://…`
 * @throws BuildcacheError `usage`
 */
function parseRepositoryUrl(url) {
    const match = /^oci(\+http)?:\/\/([^?#]*)$/i.exec(url);
    if (match === null)
        throw malformed(url, 'oci://host/name or oci+http://host/name');
    const { host, name } = parse(match[2]?.replace(/(?<=\/.*[^/])\/+$/, '') ?? '', url);
    return { scheme: match[1] === undefined ? 'https' : 'http', host, name };
}
/**
 * An image as it is written for `docker pull`, or as a URL with one of the schemes above.
 * @throws BuildcacheError `usage`
 */
function parseImageReference(text) {
    const match = /^(?:oci(\+http)?:\/\/)?(.*)$/is.exec(text);
    const { host, name, tag, digest } = parse(match?.[2] ?? '', text);
    const scheme = match?.[1] === undefined ? 'https' : 'http';
    return { scheme, host, name, tag: tag ?? (digest === undefined ? 'latest' : undefined), digest };
}
/** `oci://host/name`, for people and for comparing. */
function repositoryUrl({ scheme, host, name }) {
    return `${scheme === 'http' ? 'oci+http' : 'oci'}://${host}/${name}`;
}
/** Whether text is a tag a registry must take. */
function isTag(text) {
    return typeof text === 'string' && TAG.test(text);
}
function isDigest(text) {
    return typeof text === 'string' && text.startsWith('sha256:') && (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isSha256 */ ._h)(text.slice(7));
}
/** Whether text can be the name of a repository, as given to a mount. */
function isRepositoryName(text) {
    return text.length <= NAME_MOST && NAME.test(text);
}
function digestOf(bytes) {
    return `sha256:${(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(bytes)}`;
}
/** The 64 hexadecimal digits. */
function hexOf(digest) {
    return digest.slice('sha256:'.length);
}
/** @param source what was written, for messages */
function parse(text, source) {
    const [image = '', digest, ...more] = text.split('@');
    if (more.length > 0 || (digest !== undefined && !isDigest(digest))) {
        throw malformed(source, 'nothing or sha256:<64 hexadecimal digits> after the @');
    }
    // A colon before the last slash is a port's.
    const colon = image.indexOf(':', image.lastIndexOf('/') + 1);
    const tag = colon === -1 ? undefined : image.slice(colon + 1);
    if (tag !== undefined && !isTag(tag))
        throw malformed(source, 'a tag of at most 128 letters, digits, _, . and -');
    const { host, name } = withDefaults(colon === -1 ? image : image.slice(0, colon));
    if (!HOST.test(host) || !URL.canParse(`https://${host}/`))
        throw malformed(source, 'host[:port]/name');
    if (!isRepositoryName(name)) {
        throw malformed(source, 'a name of letters and digits with . _ - / between them, at most 255 characters');
    }
    return { host, name, tag, digest };
}
/** Docker's: a first part that looks like no host is a user of its hub, and a lone name is one of its library. */
function withDefaults(image) {
    const slash = image.indexOf('/');
    const first = slash === -1 ? '' : image.slice(0, slash);
    const isHost = /[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
    const host = isHost ? first.toLowerCase() : DOCKER_HUB;
    const name = (isHost ? image.slice(slash + 1) : image).toLowerCase();
    if (host !== 'docker.io' && host !== DOCKER_HUB)
        return { host, name };
    return { host: DOCKER_HUB, name: name.includes('/') ? name : `library/${name}` };
}
/** What was written may have a password in it. */
function malformed(source, expected) {
    const at = source.lastIndexOf('@');
    const clean = at === -1 || isDigest(source.slice(at + 1));
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'not a place in a registry', {
        expected,
        found: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_2__/* .redactUrl */ .B)(clean ? source : `…${source.slice(at)}`).slice(0, 300),
        ...(clean ? {} : { hint: 'credentials do not go there: use access_pair of the mirror, or docker login' }),
    });
}


/***/ })

};
