/**
 * Programs for the `PATH` of a workflow's steps that are functions of the test's process: a script of bash hands its
 * arguments and environment over a local socket, and prints what comes back. A Node for each would take longer than
 * all the rest.
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';

export interface ToolCall {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  out(line: string): void;
  err(line: string): void;
}

/** @returns the exit code */
export type Tool = (call: ToolCall) => Promise<number>;

export interface ToolServer extends AsyncDisposable {
  /** Writes a program; its folder is made. */
  install(file: string, name: string): Promise<void>;
}

export async function startTools(tools: Readonly<Record<string, Tool>>): Promise<ToolServer> {
  const server = createServer((socket) => void serve(socket, tools));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    async install(file, name) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, client(port, name));
      await chmod(file, 0o755);
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const client = (port: number, name: string) => `#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/${port}
{ printf '%s\\0' ${name} "$0" "$PWD" "$#" "$@"; env -0; printf '\\0'; } >&3
while IFS= read -r line <&3; do
  case $line in
    1*) printf '%s\\n' "\${line:1}" ;;
    2*) printf '%s\\n' "\${line:1}" >&2 ;;
    x*) exit "\${line:1}" ;;
  esac
done
exit 97
`;

async function serve(socket: Socket, tools: Readonly<Record<string, Tool>>): Promise<void> {
  socket.on('error', () => socket.destroy());
  const chunks: Buffer[] = [];
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    const parts = Buffer.concat(chunks).toString('utf8').split('\0');
    const count = 4 + Number(parts[3] ?? Number.NaN);
    if (!parts.slice(count, -1).includes('')) continue;
    const [name = '', program = '', cwd = ''] = parts;
    const env = parts.slice(count, parts.indexOf('', count)).map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    });
    const say = (stream: 1 | 2) => (text: string) => {
      for (const line of text.replace(/\n$/, '').split('\n')) socket.write(`${stream}${line}\n`);
    };
    // Last: a tool that another one starts has that one's from it.
    const own = { ...Object.fromEntries(env), TOOL: program };
    const call = { args: parts.slice(4, count), cwd, env: own, out: say(1), err: say(2) };
    const code = await (tools[name] ?? unknown)(call).catch((error: unknown) => {
      call.err(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return 98;
    });
    socket.end(`x${code}\n`);
    return;
  }
}

const unknown: Tool = async () => 127;

/** Options of a stand-in: what is not among these is refused, so that no workflow relies on what nobody has tried. */
export function parseOptions(
  args: readonly string[],
  known: { readonly flags?: readonly string[]; readonly values?: readonly string[] },
): { readonly options: Readonly<Record<string, string>>; readonly positional: readonly string[] } {
  const options: Record<string, string> = {};
  const positional: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? '';
    if (known.flags?.includes(argument)) options[argument] = 'true';
    else if (known.values?.includes(argument)) options[argument] = args[++i] ?? '';
    else if (argument.startsWith('-')) throw new Error(`the stand-in knows no ${argument}`);
    else positional.push(argument);
  }
  return { options, positional };
}
