/** The pairings of @mixup/core by name: what each is called, and does. */
import {
  derangementPairing,
  flipPairing,
  halvesPairing,
  type Pairing,
  permutationPairing,
  type Rows,
  rollPairing,
} from '@mixup/core';
import { kernelPairing, otherClassPairing, sameClassPairing, transportPairing } from '@mixup/core/methods';

export const pairingNames = [
  'permutation',
  'derangement',
  'roll',
  'flip',
  'halves',
  'same-class',
  'other-class',
  'label-kernel',
  'transport',
] as const;

export type PairingName = (typeof pairingNames)[number];

/** Rows that optimal transport matches at a time. */
const block = 4;

export const pairingTexts: Readonly<Record<PairingName, { readonly title: string; readonly does: string }>> = {
  permutation: { title: 'Permutation', does: 'A random order of the batch; a row may meet itself. The authors’ code.' },
  derangement: { title: 'Derangement', does: 'A random order in which no row meets itself.' },
  roll: { title: 'Roll', does: 'Each row meets the one before it; nothing is drawn. As torchvision does.' },
  flip: { title: 'Flip', does: 'The first meets the last; nothing is drawn. As timm does.' },
  halves: { title: 'Halves', does: 'Two random halves meet each other, so rows come in couples.' },
  'same-class': { title: 'Same class', does: 'Only rows of one class meet: labels stay hard.' },
  'other-class': { title: 'Other class', does: 'Only rows of different classes meet: every label is mixed.' },
  'label-kernel': {
    title: 'Label kernel',
    does: 'The nearer the labels, the likelier. C-Mixup, made for regression: class numbers are taken as amounts here.',
  },
  transport: {
    title: 'Optimal transport',
    does: `Blocks of ${block} meet ${block} others over the least distance. k-mixup.`,
  },
};

/** What is known of the rows that are paired. */
export interface PairingSource {
  readonly features: Rows<Float64Array>;
  /** [rows] */
  readonly labels: Int32Array;
}

/** @throws RangeError where the data can't be paired so, say other classes where there is one */
export function createPairing(name: PairingName, { features, labels }: PairingSource): Pairing {
  switch (name) {
    case 'permutation':
      return permutationPairing;
    case 'derangement':
      return derangementPairing;
    case 'roll':
      return rollPairing;
    case 'flip':
      return flipPairing;
    case 'halves':
      return halvesPairing;
    case 'same-class':
      return sameClassPairing(labels);
    case 'other-class':
      return otherClassPairing(labels);
    case 'label-kernel':
      return kernelPairing(labels);
    case 'transport':
      return transportPairing(features, { k: block });
    default:
      return name satisfies never;
  }
}
