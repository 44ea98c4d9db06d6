/** What a reader can take along: the experiment as command, code and link, its figures as files. */
import { type ExperimentConfig, reproduceCommand } from '@mixup/experiments';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { isInNode } from './backend.ts';
import { experimentCode } from './code.ts';
import { saveFile } from './download.ts';
import type { Outcome } from './runner.ts';
import type { TrialPool } from './trial-pool.ts';

interface TakeawayProps {
  readonly config: ExperimentConfig;
  readonly outcome: Outcome | undefined;
  readonly pool: TrialPool;
}

export function Takeaway({ config, outcome, pool }: TakeawayProps) {
  const command = reproduceCommand(config) as string;
  const isTensorFlow = config.engine === 'tfjs';
  const isHereOnly = config.backend !== undefined && !isInNode(config.backend);
  const digest = useDigest(outcome, pool);
  return (
    <section class="takeaway" aria-labelledby="takeaway-title">
      <h2 id="takeaway-title">The same on your machine</h2>
      <p class="lede">
        {isHereOnly ? (
          <>The backend {config.backend} exists in browsers only, so there is no command that computes this.</>
        ) : isTensorFlow ? (
          <>
            The command line runs the same experiment on the same backend. TensorFlow.js may round otherwise in another
            browser or in Node, so hold its figures to these, not its bits.
          </>
        ) : (
          <>
            The command line computes what this page does, to the last bit. Its <code>summary.json</code> is the JSON
            below.
          </>
        )}
      </p>
      {!isHereOnly && (
        <pre class="command">{command.split(/ (?=--)/).flatMap((part) => [<span key={part}>{part}</span>, ' '])}</pre>
      )}
      <div class="buttons">
        {!isHereOnly && (
          <>
            <CopyButton text={() => command}>Copy as command</CopyButton>
            <CopyButton text={() => experimentCode(config)}>Copy as code</CopyButton>
          </>
        )}
        <CopyButton text={() => location.href}>Copy link</CopyButton>
        <Button
          disabled={!outcome?.complete}
          onPress={() => outcome && saveFile('summary.json', writeDocument(outcome))}
        >
          Download JSON
        </Button>
        <Button
          disabled={!outcome?.complete}
          onPress={async () => outcome && saveFile('trials.jsonl', await pool.formatTrials(outcome.trials))}
        >
          Download trials
        </Button>
      </div>
      <p class="facts" data-digest={digest}>
        {digest && (
          <>
            SHA-256 of <code>trials.jsonl</code>, {isTensorFlow ? 'here' : 'here and there'}:{' '}
            <code class="digest">{digest}</code>
          </>
        )}
      </p>
    </section>
  );
}

/** The document that `mixup run --json` prints, byte for byte. */
function writeDocument({ summary }: Outcome): string {
  return `${JSON.stringify({ schema: 1, experiments: [summary] }, null, 2)}\n`;
}

/** The digest of the trials, once all of them are in. */
function useDigest(outcome: Outcome | undefined, pool: TrialPool): string | undefined {
  const [digest, setDigest] = useState<string>();
  useEffect(() => {
    let current = true;
    setDigest(undefined);
    if (outcome?.complete) {
      pool.digestTrials(outcome.trials).then(
        (text) => current && setDigest(text),
        // The pool was closed.
        () => {},
      );
    }
    return () => {
      current = false;
    };
  }, [outcome, pool]);
  return digest;
}

function CopyButton({ text, children }: { readonly text: () => string; readonly children: string }) {
  const [told, setTold] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setTold('Copied');
    } catch {
      setTold('Not allowed here');
    }
    setTimeout(() => setTold(''), 1600);
  };
  return (
    <Button onPress={() => void copy()}>
      <span aria-live="polite">{told || children}</span>
    </Button>
  );
}
