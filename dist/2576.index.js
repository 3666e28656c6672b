export const id = 2576;
export const ids = [2576];
export const modules = {

/***/ 62807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CA: () => (/* binding */ errorCode),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   Uc: () => (/* binding */ describeError),
/* harmony export */   fO: () => (/* binding */ BuildcacheError),
/* harmony export */   xU: () => (/* binding */ systemCode),
/* harmony export */   zS: () => (/* binding */ fileError)
/* harmony export */ });
class BuildcacheError extends Error {
    code;
    facts;
    constructor(code, message, facts = {}, cause) {
        super(message, cause === undefined ? undefined : { cause });
        this.name = 'BuildcacheError';
        this.code = code;
        this.facts = facts;
    }
}
/** One line for a person: where, what, expected, found, what to do. Control characters are escaped. */
function describeError(error) {
    if (!(error instanceof BuildcacheError)) {
        return oneLine(error instanceof Error ? error.message : String(error));
    }
    const { file, url, expected, found, hint } = error.facts;
    const where = file ?? url;
    let line = where === undefined || error.message.includes(where) ? '' : `${where}: `;
    line += error.message;
    if (expected !== undefined)
        line += `; expected ${expected}`;
    if (found !== undefined)
        line += expected === undefined ? `; found ${found}` : `, found ${found}`;
    if (hint !== undefined)
        line += `. ${hint.charAt(0).toUpperCase()}${hint.slice(1)}`;
    return oneLine(line);
}
/** The code of any thrown value: ours, an abort, or `internal`. */
function errorCode(error) {
    if (error instanceof BuildcacheError)
        return error.code;
    if (error instanceof Error && error.name === 'AbortError')
        return 'cancelled';
    return 'internal';
}
/** Node's `code` of a system error (`ENOENT`, `ECONNREFUSED`, …), if it has one. */
function systemCode(error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string')
        return error.code;
    return undefined;
}
/** A file-system error as one of ours, with the file named. */
function fileError(error, file, doing) {
    if (error instanceof BuildcacheError)
        return error;
    const code = systemCode(error);
    switch (code) {
        case 'ENOENT':
        case 'ENOTDIR':
            return new BuildcacheError('not-found', `cannot ${doing}: no such file or directory`, { file }, error);
        case 'EACCES':
        case 'EPERM':
        case 'EROFS':
            return new BuildcacheError('denied', `cannot ${doing}: ${systemMessage(code)}`, { file }, error);
        default: {
            const reason = code === undefined ? describeError(error) : systemMessage(code);
            return new BuildcacheError('io', `cannot ${doing}: ${reason}`, { file }, error);
        }
    }
}
/**
 * Escapes what could break a line or a terminal, or show it in another order: attacker-controlled names end up in
 * messages.
 */
