/** `mixup augment` from end to end: the built program, in processes of its own. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyFolder, mixup } from './bin.ts';

let folder: string;
beforeAll(() => {
  folder = emptyFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

type Row = Record<string, string>;
const rowsOf = (text: string): Row[] => parse(text, { columns: true });

/** Write a file and name it. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** People with an age that says who they are: 1000, 1001, …; height is a tenth of it. */
const count = 2500;
const people = [
  'age,height,city,note,label',
  ...Array.from({ length: count }, (_, i) => {
    const height = i % 10 === 3 ? '' : String((1000 + i) / 10);
    return `${1000 + i},${height},${['Rome', '"Oslo, N"', 'Bonn'][i % 3]},"line ${i}\nof two",${i % 3 === 2 ? 'yes' : 'no'}`;
  }),
].join('\n');

describe('a table with classes', () => {
  let path: string;
  let rows: Row[];
  let told: string;
  beforeAll(async () => {
    path = file('people.csv', people);
    const out = join(folder, 'out.csv');
    const { stdout, stderr, exitCode } = await mixup(['augment', path, '--target', 'label', '--alpha', '1', '-o', out]);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
    told = stderr;
    rows = rowsOf(readFileSync(out, 'utf8'));
  });
  const original = () => rows.filter((_, i) => i % 2 === 0);
  const mixed = () => rows.filter((_, i) => i % 2 === 1);

  test('has as many mixed rows as rows with --ratio 1, each after its own, which are as they were', () => {
    expect(rows).toHaveLength(2 * count);
    const source = rowsOf(people);
    for (const [i, row] of original().entries()) {
      const { label, ...features } = source[i] as Row;
      expect(row).toEqual({
        ...features,
        'label=no': label === 'no' ? '1' : '0',
        'label=yes': label === 'yes' ? '1' : '0',
      });
    }
  });

  test('labels become weights that sum to 1; their blend moves with the features', () => {
    for (const row of mixed()) expect(Number(row['label=no']) + Number(row['label=yes'])).toBe(1);
    const weights = mixed().map((row) => Number(row['label=yes']));
    // Rows of a class meet the other with chance 4/9, and almost surely with a lambda inside.
    const inside = weights.filter((weight) => weight > 0 && weight < 1).length / count;
    expect(Math.abs(inside - 4 / 9)).toBeLessThan(5 * Math.sqrt((4 * 5) / 81 / count));
  });

  test('whole numbers stay whole, blends stay among the rows, and partners are uniform over the file', () => {
    const ages = mixed().map((row) => Number(row.age));
    expect(ages.every((age) => Number.isInteger(age) && age >= 1000 && age < 1000 + count)).toBe(true);
    // Own and partner are independent and uniform, and lambda is: the mean is that of the file. Var <= that of uniform.
    const mean = ages.reduce((sum, age) => sum + age, 0) / count;
    expect(Math.abs(mean - (1000 + (count - 1) / 2))).toBeLessThan(5 * Math.sqrt(count ** 2 / 12 / count));
    // The regression of the blend on the own row has slope E lambda = 1/2; residual sd is below that of uniform.
    const centre = (count - 1) / 2;
    let [product, square] = [0, 0];
    for (const [i, age] of ages.entries()) {
      product += (i - centre) * (age - 1000 - centre);
      square += (i - centre) ** 2;
    }
    expect(Math.abs(product / square - 0.5)).toBeLessThan(5 / Math.sqrt(count));
  });

  test('a category comes whole from one of the two rows, with the note of the same row', () => {
    for (const { city, note } of mixed()) {
      const i = Number(/^line (\d+)\nof two$/.exec(note as string)?.[1]);
      expect(city).toBe(['Rome', 'Oslo, N', 'Bonn'][i % 3]);
    }
  });

  test('a blend with a missing value is missing: a share of 0.1 becomes 0.19', () => {
    const share = mixed().filter(({ height }) => height === '').length / count;
    expect(Math.abs(share - 0.19)).toBeLessThan(5 * Math.sqrt((0.19 * 0.81) / count));
    for (const { height, age } of mixed()) {
      // Rounding takes half a year at most.
      if (height !== '') expect(Math.abs(Number(height) - Number(age) / 10)).toBeLessThan(0.0500001);
    }
  });

  test('the schema that was inferred is told on stderr, and from what partners are drawn', () => {
    expect(told).toMatch(/people\.csv: 2500 rows, 5 columns$/m);
    expect(told).toMatch(/^ {2}age {5}whole numbers: blended and rounded$/m);
    expect(told).toMatch(/^ {2}height {2}numbers: blended$/m);
    expect(told).toMatch(/^ {2}city {4}categories \(3 levels\): taken from one of the two rows$/m);
    expect(told).toMatch(/^ {2}label {3}target, 2 classes: one column of weights each, from label=no on$/m);
    expect(told).toMatch(/partners drawn from all 2500 rows, lambda from Beta\(1, 1\)$/m);
    expect(told).toMatch(/^2500 rows and 2500 mixed ones are in .*out\.csv$/m);
  });

  test('the same seed writes the same bytes, by a pipe too; another seed writes others', async () => {
    const flags = ['--target', 'label', '--alpha', '1'];
    const want = readFileSync(join(folder, 'out.csv'), 'utf8');
    const piped = await mixup(['augment', '-', ...flags, '-q'], { stdin: people });
    expect(piped).toEqual({ stdout: want, stderr: '', exitCode: 0 });
    const other = await mixup(['augment', path, ...flags, '--seed', '1', '-q']);
    expect(other.exitCode).toBe(0);
    expect(other.stdout === want).toBe(false);
  });

  test('--labels hard keeps the column, and each label is one of the two rows', async () => {
    const { stdout } = await mixup(['augment', path, '--target', 'label', '--labels', 'hard', '--alpha', '1', '-q']);
    for (const { note, label } of rowsOf(stdout)) {
      const i = Number(/^line (\d+)/.exec(note as string)?.[1]);
      expect(label).toBe(i % 3 === 2 ? 'yes' : 'no');
    }
  });

  test.each([
    ['0', 0],
    ['2', 2],
    ['0.5', 0.5],
  ])('--ratio %s writes so many mixed rows for each', async (ratio, want) => {
    const { stdout } = await mixup(['augment', path, '--target', 'label', '--ratio', ratio, '-q']);
    const share = (rowsOf(stdout).length - count) / count;
    const slack = Number.isInteger(want) ? 1e-9 : 5 * Math.sqrt(0.25 / count);
    expect(Math.abs(share - want)).toBeLessThan(slack);
  });

  test('--alpha 0 mixes nothing: each mixed row is its own again', async () => {
    const { stdout } = await mixup(['augment', path, '--target', 'label', '--alpha', '0', '-q']);
    const all = rowsOf(stdout);
    for (let i = 0; i < all.length; i += 2) expect(all[i + 1]).toEqual(all[i]);
  });

  test('--reservoir keeps a fair sample: 50 partners are all that are met', async () => {
    const words = ['augment', path, '--target', 'age', '--task', 'regression', '--reservoir', '50', '--alpha', '1'];
    const { stdout, stderr } = await mixup([...words, '--categorical', 'height']);
    expect(stderr).toMatch(/a fair sample of 50 of the 2500 rows/);
    const notes = rowsOf(stdout).map(({ note }) => note);
    const foreign = new Set(notes.filter((note, i) => i % 2 === 1 && note !== notes[i - 1]));
    expect(foreign.size).toBeGreaterThan(45);
    expect(foreign.size).toBeLessThanOrEqual(50);
  });
});

