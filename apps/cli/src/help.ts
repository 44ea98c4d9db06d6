/** Help: what `--help` says. */
import { arms, backends, datasets, defaults, engineDefaults, engines, models, protocols } from './defaults.ts';

export const purpose = 'Does mixup help here, or is it only the extra steps? Paired trials and one honest verdict.';

export const examples = `
Examples:
  mixup run iris                      the article's experiment on Iris
  mixup run iris digits               both of the article's experiments
  mixup run digits --json > out.json  figures for a program
  mixup run --help                    every option, with its default
  mixup augment data.csv --target label -o out.csv
                                      the file with mixed rows beside its own
  mixup doctor                        check the sampler and the engines
  mixup playground                    see and touch mixup in a browser
`;

export const runExamples = `
Data sets:
${entries(datasets)}

Arms, the first four by default:
${entries(arms)}
The papers take --alpha 1 for cutmix, 2 for manifold and 10 to 20 for regmixup.

Protocols:
${entries(protocols)}

Models:
${entries({ ...models, 'FILE.js': 'a module whose default export is (tf, { shape, seed }) => model:' })}
           a tf.LayersModel for rows of shape.inputs that gives shape.outputs,
           all its chance from seed: no Dropout without one, no noise layers

Engines:
${entries(engines)}

Backends of TensorFlow.js:
${entries(backends)}

Table, chart and verdict (with --json one document) go to stdout, all else to
stderr. Files: manifest.json, trials.jsonl, summary.json, curves as SVG and PNG,
report.html. Equal options give equal results byte for byte, with any --workers.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted (what is finished
is kept, and the same command with --out FOLDER goes on).

Examples:
  mixup run iris --trials 200 --arms baseline,append,duplicate
  mixup run digits --protocol rigorous --alpha 1 --arms baseline,batch,cutmix
  mixup run iris --hidden 80,40 --epochs 60 --out my-run
  mixup run digits --model cnn --arms baseline,append
  mixup run iris --model ./my-model.js --engine tfjs --backend cpu
`;

/** One line for each flag of `mixup run`. */
export const flagHelp = {
  trials: `repetitions, each on a split of its own (default: ${defaults.trials})`,
  seed: `where all chance comes from, an integer >= 0 (default: ${defaults.seed})`,
  alpha: `both shapes of the Beta distribution of the mixing weights, >= 0 (default: ${defaults.alpha})`,
  epochs: `passes through the training rows (default: ${defaults.epochs})`,
  batchSize: `rows in a step (default: ${defaults.batchSize})`,
  mixSize: `rows that append and duplicate stack (default: ${defaults.mixSize.iris} for iris, ${defaults.mixSize.digits} for digits)`,
  hidden: `units of each hidden layer, as 80 or 80,40, or none (default: ${defaults.hidden})`,
  learningRate: `of Adam, > 0 (default: ${defaults.learningRate})`,
  arms: `what is compared, of the arms below (default: ${defaults.arms.join(',')})`,
  protocol: `how rows are split and scaled: ${Object.keys(protocols).join(' or ')} (default: ${defaults.protocol})`,
  engine: `what trains, of the engines below (default: ${engineDefaults.engine})`,
  backend: 'of TensorFlow.js, of the backends below (default: the first one that is there)',
  model: `what is trained, of the models below, or a file (default: ${engineDefaults.model})`,
  workers: 'threads that compute, a number or auto (default: auto, which is one where the work is small)',
  out: 'folder for the files (default: mixup-runs/<time>-<data sets>); that of an interrupted run goes on with it',
  json: 'print one JSON document on stdout and nothing else',
  quiet: 'say nothing on stderr but errors',
} as const;

export const augmentExamples = `
Columns are inferred in a first pass and told on stderr: numbers are blended,
whole numbers rounded, categories taken whole from one of the two rows (from the
own one with probability lambda; one draw serves all categories of a row). A
target that is a number is blended and never rounded, though all its values are
whole. A blend with a missing value is missing: an empty field, or the first text
of --missing.
Each row is followed by its mixtures. Partners are drawn, each alike and with
repetition, from a fair sample of the file's rows: all of them, up to --reservoir.
Memory grows neither with the rows nor with the columns nor with --ratio.
Spaces around a class do not count, nor does the form of whole numbers (1, 1.0).
Refused: ragged rows, NaN and infinite values, numbers that overflow (1e400), a
missing target, another encoding than UTF-8.
A file of --out is whole or as it was, Ctrl-C or not; a pipe or a device is
written into.

Examples:
  mixup augment data.csv --target label --ratio 1 --alpha 0.2 -o out.csv
  mixup augment houses.csv --target price --task regression > out.csv
  cat data.csv | mixup augment - --target label --labels hard --categorical zip
`;

/** One line for each flag of `mixup augment`, with what follows it. */
export const augmentFlagHelp = {
  target: ['<column>', 'the column to predict'],
  out: ['<file>', 'where to write, or - for stdout (default: -)'],
  ratio: ['<number>', 'mixed rows for each row, >= 0; of 0.5 every second row has one, by chance (default: 1)'],
  alpha: ['<number>', 'both shapes of the Beta distribution of lambda, >= 0 (default: 0.2)'],
  seed: ['<n>', 'where all chance comes from, an integer >= 0 (default: 0)'],
  task: [
    '<name>',
    'classification, regression, or auto: texts, and up to 20 whole numbers, are classes (default: auto)',
  ],
  labels: [
    '<form>',
    'of a class: soft, a column of weights for each, or hard, that of one of the two rows (default: soft)',
  ],
  categorical: ['<list>', 'columns that hold categories although they look like numbers'],
  missing: ['<list>', 'texts that stand for a missing value, beside nothing, NA, N/A, null, NULL and ?'],
  reservoir: ['<n>', 'rows to keep for partners (default: 10000, fewer for more than 419 columns)'],
  delimiter: ['<character>', 'what separates the columns, or tab (default: ,)'],
} as const;

export const doctorExamples = `
The sampler is held to Beta(alpha, alpha) for alpha from 0.001 to 1000: the
Kolmogorov-Smirnov distance at every draw, mean and variance, each within what
chance exceeds once in 1.7 million times. The digests are those of fixed draws,
a fixed mix and a fixed training, which have the same bits on every machine.
An engine that is missing is no failure, the kernel excepted.
Exit codes: 0 all is well, 1 something is wrong, 2 wrong usage.

Examples:
  mixup doctor
  mixup doctor --draws 1000000 --seed 7
  mixup doctor --json | jq .healthy
`;

/** One line for each flag of `mixup doctor`. */
export const doctorFlagHelp = {
  draws: 'draws for each alpha, an integer >= 100 (default: 20000)',
  seed: 'where the draws come from, an integer >= 0 (default: 0)',
  json: 'print one JSON document on stdout instead of the table',
} as const;

export const playgroundExamples = `
All is computed in the page. Only this machine can reach it; nothing is sent
anywhere. Ctrl-C ends it.

Examples:
  mixup playground
  mixup playground --port 8080 --no-open
`;

/** One line for each flag of `mixup playground`. */
export const playgroundFlagHelp = {
  port: 'where to serve it, in [1, 65535] (default: 4680, or any that is free)',
  open: 'print the address and open no browser, as where CI is set or stdout is no terminal',
} as const;

function entries(list: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(list).map((name) => name.length));
  return Object.entries(list)
    .map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)
    .join('\n');
}