function oneLine(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being escaped
    return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cf}]/gu, (c) => {
        if (c === '\n')
            return '\\n';
        return `\\x${(c.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
    });
}
function systemMessage(code) {
    const known = {
        EACCES: 'permission denied',
        EPERM: 'operation not permitted',
        EROFS: 'read-only file system',
        ENOSPC: 'no space left on the device',
        EDQUOT: 'disk quota exceeded',
        EISDIR: 'it is a directory',
        EMFILE: 'too many open files',
        ELOOP: 'too many symbolic links',
        ENAMETOOLONG: 'the name is too long',
    };
    return known[code] === undefined ? code : `${known[code]} (${code})`;
}


/***/ }),

/***/ 2576:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  packageVersion: () => (/* binding */ packageVersion),
  runCli: () => (/* binding */ runCli)
});

// UNUSED EXPORTS: buildProgram, runVerb

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
;// CONCATENATED MODULE: ./build/entry/verbs.js
const VERBS = [
    {
        name: 'check',
        aliases: [],
        summary: 'say which specs of an environment need a rebuild',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(4162), __webpack_require__.e(2907)]).then(__webpack_require__.bind(__webpack_require__, 72907)),
    },
    {
        name: 'list',
        aliases: [],
        summary: 'list the specs in build caches',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(8298), __webpack_require__.e(5173), __webpack_require__.e(6816)]).then(__webpack_require__.bind(__webpack_require__, 69514)),
    },
    {
        name: 'push',
        aliases: ['create'],
        summary: 'push installed specs to a mirror',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(8298), __webpack_require__.e(8014), __webpack_require__.e(6515), __webpack_require__.e(6369), __webpack_require__.e(4162), __webpack_require__.e(7152), __webpack_require__.e(4851), __webpack_require__.e(3261)]).then(__webpack_require__.bind(__webpack_require__, 73261)),
    },
    {
        name: 'autopush',
        aliases: [],
        summary: 'push what was built in an install tree to the mirrors that want it',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(8298), __webpack_require__.e(8014), __webpack_require__.e(6515), __webpack_require__.e(6369), __webpack_require__.e(4162), __webpack_require__.e(7152), __webpack_require__.e(4851), __webpack_require__.e(1132)]).then(__webpack_require__.bind(__webpack_require__, 31132)),
    },
    {
        name: 'install',
        aliases: [],
        summary: 'install specs from mirrors, verified and relocated',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(8298), __webpack_require__.e(5030), __webpack_require__.e(6085), __webpack_require__.e(6369), __webpack_require__.e(5173), __webpack_require__.e(9780), __webpack_require__.e(5198), __webpack_require__.e(7799), __webpack_require__.e(5806)]).then(__webpack_require__.bind(__webpack_require__, 97564)),
    },
    {
        name: 'preview',
        aliases: [],
        summary: 'say what relocating packages would touch, and how long a root they have room for',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(8298), __webpack_require__.e(5030), __webpack_require__.e(6085), __webpack_require__.e(5173), __webpack_require__.e(9780), __webpack_require__.e(5198), __webpack_require__.e(6736)]).then(__webpack_require__.bind(__webpack_require__, 2137)),
    },
    {
        name: 'keys',
        aliases: [],
        summary: 'list the public keys of mirrors, trust them, publish one',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(8014), __webpack_require__.e(6085), __webpack_require__.e(6620)]).then(__webpack_require__.bind(__webpack_require__, 98669)),
    },
    {
        name: 'download',
        aliases: [],
        summary: "download a spec's tarball and spec file, verified",
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(5030), __webpack_require__.e(6085), __webpack_require__.e(9780), __webpack_require__.e(7354)]).then(__webpack_require__.bind(__webpack_require__, 27523)),
    },
    {
        name: 'save-specfile',
        aliases: [],
        summary: 'save the spec.json of a spec and of what is below it',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(8298), __webpack_require__.e(3802)]).then(__webpack_require__.bind(__webpack_require__, 23802)),
    },
    {
        name: 'get-buildcache-name',
        aliases: [],
        summary: "print the name of a spec's entry",
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3528)]).then(__webpack_require__.bind(__webpack_require__, 3528)),
    },
    {
        name: 'sync',
        aliases: [],
        summary: 'copy specs from one mirror to another',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(8298), __webpack_require__.e(8014), __webpack_require__.e(6515), __webpack_require__.e(5030), __webpack_require__.e(6085), __webpack_require__.e(5173), __webpack_require__.e(4162), __webpack_require__.e(2864), __webpack_require__.e(8719)]).then(__webpack_require__.bind(__webpack_require__, 99445)),
    },
    {
        name: 'update-index',
        aliases: ['rebuild-index'],
        summary: "make a mirror's index anew from what it holds",
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(8014), __webpack_require__.e(6515), __webpack_require__.e(4624)]).then(__webpack_require__.bind(__webpack_require__, 63171)),
    },
    {
        name: 'check-index',
        aliases: [],
        summary: 'say whether a mirror holds what its index and entries say, and repair it',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(8014), __webpack_require__.e(6515), __webpack_require__.e(5030), __webpack_require__.e(6085), __webpack_require__.e(4481)]).then(__webpack_require__.bind(__webpack_require__, 75919)),
    },
    {
        name: 'migrate',
        aliases: [],
        summary: 'convert a mirror of layout 2 to layout 3',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(8014), __webpack_require__.e(6515), __webpack_require__.e(5030), __webpack_require__.e(6085), __webpack_require__.e(6037)]).then(__webpack_require__.bind(__webpack_require__, 7214)),
    },
    {
        name: 'mirror',
        aliases: [],
        summary: 'list and change configured mirrors',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(9056)]).then(__webpack_require__.bind(__webpack_require__, 59056)),
    },
    {
        name: 'prune',
        aliases: [],
        summary: 'remove from a mirror what nothing needs',
        load: () => Promise.all(/* import() */[__webpack_require__.e(8179), __webpack_require__.e(7934), __webpack_require__.e(7067), __webpack_require__.e(3234), __webpack_require__.e(3004), __webpack_require__.e(8014), __webpack_require__.e(6515), __webpack_require__.e(662)]).then(__webpack_require__.bind(__webpack_require__, 45085)),
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
    const { signal } = abortOnSignals();
    const streams = { stdout: output(process.stdout), stderr: output(process.stderr) };
    return await runVerb(argv, { env: process.env, cwd: process.cwd(), ...streams, signal }, version);
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
        const line = cancelled ? 'cancelled' : (0,errors/* describeError */.Uc)(error);
        stderr.write(`error: ${line}\n`);
        if ((0,errors/* errorCode */.CA)(error) === 'internal' && !cancelled && env['BUILDCACHE_DEBUG'])
            console.error(error);
        return 2;
    }
}
/** The program with the options of one verb, or of all of them for `--help` and the generated reference. */
async function buildProgram(argv, context, version) {
    const { Command } = await __webpack_require__.e(/* import() */ 8179).then(__webpack_require__.bind(__webpack_require__, 48179));
    const program = new Command('buildcache')
        .description('Spack build caches without Spack: check what needs a rebuild against any mirror')
        .version(version, '-V, --version')
        .exitOverride()
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
        if (asked === undefined || verb === asked)
            (await verb.load()).define(command, context);
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
    // `check | head` closes the pipe: that is no failure of ours.
    stream.on('error', (error) => {
        if (error.code !== 'EPIPE')
            throw error;
    });
    return { write: (text) => void stream.write(text), isTTY: stream.isTTY === true };
}


/***/ })

};
