/**
 * How JavaScript tells the kernel where everything lies: byte offsets into the descriptor of a network, read by both
 * sides (the kernel's sources import this file too).
 *
 * A descriptor is a header and one record a layer. Record 0 stands for the input, so that the input of layer i is the
 * output of record i - 1. JavaScript writes it when it changes; the kernel allocates nothing and leaves all but
 * its sums, its count of steps and the factors of a step as it found them.
 */

/** i32: layers with weights. */
export const LAYERS = 0;
/** i32: bytes from a parameter to its first moment (Adam) or velocity (SGD). */
export const FIRST_MOMENT = 4;
/** i32: bytes from a parameter to its second moment. */
export const SECOND_MOMENT = 8;
/** i32: one of OPTIMIZER_… */
export const OPTIMIZER = 12;
/** pointer: labels of the batch, [batch, outputs], in the stride of the last layer. */
export const LABELS = 16;
/** pointer: the errors of one panel of columns, [batch, PANEL]. */
export const ERROR_PANEL = 20;
/** pointer: the gradient of one panel of columns, [inputs, PANEL]. */
export const GRADIENT_PANEL = 24;
/** pointer: one panel of a transposed kernel, [outputs, PANEL], or of a gradient, [PANEL, inputs]. */
export const TRANSPOSED_PANEL = 28;
/** pointer: PANEL zeros. */
export const ZEROS = 32;
/** pointer and bytes: all parameters of the network. */
export const PARAMETERS = 36;
export const PARAMETER_BYTES = 40;
/** i32: steps since the start; kept by the kernel. */
export const STEPS = 44;
/** f64, from here on. */
export const LEARNING_RATE = 48;
export const L2 = 56;
/** Adam's first decay; SGD's momentum. */
export const BETA1 = 64;
export const BETA2 = 72;
/** beta ** steps, multiplied on at each step. */
export const BETA1_POWER = 80;
export const BETA2_POWER = 88;
export const EPSILON = 96;
/** Results: sums over the rows of a call. */
export const LOSS_SUM = 104;
export const ACCURACY_SUM = 112;
/** f32: the factors of the step at hand, which the kernel puts down for itself. */
export const STEP_RATE = 120;
export const STEP_FIRST = 124;
export const STEP_SECOND = 128;
export const STEP_EPSILON = 132;
/** Twice L2. */
export const STEP_DECAY = 136;
/** Learning rate times weight decay: AdamW's share of itself that a parameter loses. */
export const STEP_DECOUPLED = 140;
/** i32, from here on: one of HEAD_… */
export const HEAD = 144;
/** pointer: f64 [rows of the data], sample weights; or 0. */
export const SAMPLE_WEIGHTS = 148;
/** pointer: f64 [batch], the weights of the batch, as mixed. */
export const ROW_WEIGHTS = 152;
/** pointer: f64 [steps], learning rates of the call; or 0 for LEARNING_RATE. */
export const RATES = 156;
/** pointer: i32 [steps], the layer that each step mixes at; or 0 for the input. */
export const MIX_LAYERS = 160;
/** pointers: [batch, units] outputs and errors of the layer that is mixed at; the kernel swaps them with that layer's own. */
export const MIXED_OUTPUT = 164;
export const MIXED_ERRORS = 168;
/** f64 */
export const WEIGHT_DECAY = 176;
/** pointers: f64 [rows of the plan], the plan's label lambdas, else 0 for its lambdas; and its weights, or 0. */
export const LABEL_LAMBDA = 184;
export const PLAN_WEIGHTS = 188;
/** pointer: i32 [rows of the plan, 4], boxes that are filled from the partner; or 0. */
export const BOXES = 192;
/** i32, from here on: the form of a row that is an image, and one of FILL_… */
export const IMAGE_HEIGHT = 196;
export const IMAGE_WIDTH = 200;
export const IMAGE_CHANNELS = 204;
export const FILL = 208;
/** pointer: i32 [batch / 32, rounded up, PANEL], which errors of one panel of columns are not 0: a bit for each row. */
export const ERROR_BITS = 212;
/** What the softmax head puts down for itself about four rows: f32 [4], i32 [4], f32 [4], f64 [4]. */
export const LANE_HIGHEST = 224;
export const LANE_PREDICTED = 240;
export const LANE_INVERSE = 256;
export const LANE_LOGARITHM = 272;
export const HEADER_BYTES = 320;

/** i32: units, without padding. Offsets from here on count from the start of a record. */
export const UNITS = 0;
/** i32: one of ACTIVATION_… */
export const ACTIVATION = 4;
/** pointer: [batch, units], what the layer gives. */
export const OUTPUT = 8;
/** pointer: [batch, units], the derivative of the batch's loss by what the layer gives before its activation. */
export const ERRORS = 12;
/** i32: bytes from row to row, of outputs and errors. */
export const STRIDE = 16;
/** pointer: panels of PANEL columns, each [inputs, PANEL], the last one with the padded units that are left. */
export const KERNEL = 20;
/** pointer: [units], padded to a multiple of 4. */
export const BIAS = 24;
/** pointer: [rows of the plan, padded units] float32, what the outputs are multiplied by in training; or 0. */
export const MASK = 28;
export const RECORD_BYTES = 64;

export const ACTIVATION_LINEAR = 0;
export const ACTIVATION_RELU = 1;
export const ACTIVATION_TANH = 2;

export const HEAD_SOFTMAX = 0;
export const HEAD_SIGMOID = 1;
export const HEAD_LINEAR = 2;

export const OPTIMIZER_SGD = 0;
export const OPTIMIZER_ADAM = 1;

export const FILL_CUT = 0;
export const FILL_RESIZE = 1;

/** What training answers: which numbers are no longer finite. */
export const ALL_FINITE = 0;
export const WEIGHTS_NOT_FINITE = 1;
export const MOMENTS_NOT_FINITE = 2;

/** Steps from one sweep of the moments to the next. From 1e-30 to the subnormal numbers it is 170 steps at a beta1 of 0.9. */
export const SWEEP_STEPS = 64;

/** Columns of a panel: two rows of them are the 8 sums that the kernel's loops keep in registers. */
export const PANEL = 16;

/** Rows that evaluation takes at a time, and the least a workspace holds. */
export const CHUNK = 48;

/** Bytes at the start of the memory that are not the heap's: address 0, which means "none", and the kernel's constants. */
export const RESERVED_BYTES = 320;
