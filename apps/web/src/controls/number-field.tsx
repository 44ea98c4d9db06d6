/** Number fields: typed, checked, and told in one line where they can't be. */
import { useEffect, useId, useState } from 'preact/hooks';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** 1 by default, so integers; 'any' for any number. */
  readonly step?: number | 'any';
  readonly onCommit: (value: number) => void;
  readonly hint?: string;
  readonly disabled?: boolean;
}

export function NumberField({ label, value, min, max, step = 1, onCommit, hint, disabled }: NumberFieldProps) {
  const id = useId();
  const [problem, setProblem] = useState('');
  const [text, setText] = useState(String(value));
  useEffect(() => {
    setText(String(value));
    setProblem('');
  }, [value]);

  const commit = (typed: string) => {
    setText(typed);
    const next = Number(typed);
    const fits = typed.trim() !== '' && next >= min && next <= max && (step === 'any' || Number.isInteger(next / step));
    setProblem(fits ? '' : `must be ${step === 1 ? 'an integer' : 'a number'} in [${min}, ${max}]`);
    if (fits && next !== value) onCommit(next);
  };
  const note = problem || hint;
  return (
    <div class="control">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        class="field"
        inputMode={step === 1 ? 'numeric' : 'decimal'}
        min={min}
        max={max}
        step={step}
        value={text}
        disabled={disabled}
        aria-invalid={problem !== ''}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => commit(event.currentTarget.value)}
      />
      {note && (
        <p class={problem ? 'control-problem' : 'control-hint'} id={`${id}-note`}>
          {problem ? `${label} ${problem}` : note}
        </p>
      )}
    </div>
  );
}
