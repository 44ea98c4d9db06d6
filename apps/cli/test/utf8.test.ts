import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkUtf8 } from '../src/utf8.ts';
import { emptyFolder, mixup } from './bin.ts';

describe('bytes pass as they are where they are UTF-8, wherever they are cut', () => {
  const text = 'a,é,€,𝄞\n';
  const bytes = Buffer.from(text);
  async function through(chunks: Buffer[]): Promise<Buffer> {
    const got: Buffer[] = [];
    for await (const chunk of checkUtf8(chunks, () => new Error('refused'))) got.push(chunk);
    return Buffer.concat(got);
  }

  test('every cut, and bytes one by one', async () => {
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect((await through([bytes.subarray(0, cut), bytes.subarray(cut)])).toString()).toBe(text);
    }
    expect((await through([...bytes].map((byte) => Buffer.from([byte])))).toString()).toBe(text);
  });

  test.each([
    ['Latin 1', [0x61, 0xe9, 0x0a]],
    ['Latin 1 at the end', [0x61, 0xe9]],
    ['a byte that goes on with nothing', [0x61, 0xa9]],
    ['two bytes for an ASCII character', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a character cut short', [0xf0, 0x9d, 0x84]],
  ])('%s is refused, wherever it is cut', async (_, codes) => {
    const wrong = Buffer.from(codes);
    for (let cut = 0; cut <= wrong.length; cut++) {
      await expect(through([bytes, wrong.subarray(0, cut), wrong.subarray(cut)])).rejects.toThrow('refused');
    }
  });
});

describe('augment refuses a file in another encoding, before anything is written', () => {
  let cwd: string;
  beforeAll(() => {
    cwd = emptyFolder();
  });
  afterAll(() => rmSync(cwd, { recursive: true }));
  const latin = Buffer.from('a,label\n1.5,caf\xe9\n2.5,caf\xe8\n3.5,x\n', 'latin1');
  const words = ['--target', 'label', '-q'];

  test('Latin 1, with the line and the way out', async () => {
    writeFileSync(join(cwd, 'latin.csv'), latin);
    const told = await mixup(['augment', 'latin.csv', ...words], { cwd });
    expect(told).toEqual({
      stdout: '',
      stderr:
        'mixup: latin.csv, line 2 must be UTF-8; convert the file, for instance: iconv -f latin1 -t utf-8 in.csv > out.csv\n',
      exitCode: 1,
    });
  });

  test('far behind the beginning', async () => {
    const far = Buffer.concat([Buffer.from(`a,label\n${'1.5,é\n'.repeat(50_000)}`), latin.subarray(8)]);
    writeFileSync(join(cwd, 'far.csv'), far);
    const { stderr } = await mixup(['augment', 'far.csv', ...words], { cwd });
    expect(stderr).toMatch(/^mixup: far\.csv, line 50002 must be UTF-8; /);
  });

  test('UTF-16, either end first', async () => {
    const little = Buffer.from('\ufeffa,label\n1.5,x\n2.5,y\n', 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      writeFileSync(join(cwd, 'wide.csv'), bytes);
      const { stdout, stderr, exitCode } = await mixup(['augment', 'wide.csv', ...words], { cwd });
      expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
      expect(stderr).toBe(
        'mixup: wide.csv must be UTF-8, and is UTF-16; convert the file, for instance: iconv -f utf-16 -t utf-8 in.csv > out.csv\n',
      );
    }
  });
});
