import { machine } from 'node:os';
import { describe, expect, it } from 'vitest';
import { hostTarget, targetFromCpuinfo, targetFromSysctl } from '../../src/spec/host-target.ts';
import { microarchitectures, targetFamily } from '../../src/spec/target.ts';

/** What Linux lists for a CPU of this kind; it has no flag for sse3 by that name. */
function flagsOf(target: string): string[] {
  return [...(microarchitectures().get(target)?.features ?? [])].filter((flag) => flag !== 'sse3');
}

function cpuinfo(vendor: string, flags: string[]): string {
  const cpu = `processor\t: 0\nvendor_id\t: ${vendor}\nflags\t\t: fpu ${flags.join(' ')} pni\n\n`;
  return cpu + cpu.replace(/flags.*/, 'flags\t\t: fpu');
}

describe('x86_64', () => {
  it.each(['haswell', 'skylake_avx512', 'icelake', 'core2'])('finds Intel %s', (target) => {
    expect(targetFromCpuinfo('x86_64', cpuinfo('GenuineIntel', flagsOf(target)))).toBe(target);
  });

  it.each(['zen', 'zen2', 'zen3', 'zen4', 'bulldozer'])('finds AMD %s', (target) => {
    expect(targetFromCpuinfo('x86_64', cpuinfo('AuthenticAMD', flagsOf(target)))).toBe(target);
  });

  it('falls back to a level when a model lacks a feature, and never goes below it', () => {
    const hidden = flagsOf('zen3').filter((flag) => flag !== 'clzero');
    expect(targetFromCpuinfo('x86_64', cpuinfo('AuthenticAMD', hidden))).toBe('x86_64_v3');
    expect(targetFromCpuinfo('x86_64', cpuinfo('Newcomer', flagsOf('zen4')))).toBe('x86_64_v4');
    expect(targetFromCpuinfo('x86_64', '')).toBe('x86_64');
  });
});

describe('other families', () => {
  it('goes by the part on AArch64', () => {
    const neoverse = `CPU implementer\t: 0x41\nFeatures\t: ${flagsOf('neoverse_v1').join(' ')}\nCPU part\t: 0xd40\n`;
    expect(targetFromCpuinfo('aarch64', neoverse)).toBe('neoverse_v1');
    expect(targetFromCpuinfo('aarch64', neoverse.replace('0xd40', '0xd0c'))).toBe('neoverse_n1');
    expect(targetFromCpuinfo('aarch64', neoverse.replace('0x41', '0xff'))).toBe('aarch64');
  });

  it('goes by the generation on POWER and by the model on RISC-V', () => {
    expect(targetFromCpuinfo('ppc64le', 'cpu\t: POWER9, altivec supported\n')).toBe('power9le');
    expect(targetFromCpuinfo('ppc64le', 'cpu\t: emulated\n')).toBe('ppc64le');
    expect(targetFromCpuinfo('riscv64', 'uarch\t: sifive,u74-mc\n')).toBe('u74mc');
    expect(targetFromCpuinfo('sparc64', '')).toBe('sparc64');
  });

  it('asks sysctl on macOS', async () => {
    const apple = async () => 'Apple M2 Pro\n';
    expect(await targetFromSysctl(apple)).toBe('m2');
    const flags =
      'FPU SSE SSE2 SSE3 MMX PCLMULQDQ SSSE3 FMA CX16 SSE4.1 SSE4.2 MOVBE POPCNT AES XSAVE AVX1.0 F16C RDRAND';
    const intel = async (...names: string[]) => {
      if (names[0] === 'machdep.cpu.vendor') return 'GenuineIntel\n';
      return names.length > 1
        ? `${flags}\nBMI1 AVX2 BMI2 RDSEED ADX\nLAHF LZCNT\n`
        : 'Intel(R) Core(TM) i7\n';
    };
    expect(await targetFromSysctl(intel)).toBe('broadwell');
  });

  it('finds this host to be of its family', async () => {
    const family = machine() === 'arm64' ? 'aarch64' : machine();
    expect(targetFamily(await hostTarget())).toBe(family);
  });
});
