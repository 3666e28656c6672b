/** Stand-ins for others' actions, as composite actions of a few lines: what their own leave behind in a job. */
import { join } from 'node:path';
import { writeAction } from './fake-action.ts';

export interface StandInFolders {
  /** What a checkout brings: the repository of the workflow. */
  readonly repository: string;
  /** What a checkout of `org/buildcache-action` brings. */
  readonly ours: string;
  /** A Spack with its `bin/spack`. */
  readonly spack: string;
}

/** @returns folders by `owner/name`. The artifacts of a run are in the folder `$RUN_ARTIFACTS`. */
export async function writeStandIns(folder: string, places: StandInFolders): Promise<Record<string, string>> {
  const entries = Object.entries(standIns(places)).map(async ([name, text]) => {
    const path = join(folder, name);
    await writeAction(path, { 'action.yml': text });
    return [name, path];
  });
  return Object.fromEntries(await Promise.all(entries));
}

const standIns = ({ repository, ours, spack }: StandInFolders): Readonly<Record<string, string>> => ({
  'actions/checkout': composite(
    ['repository', 'ref', 'path', 'persist-credentials'],
    `
    case $REPOSITORY in
      '') from=${repository} ;;
      org/buildcache-action) from=${ours} ;;
      *) echo "::error::the stand-in has no $REPOSITORY"; exit 1 ;;
    esac
    mkdir -p "./$PATH_INPUT"
    cp -R "$from/." "./$PATH_INPUT"`,
  ),
  // Neither sets SPACK_ROOT: the real one does not.
  'spack/setup-spack': composite(
    [],
    `
    cp -R ${spack} ./spack
    mkdir ./spack-packages
    echo "$PWD/spack/bin" >> "$GITHUB_PATH"
    echo SPACK_COLOR=always >> "$GITHUB_ENV"
    echo SPACK_DISABLE_LOCAL_CONFIG=1 >> "$GITHUB_ENV"`,
  ),
  'actions/upload-artifact': composite(
    ['name', 'path', 'overwrite', 'if-no-files-found'],
    `
    [ -n "$PATH_INPUT" ] || { echo '::error::Input required and not supplied: path'; exit 1; }
    to=$RUN_ARTIFACTS/$NAME
    if [ -e "$to" ] && [ "$OVERWRITE" != true ]; then
      echo "::error::an artifact with this name already exists: $NAME"; exit 1
    fi
    if [ ! -e "$PATH_INPUT" ]; then
      [ "$IF_NO_FILES_FOUND" != error ] || { echo "::error::No files were found: $PATH_INPUT"; exit 1; }
      echo "::warning::No files were found with the provided path: $PATH_INPUT"; exit 0
    fi
    rm -rf "$to"
    mkdir -p "$to"
    cp -R "$PATH_INPUT" "$to"`,
  ),
  'actions/download-artifact': composite(
    ['name', 'path'],
    `
    [ -d "$RUN_ARTIFACTS/$NAME" ] || { echo "::error::Artifact not found for name: $NAME"; exit 1; }
    mkdir -p "./$PATH_INPUT"
    cp -R "$RUN_ARTIFACTS/$NAME/." "./$PATH_INPUT"`,
  ),
});

/** Inputs are variables of their own name; `PATH` is taken. */
function composite(inputs: readonly string[], script: string): string {
  const variable = (name: string) =>
    name === 'path' ? 'PATH_INPUT' : name.toUpperCase().replaceAll('-', '_');
  const env = inputs.map((name) => [variable(name), `\${{ inputs.${name} }}`]);
  return JSON.stringify({
    name: 'stand-in',
    inputs: Object.fromEntries(inputs.map((name) => [name, { default: '' }])),
    runs: {
      using: 'composite',
      steps: [{ shell: 'bash', env: Object.fromEntries(env), run: script.replace(/^ {4}/gm, '') }],
    },
  });
}