test('--missing says what mixed rows have where a value is missing: the first of its texts', async () => {
  const path = file('gaps.csv', 'a,b,label\n-999,,x\n1.5,none,y\n-999,Rome,x\n2.5,Rome,y\n');
  const words = ['augment', path, '--target', 'label', '--alpha', '1', '--ratio', '20', '-q'];
  const { stdout } = await mixup([...words, '--missing', '-999,none']);
  const mixed = rowsOf(stdout).filter((_, i) => i % 21 > 0);
  for (const { a, b } of mixed) {
    expect(a).toMatch(/^(-999|1(\.\d+)?|2(\.\d+)?)$/);
    expect(b).toMatch(/^(-999|Rome)$/);
  }
  for (const name of ['a', 'b']) expect(new Set(mixed.map((row) => row[name])).has('-999')).toBe(true);
  const { stdout: without } = await mixup([...words, '--categorical', 'a']);
  expect(new Set(rowsOf(without).map(({ b }) => b))).toEqual(new Set(['', 'none', 'Rome']));
});

test('what overflows is a text among texts, and missing where --missing says so', async () => {
  const path = file('commits.csv', 'commit,a,label\n1e400,1.5,x\nfe12b,-1e999,y\n7e512,2.5,x\n');
  const words = ['augment', path, '--target', 'label', '--missing', '-1e999'];
  const { stdout, stderr, exitCode } = await mixup(words);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(stderr).toMatch(/^ {2}commit {2}categories \(3 levels\)/m);
  expect(stderr).toMatch(/^ {2}a {7}numbers: blended, missing: -1e999$/m);
  expect(rowsOf(stdout).filter((_, i) => i % 2 === 0)).toMatchObject([
    { commit: '1e400', a: '1.5' },
    { commit: 'fe12b', a: '-1e999' },
    { commit: '7e512', a: '2.5' },
  ]);
});

