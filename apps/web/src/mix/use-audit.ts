/** The audit of what is set now: computed in a worker, the newest wish next. */

import type { Dataset } from '@mixup/datasets';
import { standardScaler } from '@mixup/datasets';
import { useEffect, useRef, useState } from 'preact/hooks';
import { openWorker, type WorkerHandle, WorkerLost } from '../worker/open.ts';
import type { AuditResult } from './audit.ts';
import type { AuditApi } from './audit-worker.ts';
import AuditWorker from './audit-worker.ts?worker';
import type { BatchSettings } from './batch.ts';
import type { PairingSource } from './pairings.ts';
import { isPictures } from './sources.ts';

interface Wish {
  readonly dataset: Dataset;
  readonly settings: BatchSettings;
}

export interface AuditState {
  /** What was audited last. */
  readonly done?: (Wish & { readonly result: AuditResult }) | undefined;
  /** Why it can't be. */
  readonly refused?: string | undefined;
  readonly busy: boolean;
  /** How often the worker was ended from outside. */
  readonly lost: number;
}

export function useAudit(dataset: Dataset, { alpha, per, pairing, seed }: BatchSettings): AuditState {
  const [state, setState] = useState<AuditState>({ busy: true, lost: 0 });
  const runner = useRef<ReturnType<typeof createAuditor> | undefined>(undefined);
  useEffect(() => {
    const auditor = createAuditor((change) => setState((old) => ({ ...old, ...change(old) })));
    runner.current = auditor;
    return auditor.close;
  }, []);
  useEffect(
    () => runner.current?.want({ dataset, settings: { alpha, per, pairing, seed } }),
    [dataset, alpha, per, pairing, seed],
  );
  return state;
}

type Update = (change: (old: AuditState) => Partial<AuditState>) => void;

function createAuditor(update: Update) {
  const handle = openWorker<AuditApi>((options) => new AuditWorker(options));
  let wanted: Wish | undefined;
  let busy = false;
  let closed = false;

  const run = async () => {
    busy = true;
    while (wanted && !closed) {
      const wish = wanted;
      wanted = undefined;
      await auditOne(handle, wish).then(
        (result) => update(() => ({ done: { ...wish, result }, refused: undefined })),
        (error: unknown) => {
          if (closed) return;
          if (error instanceof WorkerLost) {
            // Another worker does it again.
            wanted ??= wish;
            update(({ lost }) => ({ lost: lost + 1 }));
          } else update(() => ({ refused: error instanceof Error ? error.message : String(error), done: undefined }));
        },
      );
    }
    busy = false;
    if (!closed) update(() => ({ busy: false }));
  };
  return {
    want: (wish: Wish) => {
      wanted = wish;
      update(() => ({ busy: true }));
      if (!busy) void run();
    },
    close: () => {
      closed = true;
      handle.close();
    },
  };
}

function auditOne(handle: WorkerHandle<AuditApi>, { dataset, settings }: Wish): Promise<AuditResult> {
  const source = scaledForDistances(dataset);
  return handle.call((api) => api.audit(source, settings));
}

/** Pixels are of one scale; columns of points are brought to one. */
function scaledForDistances(dataset: Dataset): PairingSource {
  const { features, labels } = dataset;
  if (isPictures(dataset)) return { features, labels };
  const { data, shape } = standardScaler.transform(standardScaler.fit(features), features);
  return { features: { data: Float64Array.from(data), shape }, labels };
}
