/** The theme: the system's, until a reader chooses one. */
import { useCallback, useEffect, useState } from 'preact/hooks';

export type ThemeName = 'light' | 'dark';

const key = 'mixup-theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

function readChoice(): ThemeName | undefined {
  try {
    const choice = localStorage.getItem(key);
    return choice === 'light' || choice === 'dark' ? choice : undefined;
  } catch {
    // Storage is forbidden: the theme is the system's.
    return undefined;
  }
}

function keepChoice(choice: ThemeName): void {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // The choice holds for this page alone.
  }
}

/** @returns the theme in force, and a way to the other one */
export function useTheme(): readonly [theme: ThemeName, toggle: () => void] {
  const [choice, setChoice] = useState(readChoice);
  const [system, setSystem] = useState<ThemeName>(dark.matches ? 'dark' : 'light');
  const theme = choice ?? system;

  useEffect(() => {
    const follow = () => setSystem(dark.matches ? 'dark' : 'light');
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, []);
  useEffect(() => {
    if (choice) document.documentElement.dataset.theme = choice;
  }, [choice]);

  const toggle = useCallback(() => {
    const next = theme === 'dark' ? 'light' : 'dark';
    keepChoice(next);
    setChoice(next);
  }, [theme]);
  return [theme, toggle];
}
