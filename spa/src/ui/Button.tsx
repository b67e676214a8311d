import type { ComponentProps } from "react";
import { Link } from "react-router";

import { cx } from "./cx";

export type Tone = "primary" | "sun" | "coral" | "leaf" | "plain";
type Size = "md" | "lg";

const TONES: Record<Tone, string> = {
  primary: "bg-primary text-on-primary [--edge:var(--primary-edge)]",
  sun: "bg-sun text-ink [--edge:var(--color-sun-edge)]",
  coral: "bg-coral text-ink [--edge:var(--color-coral-edge)]",
  leaf: "bg-leaf text-ink [--edge:var(--color-leaf-edge)]",
  plain: "bg-surface text-text border-2 border-line-strong [--edge:var(--line-strong)]",
};

const SIZES: Record<Size, string> = {
  md: "min-h-12 px-5 text-base",
  lg: "min-h-14 px-7 text-lg",
};

interface Look {
  tone?: Tone;
  size?: Size;
  wide?: boolean;
}

const look = ({ tone = "primary", size = "md", wide = false }: Look): string =>
  cx(
    "chunky mb-1 inline-flex items-center justify-center gap-2 rounded-control font-extrabold tracking-wide",
    "disabled:bg-sunken disabled:text-muted disabled:border-2 disabled:border-line disabled:[--edge:var(--line)]",
    TONES[tone],
    SIZES[size],
    wide && "w-full",
  );

export function Button({ tone, size, wide, className, type = "button", ...rest }: ComponentProps<"button"> & Look) {
  return <button type={type} className={cx(look({ ...defined({ tone, size, wide }) }), className)} {...rest} />;
}

export function ButtonLink({ tone, size, wide, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={cx(look({ ...defined({ tone, size, wide }) }), className)} {...rest} />;
}

/** For pages that are not part of this client, such as the teacher's dashboard. */
export function ButtonAnchor({ tone, size, wide, className, children, ...rest }: ComponentProps<"a"> & Look) {
  return (
    <a className={cx(look({ ...defined({ tone, size, wide }) }), className)} {...rest}>
      {children}
    </a>
  );
}

export function IconButton({ className, type = "button", ...rest }: ComponentProps<"button"> & { "aria-label": string }) {
  return (
    <button
      type={type}
      className={cx(
        "inline-grid size-12 shrink-0 place-items-center rounded-full text-muted transition-colors hover:bg-sunken hover:text-text",
        className,
      )}
      {...rest}
    />
  );
}

function defined(values: { tone: Tone | undefined; size: Size | undefined; wide: boolean | undefined }): Look {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
