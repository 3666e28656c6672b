export const id = 2576;
export const ids = [2576];
export const modules = {

/***/ 2576:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  packageVersion: () => (/* binding */ packageVersion),
  runCli: () => (/* binding */ runCli)
});

// UNUSED EXPORTS: buildProgram, runVerb

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/entry/help.js
var help = __webpack_require__(15508);
// EXTERNAL MODULE: ./build/entry/uncaught.js
var uncaught = __webpack_require__(50036);
;// CONCATENATED MODULE: ./build/entry/verbs.js
const VERBS = [
    {
        name: 'check',
        aliases: [],
        summary: 'say which specs of an environment need a rebuild',
        examples: [
            'check -e env # against the mirrors of env/spack.yaml',
            'check -e env -m https://mirror.example.org/cache -o rebuild.json',
            'check -e env --needs all --verify blobs --json',
        ],
        exits: { 0: 'every spec is there', 1: 'something needs a rebuild' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(9908), __webpack_require__.e(2907), __webpack_require__.e(8890)]).then(__webpack_require__.bind(__webpack_require__, 72907)),
    },
    {
        name: 'explain',
        aliases: [],
        summary: 'say why specs are missing: what has changed, and whose fault it is',
        examples: [
            'explain -e env # against the mirrors of env/spack.yaml',
            'explain -e env -m https://mirror.example.org/cache --against git:HEAD~1:env/spack.lock hdf5',
        ],
        exits: { 0: 'nothing is missing, or all that is has its answer' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(8337), __webpack_require__.e(5977), __webpack_require__.e(9908), __webpack_require__.e(2907), __webpack_require__.e(5517), __webpack_require__.e(7592)]).then(__webpack_require__.bind(__webpack_require__, 27592)),
    },
    {
        name: 'diff',
        aliases: [],
        summary: 'say what has changed between two environments, and why',
        examples: [
            'diff git:main:env env',
            'diff old/spack.lock new/spack.lock -m https://mirror.example.org/cache --markdown',
        ],
        exits: { 0: 'done', 1: 'they differ, with --exit-code' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(5517), __webpack_require__.e(6445)]).then(__webpack_require__.bind(__webpack_require__, 56445)),
    },
    {
        name: 'list',
        aliases: [],
        summary: 'list the specs in build caches',
        examples: ['list -m https://mirror.example.org/cache', "list -e env -l -v 'hdf5@1.12: +mpi' 'py-*'"],
        exits: { 0: 'something is listed' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(9981), __webpack_require__.e(3583), __webpack_require__.e(5977), __webpack_require__.e(6369)]).then(__webpack_require__.bind(__webpack_require__, 69514)),
    },
    {
        name: 'push',
        aliases: ['create'],
        summary: 'push installed specs to a mirror',
        examples: [
            'push --store /opt/spack/store --signing-key-file key.asc --update-index s3://bucket/cache hdf5',
            'push -e env --unsigned ./mirror # the roots of env, and what they need',
            'push -e env oci://ghcr.io/you/cache --base-image debian:12 --tag latest',
        ],
        exits: { 0: 'all of it is there', 1: 'some could not be pushed, or the index could not be updated' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(9981), __webpack_require__.e(5030), __webpack_require__.e(3583), __webpack_require__.e(7075), __webpack_require__.e(6356), __webpack_require__.e(8479), __webpack_require__.e(6226), __webpack_require__.e(8337), __webpack_require__.e(9908), __webpack_require__.e(1394), __webpack_require__.e(8158)]).then(__webpack_require__.bind(__webpack_require__, 98158)),
    },
    {
        name: 'autopush',
        aliases: [],
        summary: 'push what was built in an install tree to the mirrors that want it',
        examples: [
            'autopush --store /opt/spack/store --record before.json # before a build',
            'autopush --store /opt/spack/store --since before.json -e env # after it',
        ],
        exits: { 0: 'all of it is there', 1: 'some could not be pushed (0 with --push-failure warn)' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(9981), __webpack_require__.e(5030), __webpack_require__.e(3583), __webpack_require__.e(7075), __webpack_require__.e(6356), __webpack_require__.e(8479), __webpack_require__.e(6226), __webpack_require__.e(8337), __webpack_require__.e(9908), __webpack_require__.e(1394), __webpack_require__.e(1132)]).then(__webpack_require__.bind(__webpack_require__, 31132)),
    },
    {
        name: 'install',
        aliases: [],
        summary: 'install specs from mirrors, verified and relocated',
        examples: [
            'install -m s3://bucket/cache --trusted-keys key.pub.asc --store /opt/spack/store hdf5',
            'install -e env --dry-run',
            'install -q --sh -e env > vars.sh && . ./vars.sh   # and have it on the PATH',
        ],
        exits: { 0: 'all of it is there', 1: 'some could not be installed' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(9981), __webpack_require__.e(5030), __webpack_require__.e(3583), __webpack_require__.e(7075), __webpack_require__.e(6226), __webpack_require__.e(8337), __webpack_require__.e(5977), __webpack_require__.e(3079), __webpack_require__.e(4261), __webpack_require__.e(9761), __webpack_require__.e(8438), __webpack_require__.e(52)]).then(__webpack_require__.bind(__webpack_require__, 97564)),
    },
    {
        name: 'preview',
        aliases: [],
        summary: 'say what relocating packages would touch, and how long a root they have room for',
        examples: ['preview -m s3://bucket/cache --trusted-keys key.pub.asc hdf5'],
        exits: { 0: 'done' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(9981), __webpack_require__.e(5030), __webpack_require__.e(3583), __webpack_require__.e(7075), __webpack_require__.e(6226), __webpack_require__.e(8337), __webpack_require__.e(5977), __webpack_require__.e(3079), __webpack_require__.e(4261), __webpack_require__.e(9761), __webpack_require__.e(2137)]).then(__webpack_require__.bind(__webpack_require__, 2137)),
    },
    {
        name: 'keys',
        aliases: [],
        summary: 'list the public keys of mirrors, trust them, publish one',
        examples: [
            'keys -m https://mirror.example.org/cache',
            'keys -m https://mirror.example.org/cache --install --trust FINGERPRINT',
            'keys -m s3://bucket/cache --publish key.pub.asc',
        ],
        exits: { 0: 'done', 1: 'a key, or one of several mirrors, could not be read' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(7075), __webpack_require__.e(6356), __webpack_require__.e(6620)]).then(__webpack_require__.bind(__webpack_require__, 98669)),
    },
    {
        name: 'download',
        aliases: [],
        summary: "download a spec's tarball and spec file, verified",
        examples: ['download -e env -s hdf5 -p downloads --trusted-keys key.pub.asc'],
        exits: { 0: 'done' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(5030), __webpack_require__.e(7075), __webpack_require__.e(3079), __webpack_require__.e(8659)]).then(__webpack_require__.bind(__webpack_require__, 27523)),
    },
    {
        name: 'save-specfile',
        aliases: [],
        summary: 'save the spec.json of a spec and of what is below it',
        examples: ["save-specfile -e env --root-spec hdf5 -s 'hdf5 zlib' --specfile-dir specs"],
        exits: { 0: 'done' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(9981), __webpack_require__.e(3583), __webpack_require__.e(3802)]).then(__webpack_require__.bind(__webpack_require__, 23802)),
    },
    {
        name: 'get-buildcache-name',
        aliases: [],
        summary: "print the name of a spec's entry",
        examples: ['get-buildcache-name -e env -s hdf5'],
        exits: { 0: 'done' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(3528)]).then(__webpack_require__.bind(__webpack_require__, 3528)),
    },
    {
        name: 'sync',
        aliases: [],
        summary: 'copy specs from one mirror to another',
        examples: [
            'sync -e env builds release # the specs of an environment',
            'sync --all s3://builds/cache s3://release/cache # all there is',
            "sync -e env --manifest-glob 'lists/*.json' # what copy-lists say",
        ],
        exits: { 0: 'all of it is there', 1: 'some could not be copied, or the index could not be updated' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(9981), __webpack_require__.e(5030), __webpack_require__.e(3583), __webpack_require__.e(7075), __webpack_require__.e(6356), __webpack_require__.e(8479), __webpack_require__.e(6226), __webpack_require__.e(8337), __webpack_require__.e(5977), __webpack_require__.e(6949), __webpack_require__.e(2461)]).then(__webpack_require__.bind(__webpack_require__, 99445)),
    },
    {
        name: 'update-index',
        aliases: ['rebuild-index'],
        summary: "make a mirror's index anew from what it holds",
        examples: [
            'update-index s3://bucket/cache',
            "update-index -e env release --name production # a view: an index of this environment's specs",
        ],
        exits: { 0: 'done', 1: 'some entries could not be read' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(5030), __webpack_require__.e(6356), __webpack_require__.e(8479), __webpack_require__.e(1487)]).then(__webpack_require__.bind(__webpack_require__, 63171)),
    },
    {
        name: 'check-index',
        aliases: [],
        summary: 'say whether a mirror holds what its index and entries say, and repair it',
        examples: ['check-index s3://bucket/cache --verify all', 'check-index s3://bucket/cache --repair'],
        exits: { 0: 'the mirror is right', 1: 'it is not' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(5030), __webpack_require__.e(7075), __webpack_require__.e(6356), __webpack_require__.e(8479), __webpack_require__.e(369), __webpack_require__.e(2932)]).then(__webpack_require__.bind(__webpack_require__, 82932)),
    },
    {
        name: 'migrate',
        aliases: [],
        summary: 'convert a mirror of layout 2 to layout 3',
        examples: [
            'migrate s3://old/cache s3://new/cache --trusted-keys old.pub.asc --signing-key-file key.asc',
            'migrate ./mirror --unsigned --yes',
        ],
        exits: {
            0: 'all of it is there',
            1: 'some could not be migrated',
            2: 'there is something to migrate, and no --yes; ',
        },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(5030), __webpack_require__.e(7075), __webpack_require__.e(6356), __webpack_require__.e(8479), __webpack_require__.e(6037)]).then(__webpack_require__.bind(__webpack_require__, 7214)),
    },
    {
        name: 'mirror',
        aliases: [],
        summary: 'list and change configured mirrors',
        examples: ['mirror list', 'mirror add -e env ours s3://bucket/cache --autopush'],
        exits: { 0: 'done' },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(5227), __webpack_require__.e(3810)]).then(__webpack_require__.bind(__webpack_require__, 83810)),
    },
    {
        name: 'prune',
        aliases: [],
        summary: 'remove from a mirror what nothing needs',
        examples: [
            'prune s3://bucket/cache --keep-environment env --older-than 90d # says what would go',
            'prune s3://bucket/cache --keep-environment env --older-than 90d --yes',
        ],
        exits: {
            0: 'done, or nothing to remove',
            1: 'some could not be removed',
            2: 'there is something to remove, and no --yes; ',
        },
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(1055), __webpack_require__.e(3589), __webpack_require__.e(5227), __webpack_require__.e(5030), __webpack_require__.e(6356), __webpack_require__.e(8479), __webpack_require__.e(369), __webpack_require__.e(4675)]).then(__webpack_require__.bind(__webpack_require__, 45085)),
    },
];

