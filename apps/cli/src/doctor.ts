/** `mixup doctor`: whether what runs here can be relied on. */
import { type Checkup, examine } from './checkup.ts';
import { parseDoctorOptions, type TypedDoctorOptions } from './doctor-options.ts';
import { exitCodes } from './errors.ts';
import type { Screen } from './screen.ts';
import { wrap } from './wrap.ts';

/** Where the text of a line begins. */
const indent = ' '.repeat(26);

/** What the doctor needs of the process. */
export interface DoctorEdge {
  readonly stdout: Screen;
  readonly nodeVersion: string;
}

/** @returns the exit code: 0 where all is well, else 1 */
export async function doctor(typed: TypedDoctorOptions, { stdout, nodeVersion }: DoctorEdge): Promise<number> {
  const { json, draws, seed } = parseDoctorOptions(typed);
  const checkup = await examine({ nodeVersion, draws, seed });
  stdout.write(json ? `${JSON.stringify(checkup, null, 2)}\n` : drawCheckup(checkup, stdout));
  return checkup.healthy ? exitCodes.ok : exitCodes.failed;
}

/** Draw the checkup as a table: ok, FAIL, or - for what is not needed. */
export function drawCheckup(checkup: Checkup, { colours }: Pick<Screen, 'colours'>): string {
  const { node, simd, sampler, engines, bits, healthy } = checkup;
  const mark = (ok: boolean, needed = true) =>
    ok ? colours.green('ok  ') : needed ? colours.red('FAIL') : colours.dim('-   ');
  const line = (ok: boolean, name: string, text: string, needed = true) =>
    `  ${mark(ok, needed)}  ${name.padEnd(16)}  ${text}`;
  const lines = [
    'this machine',
    line(node.enough, 'Node', node.enough ? node.version : `${node.version}; install ${node.least} or later`),
    line(simd, 'WebAssembly SIMD', simd ? 'there' : 'missing; install a later Node'),
    '',
    `Beta sampler, ${sampler[0]?.draws} draws each (KS: largest distance from the law; errors in SE)`,
    colours.dim(
      `        ${'alpha'.padEnd(16)}  ${'KS'.padStart(6)} ${'limit'.padStart(7)}  mean error  variance error`,
    ),
    ...sampler.map((law) => {
      const figures = [
        law.distance.toFixed(4).padStart(6),
        law.distanceLimit.toFixed(4).padStart(7),
        law.meanError.toFixed(1).padStart(11),
        law.varianceError.toFixed(1).padStart(15),
      ];
      return line(law.conforms, String(law.a), figures.join(' '));
    }),
    '',
    'engines',
    ...engines.map(({ engine, backend, usable, why }) =>
      line(usable, backend ? `${engine} ${backend}` : engine, wrap(why, 80, indent).trimStart(), engine === 'wasm'),
    ),
    '',
    'bits that every machine must have (SHA-256)',
    ...bits.map(({ name, sha256, expected, same }) =>
      line(same, name, same ? sha256.slice(0, 16) : `${sha256.slice(0, 16)}, expected ${expected.slice(0, 16)}`),
    ),
    ...(bits.length === 0 ? [line(false, 'all', 'not computed: the kernel does not start')] : []),
    '',
    healthy ? 'All is well.' : 'Something is wrong: see the lines with FAIL.',
  ];
  return `${lines.join('\n')}\n`;
}
