/** The Train room. */
import { numberField } from '../link/field.ts';
import { defineRoom, type RoomProps } from '../room.ts';

const fields = { alpha: numberField(0.2, { min: 0, max: 8 }) };

function View({ values }: RoomProps<{ readonly alpha: number }>) {
  return <h1>Train at alpha {values.alpha}</h1>;
}

export const room = defineRoom(fields, View);
