/** `mixup run` from end to end: the built program, in processes of its own. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyFolder, mixup } from './bin.ts';

let folder: string;
beforeAll(() => {
  folder = emptyFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Five trials of ten epochs: some tens of milliseconds of training. */
const short = ['run', 'iris', '--trials', '5', '--epochs', '10'];
const trialsOf = (out: string) => readFileSync(join(out, 'trials.jsonl'), 'utf8').trim().split('\n');
const fileOf = (out: string, name: string) => readFileSync(join(out, name), 'utf8');
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what escape codes begin with
const escapeCode = /\x1b/;

describe('a run', () => {
  test('prints table, chart and verdict on stdout, and where the files are on stderr', async () => {
    const out = join(folder, 'plain');
    const { stdout, stderr, exitCode } = await mixup([...short, '--out', out]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^iris {2}article protocol · 5 trials · 120 rows to train on, 30 held out · seed 0\n/);
    expect(stdout).toMatch(/^ {2}baseline +\d+\.\d % \[.*\] .*epoch \d+ +40$/m);
    expect(stdout).toMatch(/^ {2}append +\d+\.\d % .* 50$/m);
    expect(stdout).toMatch(/[\u2801-\u28ff]{5}/);
    expect(stdout.trimEnd().replace(/\s+/g, ' ')).toContain(
      JSON.parse(fileOf(out, 'summary.json')).experiments[0].verdict.slice(1),
    );
    expect(stderr).toContain(out);
    expect(stderr + stdout).not.toMatch(escapeCode);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('leaves manifest, trials, summary, pictures and report', () => {
    const files = readdirSync(join(folder, 'plain'));
    for (const file of ['manifest.json', 'trials.jsonl', 'summary.json', 'iris.svg', 'iris.png', 'report.html']) {
      expect(files).toContain(file);
    }
    expect(trialsOf(join(folder, 'plain'))).toHaveLength(5);
  });

  test('has a report whose command gives the same trials again', async () => {
    const [, command = ''] =
      fileOf(join(folder, 'plain'), 'report.html').match(/<pre><code>npx mixup (.*?)<\/code>/) ?? [];
    const words = command.replace(/<[^>]*>/g, '').split(' ');
    expect(words.slice(0, 2)).toEqual(['run', 'iris']);
    const again = join(folder, 'again');
    expect((await mixup([...words, '--out', again])).exitCode).toBe(0);
    expect(trialsOf(again)).toEqual(trialsOf(join(folder, 'plain')));
  });

  test('makes a folder under mixup-runs where none is named', async () => {
    const cwd = emptyFolder();
    const { exitCode, stderr } = await mixup([...short, '--arms', 'baseline,append'], { cwd });
    expect(exitCode).toBe(0);
    const [run] = readdirSync(join(cwd, 'mixup-runs'));
    expect(run).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-iris$/);
    expect(stderr).toContain(join('mixup-runs', run ?? '?'));
    rmSync(cwd, { recursive: true });
  });

  test('is silent on stderr with --quiet', async () => {
    expect((await mixup([...short, '--quiet', '--out', join(folder, 'quiet')])).stderr).toBe('');
  });

  test('is coloured by FORCE_COLOR, and not where NO_COLOR is set', async () => {
    const args = [...short, '--out', join(folder, 'coloured')];
    expect((await mixup(args, { env: { FORCE_COLOR: '1' } })).stdout).toMatch(escapeCode);
    expect((await mixup(args, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toMatch(escapeCode);
    expect((await mixup(args, { env: { CI: 'true' } })).stdout).not.toMatch(escapeCode);
  });

  test('gives the same bytes with 1 and with 2 workers', async () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const first = await mixup([...short, '--workers', '1', '--out', one]);
    const second = await mixup([...short, '--workers', '2', '--out', two]);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(second.stdout).toBe(first.stdout);
    expect(trialsOf(two).sort()).toEqual(trialsOf(one).sort());
    expect(fileOf(two, 'summary.json')).toBe(fileOf(one, 'summary.json'));
    expect(fileOf(two, 'iris.svg')).toBe(fileOf(one, 'iris.svg'));
  });
});

describe('--json', () => {
  test('prints one document and nothing else, with every key that is promised', async () => {
    const words = ['run', 'iris', 'digits', '--trials', '2', '--epochs', '2', '--json', '--out', join(folder, 'json')];
    const { stdout, exitCode } = await mixup(words);
    expect(exitCode).toBe(0);
    const document = JSON.parse(stdout);
    expect(document).toEqual(JSON.parse(fileOf(join(folder, 'json'), 'summary.json')));
    expect(document.schema).toBe(1);
    expect(document.experiments.map((one: { dataset: string }) => one.dataset)).toEqual(['iris', 'digits']);
    const fraction = expect.toSatisfy((n: unknown) => typeof n === 'number' && n >= 0 && n <= 1);
    const number = expect.any(Number);
    for (const experiment of document.experiments) {
      expect(experiment).toMatchObject({ protocol: 'article', trials: 2, seed: 0, engine: 'wasm' });
      expect(Object.keys(experiment.arms)).toEqual(['baseline', 'append', 'duplicate', 'batch']);
      for (const arm of Object.values(experiment.arms)) {
        expect(arm).toMatchObject({
          finalAccuracy: { mean: fraction, ci95: [number, number] },
          accuracyByEpoch: [fraction, fraction],
          steps: expect.toSatisfy((n: unknown) => Number.isInteger(n) && (n as number) > 0),
        });
      }
      const pairs = experiment.comparisons.map((one: { arm: string; against: string }) => [one.arm, one.against]);
      expect(pairs).toContainEqual(['append', 'duplicate']);
      for (const comparison of experiment.comparisons) {
        expect(comparison).toMatchObject({ meanDifference: number, ci95: [number, number], p: fraction });
      }
    }
  });

  test('prints nothing on stdout when the run fails', async () => {
    const { stdout, exitCode } = await mixup(['run', 'iris', '--json', '--mix-size', '61'], { cwd: folder });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });
});

describe('what is wrong is told in one line, before anything is written', () => {
  test.each<[string[], RegExp]>([
    [['run', 'iris', '--alhpa', '1'], /did you mean --alpha\?/],
    [['rnu', 'iris'], /did you mean run\?/],
    [['run'], /no data set given/],
    [['run', 'irsi'], /did you mean iris\?/],
    [['run', 'iris', '--alpha', '-1'], /--alpha must be >= 0/],
    [['run', 'iris', '--alpha', 'NaN'], /--alpha must be a number/],
    [['run', 'iris', '--trials', '0'], /--trials must be an integer/],
    [['run', 'iris', '--arms', 'apend'], /did you mean append\?/],
    [['run', 'iris', '--protocol', 'x'], /there are article and rigorous/],
    [['run', 'iris', '--mix-size', '61'], /--mix-size must be at most 60 for iris/],
    [['run', 'iris', 'digits', '--mix-size', '100'], /--mix-size must be at most 60 for iris/],
    [['run', 'digits', '--mix-size', '719'], /--mix-size must be at most 718 for digits/],
    [
      ['run', 'iris', '--hidden', '65536,65536'],
      /--hidden must make at most 357913941 weights, as many as fit into 4 GiB with their two moments, got 4295557123 for iris; /,
    ],
    [['run', 'digits', '--hidden', '20000,20000'], /--hidden must make at most .*, got 401520010 for digits; /],
    [['run', 'iris', '--engine', 'tfjs', '--hidden', '65536,65536'], /--hidden must make at most /],
    [[], /no command given/],
  ])('%j', async (words, line) => {
    const cwd = emptyFolder();
    const { stdout, stderr, exitCode } = await mixup(words, { cwd });
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^mixup: [^\n]+\n$/);
    expect(stderr).toMatch(line);
    expect(readdirSync(cwd)).toEqual([]);
    rmSync(cwd, { recursive: true });
  });

  test('a folder that cannot be written, before anything is computed', async () => {
    // /proc takes no folders from anybody, root included; nor does a path under a file.
    writeFileSync(join(folder, 'file'), '');
    for (const out of ['/proc/mixup-run', join(folder, 'file', 'run'), join(folder, 'file')]) {
      const { stdout, stderr, exitCode } = await mixup(['run', 'iris', '--trials', '100000', '--out', out]);
      expect(exitCode).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^mixup: [^\n]*--out[^\n]*\n$/);
      expect(stderr).not.toMatch(/ at |Error/);
    }
  });

  test('a folder with other things in it, which stay as they are', async () => {
    const out = join(folder, 'other');
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.txt'), 'ten years of work');
    const { stderr, exitCode } = await mixup([...short, '--out', out]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^mixup: [^\n]+\n$/);
    expect(readdirSync(out)).toEqual(['thesis.txt']);
  });

  test('the folder of a run with other options', async () => {
    const out = join(folder, 'plain');
    const before = fileOf(out, 'trials.jsonl');
    const { stderr, exitCode } = await mixup([...short, '--alpha', '1', '--out', out]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^mixup: [^\n]+\n$/);
    expect(fileOf(out, 'trials.jsonl')).toBe(before);
  });

  test('the stack is shown with MIXUP_DEBUG=1 alone', async () => {
    const { stderr } = await mixup(['run', 'irsi'], { env: { MIXUP_DEBUG: '1' } });
    expect(stderr).toMatch(/\n +at /);
  });
});

describe.each([
  ['SIGINT', 130, '1'],
  ['SIGINT', 130, '2'],
  ['SIGTERM', 143, '2'],
] as const)('%s, which exits with %i, on %s workers', (signal, code, workers) => {
  // Enough trials that the signal comes long before the last.
  const words = ['run', 'iris', '--trials', '150', '--arms', 'baseline,append', '--workers', workers];

  test('keeps what is finished, says how to go on, and going on gives the bytes of a run without a break', async () => {
    const name = `${signal}-${workers}`;
    const [broken, whole] = [join(folder, `${name}-broken`), join(folder, `${name}-whole`)];
    const trialsFile = join(broken, 'trials.jsonl');
    let sent = false;
    const first = await mixup([...words, '--out', broken], {
      watch: (kill) => {
        if (sent || !existsSync(trialsFile) || trialsOf(broken).length < 3) return;
        sent = true;
        kill(signal);
      },
    });
    expect(first.exitCode).toBe(code);
    expect(first.stdout).toBe('');
    const kept = trialsOf(broken);
    expect(kept.length).toBeGreaterThanOrEqual(3);
    expect(kept.length).toBeLessThan(150);
    expect(JSON.parse(fileOf(broken, 'summary.json')).experiments[0].trials).toBe(kept.length);
    expect(first.stderr).toContain(`mixup ${words.join(' ')} --out ${broken}`);

    const second = await mixup([...words, '--out', broken]);
    const unbroken = await mixup([...words, '--out', whole]);
    expect([second.exitCode, unbroken.exitCode]).toEqual([0, 0]);
    expect(second.stdout).toBe(unbroken.stdout);
    expect(trialsOf(broken).sort()).toEqual(trialsOf(whole).sort());
    expect(fileOf(broken, 'summary.json')).toBe(fileOf(whole, 'summary.json'));
  });
});

test.each(['1', '2'])('a training that diverges on %s workers names the data set and the flag', async (workers) => {
  const words = [...short, '--learning-rate', '1e30', '--workers', workers, '--out', join(folder, 'diverged')];
  const { stdout, stderr, exitCode } = await mixup(words);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr).toMatch(/^mixup: iris: [^\n]*no longer finite[^\n]*; lower --learning-rate, got 1e\+30\n$/);
});

test('a finished run is drawn again from its files', async () => {
  const out = join(folder, 'plain');
  const before = fileOf(out, 'trials.jsonl');
  const again = await mixup([...short, '--out', out]);
  expect(again.exitCode).toBe(0);
  expect(again.stdout).toMatch(/baseline/);
  expect(fileOf(out, 'trials.jsonl')).toBe(before);
});
