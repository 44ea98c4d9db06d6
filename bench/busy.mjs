/** How busy the machine is, whoever makes it so. */
import { readFileSync } from 'node:fs';

/** Of the kernel's clock: what Linux counts in, on all machines that Node runs on. */
const ticksPerSecond = 100;

/**
 * Tell how much processor time all processes have taken since the machine started.
 *
 * @returns {number | undefined} seconds, summed over cores; undefined where the system does not tell
 */
export function busyProcessorSeconds() {
  if (process.platform !== 'linux') return undefined;
  // cpu user nice system idle iowait irq softirq steal …; steal is what other guests of the host took.
  const [, ...ticks] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].trim().split(/\s+/);
  const [user, nice, system, , , irq, softirq, steal] = ticks.map(Number);
  return (user + nice + system + irq + softirq + steal) / ticksPerSecond;
}
