/** Notices: one line about something that is not as it was asked for. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** Give it a key, so that the next notice is there again after this one was put away. */
export function Notice({ children }: { readonly children: ComponentChildren }) {
  const [open, setOpen] = useState(true);
  if (!open) return null;
  return (
    <div class="notice" role="status">
      <p>{children}</p>
      <button
        type="button"
        class="button notice-close"
        aria-label="Put this notice away"
        onClick={() => setOpen(false)}
      >
        ×
      </button>
    </div>
  );
}
