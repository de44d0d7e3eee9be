import type { ReactNode } from 'react';

interface ChoiceProps<Option extends string | number> {
  label: string;
  options: readonly Option[];
  /** Undefined: none yet. */
  chosen: Option | undefined;
  onChoose: (option: Option) => void;
  /** More than one line of them. */
  wraps?: true;
  /** Its name stands above it, as that of a field does. */
  named?: true;
  /** An option in words. */
  children: (option: Option) => ReactNode;
}

/** One of a few, all of them in sight. */
export function Choice<Option extends string | number>(props: ChoiceProps<Option>) {
  const { label, options, chosen, onChoose, wraps, named, children } = props;
  const buttons = (
    <div className="choice" role="group" aria-label={label} data-wraps={wraps}>
      {options.map((option) => (
        <button
          type="button"
          key={option}
          aria-pressed={option === chosen}
          onClick={() => {
            onChoose(option);
          }}
        >
          {children(option)}
        </button>
      ))}
    </div>
  );
  if (named === undefined) return buttons;
  return (
    <div className="field">
      <p className="field-name" aria-hidden="true">
        {label}
      </p>
      {buttons}
    </div>
  );
}
