/** Buttons: they do something here and now. What leads elsewhere is a link. */
import type { ComponentChildren } from 'preact';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  readonly kind?: 'plain' | 'main';
  readonly disabled?: boolean;
  /** For buttons that are in or out, as play and pause. */
  readonly pressed?: boolean;
}

export function Button({ children, onPress, kind = 'plain', disabled, pressed }: ButtonProps) {
  return (
    <button
      type="button"
      class={kind === 'main' ? 'button button-main' : 'button'}
      disabled={disabled}
      aria-pressed={pressed}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
