/** Rooms: what each is made of. A room is loaded when it is opened. */
import type { ComponentType } from 'preact';
import type { Field, Fields, Values } from './link/field.ts';
import type { Change } from './link/history.ts';
import type { ThemeName } from './shell/theme.ts';

export interface RoomProps<V> {
  /** The settings, checked: those of the address, or their defaults. They are the room's state; a link is all of them. */
  readonly values: V;
  /** Change settings: 'drag' while a control is held, 'commit' once it is let go. */
  readonly change: (patch: Partial<V>, how: Change) => void;
  /** The theme in force, for pictures that must be drawn in it. */
  readonly theme: ThemeName;
}

/** What the module of a room exports as `room`. */
export interface Room<V = Record<string, unknown>> {
  readonly fields: { readonly [K in keyof V]: Field<V[K]> };
  readonly View: ComponentType<RoomProps<V>>;
}

/** Put a room together, so that the view's settings have the types of the fields. */
export function defineRoom<F extends Fields>(fields: F, View: ComponentType<RoomProps<Values<F>>>): Room {
  return { fields, View } as unknown as Room;
}
