import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { browserCommand } from '../src/browser.ts';
import { parsePlaygroundOptions } from '../src/playground-options.ts';
import { mixup } from './bin.ts';

/** Run the playground, visit it, and interrupt it. */
async function visit(words: readonly string[], look: (url: string) => Promise<void>) {
  let visited: Promise<void> | undefined;
  let done = false;
  let stdout = '';
  const outcome = await mixup(['playground', ...words], {
    onStdout: (text) => {
      stdout = text;
      const [url] = /http:\S+/.exec(text) ?? [];
      if (url && /Ctrl-C/.test(text)) {
        visited ??= look(url).finally(() => {
          done = true;
        });
        // It is awaited below, when the process has ended.
        visited.catch(() => {});
      }
    },
    watch: (kill) => {
      if (done) kill('SIGINT');
      // Once: a second one would mean that it is not heard.
      done = false;
    },
  });
  await visited;
  return { ...outcome, url: /http:\S+/.exec(stdout)?.[0] };
}

/** What a server answers to a path as it stands, which fetch would tidy up. */
function askRaw(url: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    connect(Number(new URL(url).port), '127.0.0.1')
      .on('error', reject)
      .on('data', (chunk) => {
        text += chunk;
      })
      .on('end', () => resolve(text))
      .end(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
  });
}

test('the playground is served with all its files, to this machine alone, until Ctrl-C', async () => {
  const { exitCode, stderr, url } = await visit([], async (url) => {
    const page = await fetch(url);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await page.text();
    expect(html).toContain('<title>mixup playground</title>');
    const links = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, link]) => link as string);
    expect(links.length).toBeGreaterThan(2);
    for (const link of [...links, 'service-worker.js']) {
      const { status, headers } = await fetch(new URL(link, url));
      expect([link, status]).toEqual([link, 200]);
      expect(headers.get('content-type')).not.toBe('application/octet-stream');
    }
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    for (const path of ['/nothing.js', '/../main.js', '/..%2fmain.js', '/assets', '//etc/passwd', '/%00']) {
      expect([path, (await askRaw(url, path)).split('\r\n')[0]]).toEqual([path, 'HTTP/1.1 404 Not Found']);
    }
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(new URL(url as string).hostname).toBe('127.0.0.1');
});

test('a port that is taken is told in one line, and another one is found where none was asked for', async () => {
  const other = createServer(() => {});
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const { exitCode, stderr } = await mixup(['playground', '--port', String(port)]);
  expect(stderr).toBe(`mixup: port ${port} is taken; leave --port out for one that is free\n`);
  expect(exitCode).toBe(1);
  other.close();

  await visit([], async (first) => {
    await visit([], async (second) => {
      expect(second).not.toBe(first);
      expect((await fetch(second)).status).toBe(200);
    });
  });
});

test.each(['0', '65536', '-1', '80x', '', '1.5'])('--port %s is refused with one line', (port) => {
  expect(() => parsePlaygroundOptions({ port })).toThrow(
    `--port must be an integer in [1, 65535], got "${port}"; without it a free one is taken`,
  );
});

test.each(['darwin', 'win32', 'linux', 'freebsd'] as const)('the browser of %s is given the address', (platform) => {
  const [command, words] = browserCommand('http://127.0.0.1:1/', platform);
  expect(command).toMatch(/^(open|cmd|xdg-open)$/);
  expect(words.at(-1)).toBe('http://127.0.0.1:1/');
});
