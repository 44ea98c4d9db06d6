/** The program: commands and flags, checked strictly. */
import { Command, CommanderError, Option } from 'commander';
import type { TypedAugmentOptions } from './augment-options.ts';
import type { TypedDoctorOptions } from './doctor-options.ts';
import { usageError } from './errors.ts';
import {
  augmentExamples,
  augmentFlagHelp,
  doctorExamples,
  doctorFlagHelp,
  examples,
  flagHelp,
  purpose,
  runExamples,
} from './help.ts';
import { flag, type TypedOptions } from './options.ts';

export interface ProgramOptions {
  readonly version: string;
  /** What `mixup run` does. */
  readonly run: (names: readonly string[], typed: TypedOptions) => Promise<void>;
  /** What `mixup doctor` does. */
  readonly doctor: (typed: TypedDoctorOptions) => Promise<void>;
  /** What `mixup augment` does. */
  readonly augment: (files: readonly string[], typed: TypedAugmentOptions) => Promise<void>;
  readonly writeOut: (text: string) => void;
  /** Characters across, for the help. */
  readonly width: number;
}

const values: Readonly<Record<Exclude<keyof typeof flagHelp, 'json' | 'quiet'>, string>> = {
  trials: '<n>',
  seed: '<n>',
  alpha: '<number>',
  epochs: '<n>',
  batchSize: '<n>',
  mixSize: '<n>',
  hidden: '<list>',
  learningRate: '<number>',
  arms: '<list>',
  protocol: '<name>',
  engine: '<name>',
  backend: '<name>',
  model: '<name>',
  workers: '<n>',
  out: '<folder>',
};

/**
 * Run the command line.
 *
 * @param words what was typed after the program's name
 * @throws a usage error with one line where the words make no command; what `run` throws
 */
export async function runProgram(words: readonly string[], options: ProgramOptions): Promise<void> {
  if (words.length === 0) throw usageError('no command given; for instance: mixup run iris, or see mixup --help');
  const program = createProgram(options);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version come this way too, when all is written.
    if (error.exitCode !== 0) throw usageError(describe(error, words[0]), error);
  }
}

function createProgram({ version, run, doctor, augment, writeOut, width }: ProgramOptions): Command {
  const program = new Command('mixup')
    .description(purpose)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut,
      // Errors are thrown, and told by who catches them.
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => width,
      getOutHasColors: () => false,
    })
    .addHelpText('after', examples);

  const command = program
    .command('run')
    .summary('run experiments: paired trials of mixup against its controls')
    .description(
      'Run experiments: paired trials of mixup against its controls, a table, a chart and a verdict for each.',
    )
    .argument('[datasets...]', 'data sets to run on, at least one')
    .helpOption('-h, --help', 'print this help')
    .action((names: string[], typed: TypedOptions) => run(names, typed));
  for (const [key, value] of Object.entries(values)) {
    command.addOption(valueOption(key, value, flagHelp[key as keyof typeof values]));
  }
  command.option('--json', flagHelp.json).option('-q, --quiet', flagHelp.quiet).addHelpText('after', runExamples);

  const augmenting = program
    .command('augment')
    .summary('write a CSV file with mixed rows beside its own')
    .description('Write a CSV file with mixed rows beside its own, in memory that does not grow with it.')
    .argument('[file]', 'a CSV file with a header line, or - for stdin')
    .helpOption('-h, --help', 'print this help')
    .action((file: string | undefined, typed: TypedAugmentOptions) => augment(file === undefined ? [] : [file], typed));
  for (const [key, [value, help]] of Object.entries(augmentFlagHelp)) {
    augmenting.addOption(valueOption(key, value, help));
  }
  augmenting.option('-q, --quiet', flagHelp.quiet).addHelpText('after', augmentExamples);

  program
    .command('doctor')
    .summary('check the sampler, the engines and the bits of this machine')
    .description('Check what results here rest on: the Beta sampler, the engines, and the bits of a fixed training.')
    .helpOption('-h, --help', 'print this help')
    .addOption(valueOption('draws', '<n>', doctorFlagHelp.draws))
    .addOption(valueOption('seed', '<n>', doctorFlagHelp.seed))
    .option('--json', doctorFlagHelp.json)
    .addHelpText('after', doctorExamples)
    .action((typed: TypedDoctorOptions) => doctor(typed));
  return program;
}

const commands: readonly string[] = ['run', 'augment', 'doctor'];

/** A flag with a value, which may be given once: of two values one would be ignored in silence. */
function valueOption(key: string, value: string, help: string): Option {
  const short = key === 'out' ? '-o, ' : '';
  return new Option(`${short}${flag(key)} ${value}`, help).argParser((text: string, before: string | undefined) => {
    if (before !== undefined) throw usageError(`${flag(key)} is given twice; give it once`);
    return text;
  });
}

/** Commander's message in our form: "unknown option --alhpa; did you mean --alpha?" */
function describe(error: CommanderError, command = ''): string {
  // What commander answers with its help: nothing at all, or `help` with a command that is not there.
  if (error.code === 'commander.help') return 'no such command; for instance: mixup run iris, or see mixup --help';
  const message = error.message.replace(/^error: /, '').replaceAll("'", '');
  const [what, meant] = message.split(/\n\(Did you mean /);
  if (meant !== undefined) return `${what}; did you mean ${meant.replace(/\?\)$/, '?')}`;
  const help = commands.includes(command) ? `mixup ${command} --help` : 'mixup --help';
  return `${what}; see ${help}`;
}
