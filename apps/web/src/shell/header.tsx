/** The header: the name, the rooms as links, the theme. */
import { rooms } from './rooms.ts';
import type { ThemeName } from './theme.ts';

interface HeaderProps {
  /** The room that is open. */
  readonly room: string;
  /** Where rooms were left, by name. */
  readonly links: Readonly<Record<string, string>>;
  readonly theme: ThemeName;
  readonly toggleTheme: () => void;
}

export function Header({ room, links, theme, toggleTheme }: HeaderProps) {
  return (
    <header class="header">
      <button type="button" class="button skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <p class="wordmark">
        <svg class="wordmark-mark" viewBox="3 9 26 14" aria-hidden="true">
          <defs>
            <linearGradient id="wordmark-blend">
              <stop class="wordmark-from" />
              <stop class="wordmark-to" offset="1" />
            </linearGradient>
          </defs>
          <rect x="3" y="9" width="26" height="14" rx="7" fill="url(#wordmark-blend)" />
        </svg>
        mixup
      </p>
      <nav class="tabs" aria-label="Rooms">
        {Object.entries(rooms).map(([name, { title, about }]) => (
          <a
            key={name}
            class="tab"
            href={links[name] ?? `#/${name}?v=1`}
            aria-current={name === room ? 'page' : undefined}
            title={about}
          >
            {title}
          </a>
        ))}
      </nav>
      <button
        type="button"
        class="button theme"
        aria-label="Dark"
        aria-pressed={theme === 'dark'}
        onClick={toggleTheme}
      >
        <span aria-hidden="true">{theme === 'dark' ? '☾' : '☀'}</span>
        <span class="theme-name">Dark</span>
      </button>
    </header>
  );
}