;// CONCATENATED MODULE: ./build/entry/cli.js
/** argv -> verb -> exit code. Nothing that a verb does not need is loaded. */






/**
 * Runs the command line in this process: its streams, environment, working directory and signals.
 * @param argv without the interpreter and the script
 * @returns the exit code: 0 done, 1 the answer is no, 2 could not tell or bad usage
 */
async function runCli(argv, version) {
    // Every request under way listens for the signal; Node 20 takes more than ten for a leak, and says so.
    (0,external_node_events_.setMaxListeners)(0);
    const { signal } = abortOnSignals();
    const { stdout, stderr } = process;
    const out = output(stdout);
    const streams = { stdout: out, stderr: output(stderr) };
    (0,uncaught/* exitOnUncaught */.Z)((text) => void stderr.write(`error: ${text}\n`));
    const code = await runVerb(argv, { env: process.env, cwd: process.cwd(), ...streams, signal }, version);
    const failure = await out.end();
    if (failure === undefined)
        return code;
    stderr.write(`error: ${(0,errors/* describeError */.Uc)((0,errors/* fileError */.zS)(failure, 'stdout', 'write the answer'))}\n`);
    return 2; // whoever reads it has a part, or nothing
}
/** Runs the command line wherever it is told. Arguments and exit codes are those of {@link runCli}. */
async function runVerb(argv, surroundings, version) {
    const { env, stdout, stderr, signal } = surroundings;
    if (argv[0] === '--version' || argv[0] === '-V') {
        stdout.write(`${version}\n`);
        return 0;
    }
    let code = 0;
    const exit = (verdict) => {
        code = verdict;
    };
    const { CommanderError } = await __webpack_require__.e(/* import() */ 8179).then(__webpack_require__.bind(__webpack_require__, 48179));
    try {
        const program = await buildProgram(argv, { ...surroundings, exit }, version);
        await program.parseAsync(argv, { from: 'user' });
        return code;
    }
    catch (error) {
        if (error instanceof CommanderError)
            return error.exitCode === 0 ? 0 : 2;
        const cancelled = signal.aborted || (0,errors/* errorCode */.CA)(error) === 'cancelled';
        const lines = cancelled ? ['cancelled'] : (0,errors/* describeInLines */.O9)(error);
        stderr.write(`error: ${lines.join('\n')}\n`);
        if ((0,errors/* errorCode */.CA)(error) === 'internal' && !cancelled && env['BUILDCACHE_DEBUG'])
            console.error(error);
        return 2;
    }
}
/** The program with the options of one verb, or of all of them for `--help` and the generated reference. */
async function buildProgram(argv, context, version) {
    const { Command } = await __webpack_require__.e(/* import() */ 8179).then(__webpack_require__.bind(__webpack_require__, 48179));
    const program = new Command('buildcache')
        .description('Spack build caches, without Spack')
        .version(version, '-V, --version')
        .exitOverride()
        .configureHelp(help/* HELP_LAYOUT */.v3)
        .addHelpText('after', help/* PROGRAM_EPILOGUE */.wl)
        .showHelpAfterError('(run with --help for the options)')
        .configureOutput({
        writeOut: (text) => context.stdout.write(text),
        writeErr: (text) => context.stderr.write(text),
    });
    const asked = VERBS.find(({ name, aliases }) => argv[0] === name || aliases.includes(argv[0] ?? ''));
    for (const verb of VERBS) {
        const command = program
            .command(verb.name)
            .aliases([...verb.aliases])
            .description(verb.summary);
        command.exitOverride().copyInheritedSettings(program);
        if (asked !== undefined && verb !== asked)
            continue;
        (await verb.load()).define(command, context);
        command.addHelpText('after', (0,help/* verbEpilogue */.Ej)(verb));
    }
    return program;
}
/** The version in the package's own manifest, which lies beside the bundle's folder. */
function packageVersion(file) {
    const manifest = JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8'));
    const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
    return String(version);
}
function abortOnSignals() {
    const controller = new AbortController();
    const stop = () => {
        // The second time somebody is in a hurry.
        if (controller.signal.aborted)
            process.exit(2);
        controller.abort();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    return controller;
}
function output(stream) {
    let failure;
    stream.on('error', (error) => {
        failure ??= error;
    });
    return {
        write: (text) => void stream.write(text),
        isTTY: stream.isTTY === true,
        async end() {
            // Errors are told after what was called back.
            await new Promise((resolve) => stream.write('', () => setImmediate(resolve)));
            // `check | head` closes the pipe: that is no failure of ours.
            return failure?.code === 'EPIPE' ? undefined : failure;
        },
    };
}


/***/ }),

