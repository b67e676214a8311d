import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useId, useState } from "react";

import { cx } from "./cx";

interface TextFieldProps extends Omit<ComponentProps<"input">, "id"> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Names of the button that shows the characters; only for passwords. */
  reveal?: { show: string; hide: string };
}

export function TextField({ label, hint, error, reveal, type = "text", className, ...rest }: TextFieldProps) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  const described = [hint === undefined ? null : `${id}-hint`, error === undefined ? null : `${id}-error`]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={cx("grid gap-1.5", className)}>
      <label htmlFor={id} className="cursor-default font-bold">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          type={reveal !== undefined && isShown ? "text" : type}
          className={cx("field", reveal !== undefined && "pr-13")}
          aria-invalid={error !== undefined}
          {...(described === "" ? {} : { "aria-describedby": described })}
          {...rest}
        />
        {reveal !== undefined && (
          <button
            type="button"
            className="absolute inset-y-1 right-1 grid w-11 place-items-center rounded-xl text-muted hover:text-text"
            aria-label={isShown ? reveal.hide : reveal.show}
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? <EyeOff className="size-5" aria-hidden /> : <Eye className="size-5" aria-hidden />}
          </button>
        )}
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-sm font-bold text-bad-ink">
          {error}
        </p>
      )}
    </div>
  );
}
