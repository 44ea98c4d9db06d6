/** The two optimizers, as Keras computes them, on a run of parameters. */
import {
  BETA1,
  BETA1_POWER,
  BETA2,
  BETA2_POWER,
  EPSILON,
  FIRST_MOMENT,
  LEARNING_RATE,
  OPTIMIZER,
  OPTIMIZER_ADAM,
  SECOND_MOMENT,
} from '../src/wasm/descriptor';

/** Below this a moment counts as 0: what it moves is far below a float32's last bit, and subnormal numbers are slow. */
const TINY: f32 = 1e-30;

/** Count a step: Adam's corrections follow the number of steps. */
export function countStep(network: usize): void {
  store<f64>(network, load<f64>(network, BETA1_POWER) * load<f64>(network, BETA1), BETA1_POWER);
  store<f64>(network, load<f64>(network, BETA2_POWER) * load<f64>(network, BETA2), BETA2_POWER);
}

/**
 * Move parameters by their gradient.
 *
 * @param w `bytes` of float32, a multiple of 16; its moments lie FIRST_MOMENT and SECOND_MOMENT further on
 * @param g its gradient
 * @param decay added to the gradient, times w
 */
export function update(network: usize, w: usize, g: usize, bytes: usize, decay: f32): void {
  const m = w + <usize>load<i32>(network, FIRST_MOMENT);
  if (load<i32>(network, OPTIMIZER) === OPTIMIZER_ADAM) {
    adam(network, w, m, w + <usize>load<i32>(network, SECOND_MOMENT), g, bytes, decay);
  } else {
    sgd(network, w, m, g, bytes, decay);
  }
}

/** m += (g - m)(1 - beta1), v += (g^2 - v)(1 - beta2), w -= rate' m / (sqrt v + epsilon). */
function adam(network: usize, w: usize, m: usize, v: usize, g: usize, bytes: usize, decay: f32): void {
  const correction = sqrt(1 - load<f64>(network, BETA2_POWER)) / (1 - load<f64>(network, BETA1_POWER));
  const rate = f32x4.splat(<f32>(load<f64>(network, LEARNING_RATE) * correction));
  const first = f32x4.splat(<f32>(1 - load<f64>(network, BETA1)));
  const second = f32x4.splat(<f32>(1 - load<f64>(network, BETA2)));
  const epsilon = f32x4.splat(<f32>load<f64>(network, EPSILON));
  const tiny = f32x4.splat(TINY);
  const shrink = f32x4.splat(decay);
  for (let i: usize = 0; i < bytes; i += 16) {
    const wi = v128.load(w + i);
    const gi = f32x4.add(v128.load(g + i), f32x4.mul(shrink, wi));
    let mi = v128.load(m + i);
    mi = f32x4.add(mi, f32x4.mul(f32x4.sub(gi, mi), first));
    mi = v128.and(mi, f32x4.ge(f32x4.abs(mi), tiny));
    v128.store(m + i, mi);
    let vi = v128.load(v + i);
    vi = f32x4.add(vi, f32x4.mul(f32x4.sub(f32x4.mul(gi, gi), vi), second));
    v128.store(v + i, vi);
    const step = f32x4.div(f32x4.mul(mi, rate), f32x4.add(f32x4.sqrt(vi), epsilon));
    v128.store(w + i, f32x4.sub(wi, step));
  }
}

/** velocity = momentum velocity - rate g, w += velocity. */
function sgd(network: usize, w: usize, velocity: usize, g: usize, bytes: usize, decay: f32): void {
  const momentum = f32x4.splat(<f32>load<f64>(network, BETA1));
  const rate = f32x4.splat(<f32>load<f64>(network, LEARNING_RATE));
  const tiny = f32x4.splat(TINY);
  const shrink = f32x4.splat(decay);
  for (let i: usize = 0; i < bytes; i += 16) {
    const wi = v128.load(w + i);
    const gi = f32x4.add(v128.load(g + i), f32x4.mul(shrink, wi));
    let vi = f32x4.sub(f32x4.mul(momentum, v128.load(velocity + i)), f32x4.mul(rate, gi));
    vi = v128.and(vi, f32x4.ge(f32x4.abs(vi), tiny));
    v128.store(velocity + i, vi);
    v128.store(w + i, f32x4.add(wi, vi));
  }
}
