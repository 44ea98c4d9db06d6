/** The settings of the Mix room: a link is a pair, a weight and a law. */
import { integerField, numberField, type Values } from '../link/field.ts';

/** Rows of Digits. */
export const digitsRows = 1797;

const row = { min: 0, max: digitsRows - 1 };

export const fields = {
  first: integerField(3, row),
  second: integerField(17, row),
  lambda: numberField(0.6, { min: 0, max: 1 }),
  alpha: numberField(0.2, { min: 0.05, max: 8 }),
};

export type Settings = Values<typeof fields>;
