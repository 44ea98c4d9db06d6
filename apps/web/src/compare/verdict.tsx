/** The verdict: the answer in large letters, one paragraph for the article's way and one for the paper's. */
import type { Outcome } from './runner.ts';
import { describeExperiment, seconds } from './wording.ts';

export function Verdict({ outcome, stale }: { readonly outcome: Outcome | undefined; readonly stale: boolean }) {
  if (!outcome) return <p class="verdict verdict-none">The answer will stand here.</p>;
  const { summary, complete, durationMs } = outcome;
  // Whoever stops when the figures please would fool themselves: no verdict on the way.
  const isAnswer = complete || durationMs !== undefined;
  const answers = isAnswer ? summary.verdict.split('; ') : [];
  return (
    <div class={stale ? 'answer answer-stale' : 'answer'}>
      <div aria-live="polite">
        {isAnswer ? (
          groups(answers).map((answer, i) => (
            <p key={answer} class={i === 0 ? 'verdict' : 'verdict verdict-more'}>
              {sentence(answer)}
            </p>
          ))
        ) : (
          <p class="verdict verdict-none">No verdict before all trials are in.</p>
        )}
      </div>
      <p class="facts">
        {!complete && isAnswer && `Stopped after ${summary.trials} of ${summary.config.trials} trials · `}
        {describeExperiment(summary)}
        {complete && durationMs !== undefined && ` · computed here in ${seconds(durationMs)}`}
      </p>
    </div>
  );
}

/** The parts of the verdict that belong together: those up to where the paper's arm begins. */
function groups(answers: readonly string[]): string[] {
  const paper = answers.findIndex((answer) => answer.startsWith('batch '));
  if (paper <= 0) return [answers.join('; ')];
  return [answers.slice(0, paper).join('; '), answers.slice(paper).join('; ')];
}

/** With a capital, a full stop, and intervals that stay on one line. */
function sentence(text: string) {
  const whole = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`.replace(/-(?=\d)/g, '−');
  return whole.split(/(\[[^\]]*\])/).map((part) =>
    part.startsWith('[') ? (
      <span key={part} class="interval">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
