/** Presets: mixup as well-known libraries do it, so that with their lambdas and partners come their blends and labels. */

import { checkOptions } from './check-options.ts';
import type { MixMethod } from './method.ts';
import { mixup } from './mixup.ts';
import { cMixup } from './near-mixup.ts';
import { flipPairing, permutationPairing, rollPairing } from './pairing.ts';
import { regMixup } from './reg-mixup.ts';
import { remix } from './remix.ts';
import type { RowsLike } from './rows.ts';

/** What a preset stands for. */
export interface Preset {
  readonly method: MixMethod;
  /** What `smoothLabels` is to spread over all classes, before or after the mix: 0.1 in timm, 0 elsewhere. */
  readonly smoothing: number;
}

/** What may be changed in a preset, and what some need. */
export interface PresetOptions {
  /** Both shapes of the Beta distribution, >= 0; default that of the library. */
  readonly alpha?: number;
  /** The chance to mix at all, in [0, 1], default 1. */
  readonly p?: number;
  /** [rows] the class of every row of the source, an integer >= 0: needed by `remix`. */
  readonly classes?: ArrayLike<number>;
  /** [rows, size] or [rows] the labels of every row of the source: needed by `cmixup`. */
  readonly targets?: RowsLike | ArrayLike<number>;
  /** Of the kernel of `cmixup`, > 0; default from the labels. */
  readonly bandwidth?: number;
}

type Blending = Pick<PresetOptions, 'alpha' | 'p'>;
/** Looked at by the presets that need it alone, so that one set of options does for a name that is chosen later. */
type Data = { readonly [K in keyof Omit<PresetOptions, keyof Blending>]: PresetOptions[K] | undefined };

const batch = { lambdaPer: 'batch' } as const;
const timm = { alpha: 1, pairing: flipPairing };

const table = {
  // facebookresearch/mixup-cifar10
  paper: (options) => mixup({ alpha: 1, ...batch, ...options }),
  // yu4u/mixup-generator: of 2B rows the first B meet the others
  article: (options) => firstHalves(options),
  // timm.data.Mixup(mode=...)
  'timm-batch': (options) => mixup({ ...timm, lambdaPer: 'batch', ...options }),
  'timm-pair': (options) => mixup({ ...timm, lambdaPer: 'pair', ...options }),
  'timm-elem': (options) => mixup({ ...timm, lambdaPer: 'row', ...options }),
  // torchvision.transforms.v2.MixUp
  torchvision: (options) => mixup({ alpha: 1, ...batch, pairing: rollPairing, ...options }),
  // keras.layers.MixUp
  keras: (options) => mixup({ alpha: 0.2, pairing: permutationPairing, ...options }),
  // fastai.callback.mixup.MixUp
  fastai: (options) => mixup({ alpha: 0.4, fold: true, ...options }),
  // composer.algorithms.MixUp, whose "mixing" is the share of the partner, at most 0.5
  composer: (options) => mixup({ alpha: 0.2, fold: true, ...batch, ...options }),
  // FrancescoPinto/RegMixup
  regmixup: (options) => regMixup(options),
  remix: (options, { classes }) =>
    remix({ alpha: 1, ...batch, ...options, classes: needed(classes, 'remix', 'classes') }),
  // huaxiuyao/C-Mixup
  cmixup: (options, { targets, bandwidth }) => {
    const kernel = bandwidth === undefined ? {} : { bandwidth };
    return cMixup({ ...options, ...kernel, targets: needed(targets, 'cmixup', 'targets') });
  },
} satisfies Record<string, (options: Blending, data: Data) => MixMethod>;

export type PresetName = keyof typeof table;

/** The names of all presets. */
export const presetNames = /* @__PURE__ */ Object.keys(table) as readonly PresetName[];

/**
 * Create the method of a preset.
 *
 * `article` takes the 2B rows of a batch and gives B mixed ones; `regmixup` gives 2B, the clean ones first.
 *
 * @throws RangeError when there is no such preset, an option is out of range, or one that it needs is missing
 * @example
 * const { method, smoothing } = createPreset('timm-batch', { alpha: 0.8 });
 * const plan = method(random, identity(256));
 * const [x, y] = [mixRows(features, plan), mixLabels(smoothLabels(labels, smoothing), plan)];
 */
export function createPreset(name: PresetName, options: PresetOptions = {}): Preset {
  if (!Object.hasOwn(table, name)) {
    throw new RangeError(`createPreset: name must be one of ${presetNames.join(', ')}, got ${String(name)}`);
  }
  checkOptions(options, ['alpha', 'p', 'classes', 'targets', 'bandwidth'], 'createPreset');
  const { classes, targets, bandwidth, ...blending } = options;
  return {
    method: table[name](blending, { classes, targets, bandwidth }),
    smoothing: name.startsWith('timm-') ? 0.1 : 0,
  };
}

function firstHalves({ alpha = 0.2, p = 1 }: Blending): MixMethod {
  const blend = mixup({ alpha, p, pairing: (_, index) => index });
  return (random, index) => {
    const half = index.length / 2;
    if (!Number.isInteger(half) || half === 0) {
      throw new RangeError(
        `article: a batch must have an even number of rows, two for each mixed one, got ${index.length}`,
      );
    }
    return { ...blend(random, index.slice(0, half)), partner: index.slice(half) };
  };
}

function needed<T>(value: T | undefined, preset: string, option: string): T {
  if (value === undefined)
    throw new RangeError(`createPreset: '${preset}' needs ${option}, one for each row of the source`);
  return value;
}
