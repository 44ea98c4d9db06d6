/** The browser of the person at this machine. */
import { spawn } from 'node:child_process';

/** Open an address in it. Where that fails the address was printed, so nothing is said. */
export function openInBrowser(url: string, platform: NodeJS.Platform): void {
  const [command, words] = browserCommand(url, platform);
  const child = spawn(command, words, { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}

export function browserCommand(url: string, platform: NodeJS.Platform): readonly [command: string, words: string[]] {
  switch (platform) {
    case 'darwin':
      return ['open', [url]];
    case 'win32':
      // The first word in quotes would be taken for a title.
      return ['cmd', ['/c', 'start', '""', url]];
    default:
      return ['xdg-open', [url]];
  }
}
