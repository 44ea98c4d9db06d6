/** `@mixup/core/methods`: mixup's relatives, pairings that know the data, images, and presets. */
export { solveAssignment } from './assignment.ts';
export { otherClassPairing, sameClassPairing } from './class-pairing.ts';
export { type Box, boxLambda, cutBox, cutMix, type ImageSize, resizeMix } from './cut-mix.ts';
export { mixImages } from './images.ts';
export { kernelBandwidth, kernelPairing } from './kernel-pairing.ts';
export { manifoldMixup } from './manifold-mixup.ts';
export { chooseMethod, type MethodChoice, type MixMethod } from './method.ts';
export { cMixup, kMixup } from './near-mixup.ts';
export { createPreset, type Preset, type PresetName, type PresetOptions, presetNames } from './presets.ts';
export { regMixup } from './reg-mixup.ts';
export { type RemixOptions, remix } from './remix.ts';
export { transportPairing } from './transport-pairing.ts';
