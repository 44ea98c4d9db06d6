import { expect, test } from 'vitest';
import { arms } from '../src/defaults.ts';
import { explain } from '../src/errors.ts';
import { runProgram } from '../src/program.ts';

/** What a command line comes to: what was run, what was printed, what was told. */
async function outcome(...words: string[]) {
  const texts: string[] = [];
  let run: unknown;
  const options = {
    version: '1.2.3',
    width: 80,
    writeOut: (text: string) => void texts.push(text),
    run: async (names: readonly string[], typed: object) => {
      run = { names, typed };
    },
    augment: async (files: readonly string[], typed: object) => {
      run = { augment: files, typed };
    },
    doctor: async (typed: object) => {
      run = { doctor: typed };
    },
    playground: async (typed: object) => {
      run = { playground: typed };
    },
  };
  try {
    await runProgram(words, options);
  } catch (error) {
    return { out: texts.join(''), run, ...explain(error) };
  }
  return { out: texts.join(''), run, line: '', exitCode: 0 };
}

test('run takes data sets and flags in any order', async () => {
  const { run } = await outcome('run', '--alpha', '-1', 'iris', '--json', 'digits', '--batch-size=10');
  expect(run).toEqual({ names: ['iris', 'digits'], typed: { alpha: '-1', json: true, batchSize: '10' } });
});

test('doctor takes its flags, and its help names each', async () => {
  expect((await outcome('doctor', '--draws', '500', '--json')).run).toEqual({ doctor: { draws: '500', json: true } });
  const { out, exitCode } = await outcome('doctor', '--help');
  expect(exitCode).toBe(0);
  for (const text of ['--draws <n>', '--seed <n>', '--json', 'mixup doctor --json']) expect(out).toContain(text);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('playground takes its flags, and its help names each', async () => {
  const { run } = await outcome('playground', '--port', '8080', '--no-open');
  expect(run).toEqual({ playground: { port: '8080', open: false } });
  const { out, exitCode } = await outcome('playground', '--help');
  expect(exitCode).toBe(0);
  for (const text of ['--port <n>', '--no-open', 'mixup playground --port']) expect(out).toContain(text);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test.each([
  [['playground', '--prot', '1'], /^unknown option --prot; did you mean --port\?$/],
  [['playground', '--port', '1', '--port', '2'], /^--port is given twice; give it once$/],
  [['doctor', 'iris'], /^too many arguments for doctor.*; see mixup doctor --help$/],
  [['doctor', '--draw', '5'], /^unknown option --draw; did you mean --draws\?$/],
  [['doctor', '--seed', '1', '--seed', '2'], /^--seed is given twice; give it once$/],
  [['run', 'iris', '--alhpa', '1'], /^unknown option --alhpa; did you mean --alpha\?$/],
  [['run', 'iris', '--frobnicate'], /^unknown option --frobnicate; see mixup run --help$/],
  [['rnu', 'iris'], /^unknown command rnu; did you mean run\?$/],
  [['frobnicate'], /^unknown command frobnicate; see mixup --help$/],
  [['help', 'frobnicate'], /^no such command; .*mixup --help$/],
  [['--verison'], /^unknown option --verison; did you mean --version\?$/],
  [[], /^no command given; .*mixup --help$/],
  [['run', 'iris', '--alpha'], /^option --alpha <number> argument missing; see mixup run --help$/],
  [['run', 'iris', '--alpha', '1', '--alpha', '2'], /^--alpha is given twice; give it once$/],
  [['run', 'iris', '--js'], /^unknown option --js; /],
])('%j is refused with one line and exit code 2, and nothing is run', async (words, line) => {
  const told = await outcome(...words);
  expect(told.line).toMatch(line);
  expect(told).toMatchObject({ exitCode: 2, out: '', run: undefined });
});

test('help goes to stdout: purpose, examples, and for run every flag with its default', async () => {
  const top = await outcome('--help');
  expect(top).toMatchObject({ exitCode: 0, run: undefined });
  expect(top.out).toMatch(/mixup run iris digits/);
  const { out } = await outcome('run', '--help');
  const flags = [
    'trials',
    'seed',
    'alpha',
    'epochs',
    'batch-size',
    'mix-size',
    'hidden',
    'learning-rate',
    'arms',
    'protocol',
  ];
  for (const name of flags) expect(out).toMatch(new RegExp(`--${name} <[^]*?\\(default: `));
  for (const word of [...Object.keys(arms), 'rigorous', 'Examples:', '--json']) expect(out).toContain(word);
  for (const line of `${top.out}${out}`.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect((await outcome('help', 'run')).out).toBe(out);
});

test('--version prints the version', async () => {
  expect((await outcome('--version')).out).toBe('1.2.3\n');
});