test('a target of many numbers is blended, and said to be taken for a number', async () => {
  const path = file(
    'houses.csv',
    `size;price\r\n${Array.from({ length: 40 }, (_, i) => `${i};${i * 2.5}`).join('\r\n')}\r\n`,
  );
  const { stdout, stderr, exitCode } = await mixup([
    'augment',
    path,
    '--target',
    'price',
    '--delimiter',
    ';',
    '--alpha',
    '1',
  ]);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^ {2}price {2}target, numbers: blended and never rounded$/m);
  expect(stderr).toMatch(/--task classification says else$/m);
  const rows: Row[] = parse(stdout, { columns: true, delimiter: ';' });
  expect(rows).toHaveLength(80);
  // Size is rounded, price is not.
  for (const { size, price } of rows) expect(Math.abs(Number(price) - 2.5 * Number(size))).toBeLessThanOrEqual(1.25);
  expect(rows.some(({ price }) => !Number.isInteger(Number(price) * 2))).toBe(true);
});

test('class ids are classes, in the order of numbers; --categorical holds codes together', async () => {
  const path = file(
    'ids.csv',
    `\ufeffzip,label\n${Array.from({ length: 30 }, (_, i) => `${10000 + i},${i % 11}`).join('\n')}`,
  );
  const { stdout } = await mixup(['augment', path, '--target', 'label', '--categorical', 'zip', '--alpha', '1', '-q']);
  expect(stdout.split('\n')[0]).toBe(['zip', ...Array.from({ length: 11 }, (_, i) => `label=${i}`)].join(','));
  const zips = new Set(rowsOf(stdout).map(({ zip }) => zip));
  expect([...zips].every((zip) => Number(zip) >= 10000 && Number(zip) < 10030)).toBe(true);
});

