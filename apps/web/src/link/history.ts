/** History: the address bar as state. While something is dragged one entry changes; letting go makes a new one. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** 'drag' while a value is still on its way, 'commit' when it has arrived. */
export type Change = 'drag' | 'commit';

/**
 * Follow the address bar.
 *
 * @returns the hash, and a way to change it; the back button goes from commit to commit
 */
export function useHash(): readonly [hash: string, change: (hash: string, how: Change) => void] {
  const [hash, setHash] = useState(location.hash);
  /** What the entry under a drag was before the drag. */
  const before = useRef<string | undefined>(undefined);

  useEffect(() => {
    const follow = () => {
      before.current = undefined;
      setHash(location.hash);
    };
    // Both: popstate for the entries made here, hashchange for links and for what is typed.
    addEventListener('popstate', follow);
    addEventListener('hashchange', follow);
    // It may have changed after the page was drawn and before this.
    follow();
    return () => {
      removeEventListener('popstate', follow);
      removeEventListener('hashchange', follow);
    };
  }, []);

  const change = useCallback((next: string, how: Change) => {
    if (how === 'drag') {
      before.current ??= location.hash;
      history.replaceState(null, '', next);
    } else {
      const start = before.current ?? location.hash;
      before.current = undefined;
      // The entry gets back what it had before the drag, so that the back button leads there.
      history.replaceState(null, '', start || '#');
      if (next !== start) history.pushState(null, '', next);
    }
    setHash(next);
  }, []);

  return [hash, change];
}
