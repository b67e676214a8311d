import { cx } from "@/ui/cx";

import { keyLabel } from "../useKeys";

/** The key that chooses this thing; shown only where there is likely a keyboard. */
export function KeyCap({ index, className }: { index: number; className?: string }) {
  const label = keyLabel(index);
  if (label === undefined) return null;
  return (
    <span
      aria-hidden
      className={cx(
        "hidden size-6 shrink-0 place-items-center rounded-md border border-line-strong text-xs font-bold text-muted pointer-fine:grid",
        className,
      )}
    >
      {label}
    </span>
  );
}
