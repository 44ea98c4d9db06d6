/** The optimizers, as Keras computes them, on a run of parameters. */
import {
  BETA1,
  BETA1_POWER,
  BETA2,
  BETA2_POWER,
  EPSILON,
  FIRST_MOMENT,
  L2,
  LEARNING_RATE,
  OPTIMIZER,
  OPTIMIZER_ADAM,
  PARAMETER_BYTES,
  PARAMETERS,
  SECOND_MOMENT,
  STEP_DECAY,
  STEP_DECOUPLED,
  STEP_EPSILON,
  STEP_FIRST,
  STEP_RATE,
  STEP_SECOND,
  STEPS,
  SWEEP_STEPS,
  WEIGHT_DECAY,
} from '../src/wasm/descriptor';

/** Count a step, and put down its factors in float32: Adam's corrections follow the number of steps. */
export function beginStep(network: usize): void {
  store<i32>(network, load<i32>(network, STEPS) + 1, STEPS);
  const beta1 = load<f64>(network, BETA1);
  let rate = load<f64>(network, LEARNING_RATE);
  store<f32>(network, <f32>(rate * load<f64>(network, WEIGHT_DECAY)), STEP_DECOUPLED);
  if (load<i32>(network, OPTIMIZER) === OPTIMIZER_ADAM) {
    const beta2 = load<f64>(network, BETA2);
    const power1 = load<f64>(network, BETA1_POWER) * beta1;
    const power2 = load<f64>(network, BETA2_POWER) * beta2;
    store<f64>(network, power1, BETA1_POWER);
    store<f64>(network, power2, BETA2_POWER);
    rate *= sqrt(1 - power2) / (1 - power1);
    store<f32>(network, <f32>(1 - beta1), STEP_FIRST);
    store<f32>(network, <f32>(1 - beta2), STEP_SECOND);
    store<f32>(network, <f32>load<f64>(network, EPSILON), STEP_EPSILON);
  } else {
    store<f32>(network, <f32>beta1, STEP_FIRST);
  }
  store<f32>(network, <f32>rate, STEP_RATE);
  store<f32>(network, <f32>(2 * load<f64>(network, L2)), STEP_DECAY);
}

/**
 * Move entries of a kernel by their gradient and the one of l2 times their square.
 *
 * @param w `bytes` of float32, a multiple of 16; its moments lie FIRST_MOMENT and SECOND_MOMENT further on
 * @param g its gradient, changed where there is l2
 */
export function updateKernel(network: usize, w: usize, g: usize, bytes: usize): void {
  if (load<f32>(network, STEP_DECAY) !== 0) {
    const decay = v128.load32_splat(network, STEP_DECAY);
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(g + i, f32x4.add(v128.load(g + i), f32x4.mul(decay, v128.load(w + i))));
    }
  }
  update(network, w, g, bytes);
}

/** Move parameters by their gradient. */
export function update(network: usize, w: usize, g: usize, bytes: usize): void {
  const decoupled = load<f32>(network, STEP_DECOUPLED);
  if (decoupled !== 0) shrink(w, decoupled, bytes);
  const m = w + <usize>load<i32>(network, FIRST_MOMENT);
  if (load<i32>(network, OPTIMIZER) === OPTIMIZER_ADAM) {
    adam(network, w, m, w + <usize>load<i32>(network, SECOND_MOMENT), g, bytes);
  } else {
    sgd(network, w, m, g, bytes);
  }
}

/** w -= w share. */
function shrink(w: usize, share: f32, bytes: usize): void {
  const factor = f32x4.splat(share);
  for (let i: usize = 0; i < bytes; i += 16) {
    const wi = v128.load(w + i);
    v128.store(w + i, f32x4.sub(wi, f32x4.mul(wi, factor)));
  }
}

/** m += (g - m)(1 - beta1), v += (g^2 - v)(1 - beta2), w -= rate' m / (sqrt v + epsilon). */
function adam(network: usize, w: usize, m: usize, v: usize, g: usize, bytes: usize): void {
  const rate = v128.load32_splat(network, STEP_RATE);
  const first = v128.load32_splat(network, STEP_FIRST);
  const second = v128.load32_splat(network, STEP_SECOND);
  const epsilon = v128.load32_splat(network, STEP_EPSILON);
  for (let i: usize = 0; i < bytes; i += 16) {
    const gi = v128.load(g + i);
    let mi = v128.load(m + i);
    mi = f32x4.add(mi, f32x4.mul(f32x4.sub(gi, mi), first));
    v128.store(m + i, mi);
    let vi = v128.load(v + i);
    vi = f32x4.add(vi, f32x4.mul(f32x4.sub(f32x4.mul(gi, gi), vi), second));
    v128.store(v + i, vi);
    const step = f32x4.div(f32x4.mul(mi, rate), f32x4.add(f32x4.sqrt(vi), epsilon));
    v128.store(w + i, f32x4.sub(v128.load(w + i), step));
  }
}

/** velocity = momentum velocity - rate g, w += velocity. */
function sgd(network: usize, w: usize, velocity: usize, g: usize, bytes: usize): void {
  const momentum = v128.load32_splat(network, STEP_FIRST);
  const rate = v128.load32_splat(network, STEP_RATE);
  for (let i: usize = 0; i < bytes; i += 16) {
    const vi = f32x4.sub(f32x4.mul(momentum, v128.load(velocity + i)), f32x4.mul(rate, v128.load(g + i)));
    v128.store(velocity + i, vi);
    v128.store(w + i, f32x4.add(v128.load(w + i), vi));
  }
}

/** Below this a first moment counts as 0. */
const TINY: f32 = 1e-30;

/**
 * Every SWEEP_STEPS steps, set first moments below 1e-30 to 0: what they move is far below a float32's last bit, but where
 * a unit has died they shrink on into the subnormal numbers, which many processors are slow at, and stay there.
 * Counted from the network's first step, so that it makes no difference how steps are shared out to calls.
 */
export function sweepMoments(network: usize): void {
  if (load<i32>(network, STEPS) % SWEEP_STEPS !== 0) return;
  const start = load<usize>(network, PARAMETERS) + <usize>load<i32>(network, FIRST_MOMENT);
  const end = start + <usize>load<i32>(network, PARAMETER_BYTES);
  const tiny = f32x4.splat(TINY);
  for (let p = start; p < end; p += 16) {
    const m = v128.load(p);
    v128.store(p, v128.and(m, f32x4.ge(f32x4.abs(m), tiny)));
  }
}
