import { cx } from "./cx";

interface ProgressBarProps {
  value: number;
  max: number;
  label: string;
  className?: string;
}

export function ProgressBar({ value, max, label, className }: ProgressBarProps) {
  const share = max === 0 ? 0 : Math.min(1, value / max);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      className={cx("h-4 overflow-hidden rounded-full bg-line", className)}
    >
      <div
        className="relative h-full rounded-full bg-leaf transition-[width] duration-500 ease-[cubic-bezier(.3,1.4,.5,1)]"
        style={{ width: `${share * 100}%`, minWidth: value > 0 ? "1.2rem" : 0 }}
      >
        <span className="absolute inset-x-2 top-1 h-1 rounded-full bg-white/50" />
      </div>
    </div>
  );
}
