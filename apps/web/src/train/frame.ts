/** Frames: all that there is to see of an experiment after so many epochs. Plain data, sent by the worker. */

export const armNames = ['baseline', 'mixup'] as const;

/** The two networks: they share their data, first weights and order, and differ in the mixing alone. */
export type ArmName = (typeof armNames)[number];

/** What is kept of each epoch, the one before all training among them. */
export interface History {
  readonly trainingLoss: readonly number[];
  readonly trainingAccuracy: readonly number[];
  readonly heldOutLoss: readonly number[];
  readonly heldOutAccuracy: readonly number[];
}

/** The part of the plane that is seen, in the units of the data. */
export interface Domain {
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
}

export type PointKind = 'given' | 'wrong' | 'added';

/** What lies in the plane, whatever the networks think of it. */
export interface Scene {
  readonly domain: Domain;
  readonly classNames: readonly string[];
  readonly featureNames: readonly string[];
  /** The training points. */
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly label: number;
    readonly kind: PointKind;
  }[];
  readonly heldOut: number;
}

/** A row as mixup made it: where it lies, what of, and how much of each. */
export interface MixedPoint {
  readonly x: number;
  readonly y: number;
  /** Of the first of the two. */
  readonly lambda: number;
  readonly from: { readonly x: number; readonly y: number; readonly label: number };
  readonly to: { readonly x: number; readonly y: number; readonly label: number };
}

/** What one network is like. */
export interface ArmFrame {
  readonly history: History;
  /** [surfaceSize * surfaceSize, classes], probabilities from the upper left corner, row by row. */
  readonly surface: Float32Array;
  /** The share of the picture where it is at least 90 % sure. */
  readonly sure: number;
  /** How many of the wrong labels it gives back. */
  readonly wrongLearnt: number;
}

export interface Frame {
  readonly epoch: number;
  readonly scene: Scene;
  readonly arms: Readonly<Record<ArmName, ArmFrame>>;
  /** The last full batch of the mixup network; none before the first epoch. */
  readonly mixed: readonly MixedPoint[];
  /** Held-out points that only the one network is right about. */
  readonly onlyRight: Readonly<Record<ArmName, number>>;
  /** The network that diverged in the epoch after this one: there are no more epochs. */
  readonly diverged: ArmName | undefined;
}

/** Points of a surface from side to side. */
export const surfaceSize = 61;

/** From here on a network is called sure. */
export const sureFrom = 0.9;
