/** The settings of the Mix room: a link is data, a pair, a weight, a law, and a batch. */
import { choiceField, choicesField, integerField, numberField, type Values } from '../link/field.ts';
import { drawingField } from './drawing.ts';
import { pairingNames } from './pairings.ts';

/** Rows of Digits, the most that a link can name; where there are fewer, the last one is meant. */
const digitsRows = 1797;

const row = { min: 0, max: digitsRows - 1 };

/** What can be mixed; 'csv' is one's own file, whose content stays in the page. */
export const dataNames = ['digits', 'iris', 'moons', 'circles', 'spirals', 'csv'] as const;

export type DataName = (typeof dataNames)[number];

/** Parts of the room that can be folded. */
const partNames = ['weights', 'batch', 'pairings', 'intrusion'] as const;

export type PartName = (typeof partNames)[number];

export const fields = {
  data: choiceField('digits', dataNames),
  first: integerField(3, row),
  second: integerField(17, row),
  lambda: numberField(0.6, { min: 0, max: 1 }),
  alpha: numberField(0.2, { min: 0.05, max: 8 }),
  per: choiceField('row', ['row', 'batch']),
  pairing: choiceField('permutation', pairingNames),
  seed: integerField(0, { min: 0, max: 2 ** 32 - 1 }),
  /** In the place of the first digit, where it is not empty. */
  drawing: drawingField,
  /** The class that the drawing is said to be of. */
  drawn: integerField(0, { min: 0, max: 9 }),
  /** What is unfolded. */
  open: choicesField(['weights', 'batch'], partNames),
};

export type Settings = Values<typeof fields>;
