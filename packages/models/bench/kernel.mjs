/** What the kernel makes of one core: `pnpm run bench` (after `build`). */
import { createCase, figures, formatPeak, measure } from './measure.mjs';

const CASES = [
  { inputs: 64, hidden: [80], outputs: 10, batch: 30 },
  { inputs: 64, hidden: [80], outputs: 10, batch: 128 },
  { inputs: 4, hidden: [80], outputs: 3, batch: 30 },
  // Calls as short as can be: what interrupts a long one is counted.
  { inputs: 784, hidden: [512], outputs: 10, batch: 30, rows: 60 },
  { inputs: 784, hidden: [512], outputs: 10, batch: 128, rows: 128 },
];

const cases = CASES.map(createCase);
const { peak } = await measure(cases, { rounds: 40, roundMs: 25 });
const lines = cases.map((one) => figures(one, peak));
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ node: process.version, peak, cases: lines }));
} else {
  console.log(formatPeak(peak));
  for (const { name, usPerStep, gflops, share } of lines) {
    console.log(
      `${name.padEnd(24)} ${usPerStep.toFixed(1).padStart(8)} us a step  ${String(gflops).padStart(5)} GFLOP/s  ${(100 * share).toFixed(0).padStart(3)} % of peak`,
    );
  }
}
