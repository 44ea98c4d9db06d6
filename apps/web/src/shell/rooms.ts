/** The rooms of the playground, in the order of their tabs. */
import type { Room } from '../room.ts';

export interface RoomEntry {
  readonly title: string;
  /** One line for the tab, and for the page's title. */
  readonly about: string;
  readonly load: () => Promise<{ readonly room: Room }>;
}

export const rooms: Readonly<Record<string, RoomEntry>> = {
  mix: { title: 'Mix', about: 'two examples become one', load: () => import('../mix/room.tsx') },
  train: { title: 'Train', about: 'two networks, one of them on mixtures', load: () => import('../train/room.tsx') },
  compare: { title: 'Compare', about: 'whether it helps', load: () => import('../compare/room.tsx') },
};

export const firstRoom = 'mix';