/***/ 15508:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ej: () => (/* binding */ verbEpilogue),
/* harmony export */   TL: () => (/* binding */ SHARED_OPTIONS),
/* harmony export */   v3: () => (/* binding */ HELP_LAYOUT),
/* harmony export */   wl: () => (/* binding */ PROGRAM_EPILOGUE)
/* harmony export */ });
/* unused harmony export defaultText */
/** Heading of the options every verb has. */
const SHARED_OPTIONS = 'Options of all verbs:';
const UNTOLD = 'it could not be told, or bad input or usage; goes over the others';
const HELP_LAYOUT = {
    // What a verb takes is in its own help: here there is room for what it does.
    subcommandTerm: (command) => [command.name(), ...command.aliases()].join(', '),
    optionDescription: (option) => {
        const facts = [];
        if (option.argChoices !== undefined)
            facts.push(`one of ${option.argChoices.join(', ')}`);
        const value = defaultText(option);
        if (value !== undefined)
            facts.push(`default: ${value}`);
        return facts.length === 0 ? option.description : `${option.description} (${facts.join('; ')})`;
    },
    groupItems(_, shown, group) {
        const groups = new Map();
        for (const item of shown)
            groups.set(group(item), [...(groups.get(group(item)) ?? []), item]);
        const shared = groups.get(SHARED_OPTIONS);
        if (shared !== undefined && groups.delete(SHARED_OPTIONS))
            groups.set(SHARED_OPTIONS, shared);
        return groups;
    },
};
/** What an option is when it is not given, or undefined where that is "off" or nothing. */
function defaultText({ defaultValue, defaultValueDescription, negate }) {
    if (negate || defaultValue === undefined || defaultValue === false)
        return undefined;
    if (Array.isArray(defaultValue) && defaultValue.length === 0)
        return undefined;
    return defaultValueDescription ?? String(defaultValue);
}
/** What follows a verb's options. */
function verbEpilogue({ examples, exits }) {
    const codes = { ...exits, 2: `${exits[2] ?? ''}${UNTOLD}` };
    return [
        '\nExamples:',
        ...examples.map((example) => `  buildcache ${example}`),
        '\nExit code:',
        ...Object.entries(codes).map(([code, meaning]) => `  ${code}  ${meaning}`),
    ].join('\n');
}
const PROGRAM_EPILOGUE = `
buildcache VERB --help says what a verb takes, with examples.

Exit code:
  0  done, or all present
  1  the answer is no (something to rebuild, a check that failed), or part of the work failed
  2  ${UNTOLD}

Environment variables:
  SPACK_ENV                      the environment, where -e does not name it
  SPACK_ROOT                     Spack's prefix: the install tree is in opt/spack below it
  BUILDCACHE_SIGNING_KEY         an armored secret key, BUILDCACHE_SIGNING_PASSPHRASE opens it
  BUILDCACHE_CACHE_DIR           where indices and downloads are kept (default: ~/.cache/buildcache)
  HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY, NO_COLOR, and those of the AWS SDK for s3://`;


/***/ })

};