describe("what can't be mixed is refused in one line, and no file is left", () => {
  const label = ['--target', 'label'];
  test.each([
    [
      'a ragged row',
      'a,label\n1,x\n2\n',
      label,
      1,
      /bad\.csv, line 3: the row has another number of fields than the header \(1\)/,
    ],
    [
      'an unknown column',
      'a,label\n1,x\n2,y\n',
      ['--target', 'labl'],
      2,
      /bad\.csv has no column "labl"; did you mean label\?$/,
    ],
    [
      'an unknown category',
      'a,label\n1,x\n2,y\n',
      [...label, '--categorical', 'b'],
      2,
      /has no column "b"; did you mean a\?|has no column "b"; there are/,
    ],
    ['NaN', 'a,label\n1,x\nNaN,y\n', label, 1, /row 2: column "a" must hold no NaN; .*say --missing NaN$/],
    ['an infinite value', 'a,label\n1,x\n-inf,y\n', label, 1, /row 2: column "a" must hold no -inf/],
    [
      'a number that overflows',
      'a,label\n1.5,x\n-1e400,y\n',
      label,
      1,
      /bad\.csv, row 2: column "a" must hold no -1e400, which is beyond the largest number, 1\.8e308; mend it, or say --categorical a$/,
    ],
    [
      'a target that overflows by its digits',
      `a,label\n1.5,1\n2,${'9'.repeat(400)}\n`,
      [...label, '--task', 'regression'],
      1,
      /row 2: column "label" must hold no 9{19}…, which is beyond the largest number, /,
    ],
    ['a missing target', 'a,label\n1,x\n2,\n', label, 1, /row 2: the target "label" is missing; leave such rows out$/],
    [
      'a target of texts to blend',
      'a,label\n1,x\n2,y\n',
      [...label, '--task', 'regression'],
      2,
      /needs numbers, and the target "label" holds texts$/,
    ],
    ['one row', 'a,label\n1,x\n', label, 1, /must have at least 2 rows to mix, got 1$/],
    ['nothing', '', label, 1, /bad\.csv is empty/],
    [
      'an open quote',
      `a,label\n1,"x\n${'2,y\n'.repeat(10_000)}`,
      label,
      1,
      /bad\.csv, line 2: a quote opens there and is never closed$/,
    ],
    [
      'an open quote behind others',
      'a,label\r\n"1\r\n""2""",""\r\n3,"y\r\n""z"" of\r\n5,""\r\n',
      label,
      1,
      /bad\.csv, line 4: a quote opens there and is never closed$/,
    ],
    ['two columns of a name', 'a,a,label\n1,2,x\n2,3,y\n', label, 1, /two columns are named "a"; rename one$/],
    [
      'a column without a name',
      ',a,label\n0,2,x\n1,3,y\n',
      label,
      1,
      /column 1 of the header has no name; name it there, or write the file without it \(pandas: index=False\)$/,
    ],
    [
      'a column named as one of the weights',
      'label=x,label\n1,x\n2,y\n',
      label,
      1,
      /bad\.csv: the weights of the class "x" are to be in a column "label=x", and there is one; rename it, or say --labels hard$/,
    ],
  ])('%s', async (_, text, flags, code, line) => {
    const own = join(folder, 'bad');
    mkdirSync(own);
    const path = join(own, 'bad.csv');
    writeFileSync(path, text);
    const { stdout, stderr, exitCode } = await mixup(['augment', path, ...flags, '-o', join(own, 'out.csv'), '-q']);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: code });
    expect(stderr.trimEnd()).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(own)).toEqual(['bad.csv']);
    rmSync(own, { recursive: true });
  });

  test.each([
    [[], /^mixup: no file given; /],
    [['x.csv'], /^mixup: --target must name the column to predict/],
    [['there-is-none.csv', ...label], /^mixup: there is no file there-is-none\.csv\n$/],
    [['x.csv', ...label, '-o', 'x.csv'], /^mixup: --out must be another file than x\.csv/],
    [['x.csv', ...label, '--alpha', '-1'], /^mixup: --alpha must be a number in \[0, 10000\], got "-1"\n$/],
    [['x.csv', ...label, '--ratio', 'NaN'], /^mixup: --ratio must be a number in \[0, 1000\], got "NaN"\n$/],
    [['x.csv', ...label, '--labels', 'firm'], /^mixup: --labels must be soft or hard, got "firm"\n$/],
    [['x.csv', ...label, '--reservoir', '1'], /^mixup: --reservoir must be an integer in \[2, /],
    [['x.csv', ...label, '--delimiter', '||'], /^mixup: --delimiter must be one character, or tab, got "\|\|"\n$/],
    [['x.csv', ...label, '--alhpa', '1'], /^mixup: unknown option --alhpa; did you mean --alpha\?\n$/],
  ])('%j', async (words, line) => {
    const { stdout, stderr, exitCode } = await mixup(['augment', ...words], { cwd: folder });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toMatch(line);
  });

  test("an --out that can't be written", async () => {
    const path = file('fine.csv', 'a,label\n1,x\n2,y\n');
    const out = join(folder, 'no such folder', 'out.csv');
    const { stderr, exitCode } = await mixup(['augment', path, ...label, '-o', out, '-q']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^mixup: .*out\.csv can't be written: /);
  });
});
