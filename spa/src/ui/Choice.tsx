import type { ReactNode } from "react";

import { cx } from "./cx";

interface SegmentedProps<T extends string> {
  legend: string;
  name: string;
  value: T;
  options: readonly { value: T; label: string; icon?: ReactNode; lang?: string }[];
  onChange: (value: T) => void;
}

/** A row of radio buttons that looks like one switch. */
export function Segmented<T extends string>({ legend, name, value, options, onChange }: SegmentedProps<T>) {
  return (
    <fieldset>
      <legend className="mb-2 font-bold">{legend}</legend>
      <div className="grid grid-cols-3 gap-2">
        {options.map((option) => (
          <label
            key={option.value}
            lang={option.lang}
            className={cx(
              "chunky relative mb-1 flex min-h-12 min-w-0 flex-col items-center justify-center gap-1 rounded-control border-2 px-1.5 py-2 text-center text-sm leading-tight font-bold sm:flex-row sm:gap-2 sm:text-base",
              "has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-(--focus)",
              option.value === value
                ? "border-chosen-line bg-chosen [--edge:var(--chosen-edge)]"
                : "border-line-strong bg-surface",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {option.icon}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SwitchProps {
  label: string;
  hint?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

export function Switch({ label, hint, isOn, onChange }: SwitchProps) {
  return (
    <label className="flex min-h-12 items-center justify-between gap-4 has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-(--focus)">
      <span>
        <span className="block font-bold">{label}</span>
        {hint !== undefined && <span className="block text-sm text-muted">{hint}</span>}
      </span>
      <input type="checkbox" role="switch" className="sr-only" checked={isOn} onChange={() => onChange(!isOn)} />
      <span
        aria-hidden
        className={cx(
          "flex h-8 w-14 shrink-0 items-center rounded-full border-2 px-0.5 transition-colors",
          isOn ? "justify-end border-primary-edge bg-primary" : "justify-start border-line-strong bg-sunken",
        )}
      >
        <span className={cx("size-6 rounded-full", isOn ? "bg-surface" : "bg-line-strong")} />
      </span>
    </label>
  );
}
