/** The joint executor: several executors as one. */
import type { Executor } from './executor.ts';

/**
 * Join executors: threads and the thread that started them, this machine and others. Each trial goes to the first that
 * has room.
 *
 * @param executors at least one; closing the joint one closes them
 * @throws RangeError when there is none
 * @example
 * joinExecutors(await createThreadExecutor({ workers: 3 }), createInlineExecutor({ engine, load, pause }));
 */
export function joinExecutors(...executors: readonly Executor[]): Executor {
  if (executors.length === 0) throw new RangeError('joinExecutors: there must be at least 1 executor, got 0');
  const members = executors.map((executor) => ({ executor, room: executor.concurrency }));
  const concurrency = members.reduce((sum, { room }) => sum + room, 0);
  return {
    concurrency,
    run: async (config, trial) => {
      const member = members.find(({ room }) => room > 0);
      if (!member) throw new RangeError(`run: there must be at most ${concurrency} trials at once, got one more`);
      member.room--;
      try {
        return await member.executor.run(config, trial);
      } finally {
        member.room++;
      }
    },
    close: async () => {
      await Promise.all(executors.map((executor) => executor.close()));
    },
  };
}
