import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Installed } from '../src/node/installed.ts';
import { describeEngines, loadTensorFlow } from '../src/node.ts';

/** Changes to what is installed, by package. */
const changes = vi.hoisted(() => new Map<string, object>());
vi.mock('../src/node/installed.ts', async (original) => {
  const real = await original<typeof import('../src/node/installed.ts')>();
  const findInstalled = (name: string): Installed | undefined => {
    if (name === '@tensorflow/tfjs-node') return undefined;
    const found = real.findInstalled(name);
    return found && { ...found, ...changes.get(name) };
  };
  return { ...real, findInstalled };
});
const wasm = '@tensorflow/tfjs-backend-wasm';
const cpu = '@tensorflow/tfjs-backend-cpu';
const broken = {
  load: () => {
    throw new Error("Cannot find module './dist/missing.js'\nRequire stack:\n- here");
  },
};
afterEach(() => changes.clear());

describe('a package that is installed and broken', () => {
  it('is passed over for the next backend, and the record says why', async () => {
    changes.set(wasm, broken);
    const { record } = await loadTensorFlow();
    expect(record.backend).toBe('cpu');
    expect(record.why).toEqual([
      expect.stringMatching(/^node: not installed/),
      "wasm: is installed, but does not load (Cannot find module './dist/missing.js'); install it again",
      expect.stringMatching(/^cpu: @tensorflow\/tfjs-backend-cpu/),
    ]);
  });

  it('is told in one line where it was asked for, or none is left, and described', async () => {
    for (const name of [wasm, cpu]) changes.set(name, broken);
    const line =
      /^loadTensorFlow: no TensorFlow\.js backend can be used \([^\n]*wasm: is installed, but does not load [^\n]*\)$/;
    await expect(loadTensorFlow({ backend: 'wasm' })).rejects.toThrow(line);
    await expect(loadTensorFlow()).rejects.toThrow(line);
    for (const { backend, usable, why } of await describeEngines()) {
      if (backend === 'wasm' || backend === 'cpu') {
        expect({ usable, why }).toEqual({
          usable: false,
          why: expect.stringMatching(/^is installed, but does not load/),
        });
      }
      expect(why).not.toBe('');
    }
  });

  it('without its .wasm files is passed over, and told in one line whenever it is asked for', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    changes.set(wasm, { folder: '/nowhere' });
    expect((await loadTensorFlow()).record.backend).toBe('cpu');
    const line = /^loadTensorFlow: no TensorFlow\.js backend can be used \(wasm: [^\n]+\)$/;
    for (let time = 0; time < 2; time++) await expect(loadTensorFlow({ backend: 'wasm' })).rejects.toThrow(line);
    vi.restoreAllMocks();
  });
});
