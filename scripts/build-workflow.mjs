// The reusable workflow that builds what is missing: a plan, and a job for each wave of it, which differ in their number
// only. `node scripts/build-workflow.mjs` writes it, `--print` prints it; a test fails when it is not what comes out.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** As many as `plan` makes at most, where nobody says otherwise. */
const WAVES = 12;
const CHECKOUT = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';

const HEAD = `# Written by scripts/build-workflow.mjs: change it there.
# Builds what no mirror has, on many runners, and pushes each spec as soon as it is built: docs/plan.md.
# Called from a job of another workflow. That repository has .github/actions/build-setup, a composite action after which
# \`spack\` is on the PATH and trusts the keys of the mirrors.
name: Build what is missing
on:
  workflow_call:
    inputs:
      environment:
        description: The folder with spack.yaml and spack.lock.
        type: string
        default: env
      runners:
        description: How many jobs run at once.
        type: number
        default: 16
      runs-on:
        description: The label of the runners.
        type: string
        default: ubuntu-24.04
      image:
        description: A container image to build in; none when empty.
        type: string
        default: ''
    secrets:
      SIGNING_KEY:
        required: false
      SIGNING_PASSPHRASE:
        required: false
      AWS_ACCESS_KEY_ID:
        required: false
      AWS_SECRET_ACCESS_KEY:
        required: false

permissions:
  contents: read

jobs:
  plan:
    runs-on: \${{ inputs.runs-on }}
    timeout-minutes: 20
    outputs:
      waves: \${{ steps.plan.outputs.waves }}
    env:
      AWS_ACCESS_KEY_ID: \${{ secrets.AWS_ACCESS_KEY_ID }}
      AWS_SECRET_ACCESS_KEY: \${{ secrets.AWS_SECRET_ACCESS_KEY }}
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - id: plan
        uses: org/buildcache-action/plan@v0
        with:
          environment: \${{ inputs.environment }}
          runners: \${{ inputs.runners }}
`;

/**
 * A failure stops only what needs it: each job finds out by itself what that is. GitHub drops an output that has a secret in
 * it, and the job that set it is green: the first wave must fail then, since it has no matrix, and not be skipped.
 */
const wave = (i) => `
  wave-${i}:
    name: \${{ matrix.name }}
    needs: ${i === 0 ? 'plan' : `[plan, wave-${i - 1}]`}
    if: \${{ !cancelled() && needs.plan.result == 'success' && fromJSON(needs.plan.outputs.waves || '[{"include":["lost"]}]')[${i}].include[0] }}
    runs-on: \${{ inputs.runs-on }}
    container: \${{ inputs.image }}
    timeout-minutes: 350
    strategy:
      fail-fast: false
      max-parallel: \${{ fromJSON(inputs.runners) }}
      matrix: \${{ fromJSON(needs.plan.outputs.waves)[${i}] }}
    env:
      AWS_ACCESS_KEY_ID: \${{ secrets.AWS_ACCESS_KEY_ID }}
      AWS_SECRET_ACCESS_KEY: \${{ secrets.AWS_SECRET_ACCESS_KEY }}
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - uses: org/buildcache-action/setup@v0
      - uses: ./.github/actions/build-setup
      - uses: org/buildcache-action/autopush@v0 # signs when the job ends what was sent by then
        with:
          environment: \${{ inputs.environment }}
          push-while-building: true
          signing-key: \${{ secrets.SIGNING_KEY }}
          signing-passphrase: \${{ secrets.SIGNING_PASSPHRASE }}
      - run: |
          buildcache plan -e "$ENVIRONMENT" --needs all --chunk "$CHUNK" -- \\
            spack -e "$ENVIRONMENT" install --only-concrete
        env:
          ENVIRONMENT: \${{ inputs.environment }}
          CHUNK: \${{ matrix.chunk }}
`;

const TEXT = HEAD + Array.from({ length: WAVES }, (_, i) => wave(i)).join('');

if (process.argv.includes('--print')) process.stdout.write(TEXT);
else writeFileSync(fileURLToPath(new URL('../.github/workflows/build.yml', import.meta.url)), TEXT);
