import { Check, X } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Result } from "@/api/types";
import { cx } from "@/ui/cx";
import { playCue } from "@/ui/sound";

import { keyIndex, useKeys } from "../useKeys";
import { KeyCap } from "./KeyCap";

interface Option {
  choice: string;
  content: ReactNode;
  /** Other ways the solution may name this option. */
  names?: string[];
}

interface OptionsProps {
  options: Option[];
  layout: "list" | "pictures" | "words";
  lang?: string;
  isLocked: boolean;
  result: Result | null;
  onChoose: (choice: string) => void;
}

type Mark = "none" | "chosen" | "right" | "wrong";

const MARKS: Record<Mark, string> = {
  none: "border-line-strong bg-surface",
  chosen: "border-chosen-line bg-chosen [--edge:var(--chosen-edge)]",
  right: "border-leaf-edge bg-good text-good-ink [--edge:var(--color-leaf-edge)]",
  wrong: "border-coral-edge bg-bad text-bad-ink [--edge:var(--color-coral-edge)]",
};

const SEAL = "anim-appear absolute -top-3 -right-2 grid size-8 place-items-center rounded-full border-2 border-surface text-ink";

const LAYOUTS = {
  list: "grid gap-3",
  pictures: "grid grid-cols-2 gap-3 sm:gap-4",
  words: "flex flex-wrap justify-center gap-3",
};

const plain = (text: string): string => text.toLocaleLowerCase().replace(/[.!?…]+$/u, "").trim();

/** Radio buttons in the dress of cards: arrows, digits and a tap all choose. */
export function Options({ options, layout, lang, isLocked, result, onChoose }: OptionsProps) {
  const { t } = useTranslation();
  const name = useId();
  const [chosen, setChosen] = useState<string | null>(null);

  const choose = (choice: string): void => {
    setChosen(choice);
    playCue("tap");
    onChoose(choice);
  };

  useKeys(!isLocked, (event) => {
    const option = options[keyIndex(event)];
    if (option === undefined) return;
    event.preventDefault();
    choose(option.choice);
  });

  const markOf = (option: Option): Mark => {
    const isChosen = option.choice === chosen;
    if (result === null || result.verdict === "skipped") return isChosen ? "chosen" : "none";
    if (isChosen) return result.passed ? "right" : "wrong";
    const solution = result.solution === null ? null : plain(result.solution);
    const names = [option.choice, ...(option.names ?? [])].map(plain);
    return solution !== null && names.includes(solution) ? "right" : "none";
  };

  return (
    <fieldset disabled={isLocked} className="min-w-0">
      <legend className="sr-only">{t("lesson.options")}</legend>
      <div className={LAYOUTS[layout]}>
        {options.map((option, index) => {
          const mark = markOf(option);
          return (
            <label
              key={option.choice}
              data-pressed={mark === "chosen"}
              className={cx(
                "chunky relative mb-1 flex items-center gap-3 rounded-control border-2 font-bold",
                "has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-(--focus)",
                layout === "pictures" ? "flex-col p-3 sm:p-4" : "min-h-14 px-4 py-3 text-lg",
                MARKS[mark],
                isLocked && "cursor-default",
              )}
            >
              <input
                type="radio"
                name={name}
                className="absolute inset-0 cursor-[inherit] opacity-0"
                checked={option.choice === chosen}
                onChange={() => choose(option.choice)}
              />
              <KeyCap index={index} {...(layout === "pictures" ? { className: "absolute top-3 left-3" } : {})} />
              <span lang={lang} className="min-w-0 grow">
                {option.content}
              </span>
              {mark === "right" && (
                <span className={cx(SEAL, "bg-leaf")}>
                  <Check className="size-5" strokeWidth={3.5} aria-label={t("verdict.diff.equal")} />
                </span>
              )}
              {mark === "wrong" && (
                <span className={cx(SEAL, "bg-coral")}>
                  <X className="size-5" strokeWidth={3.5} aria-label={t("verdict.wrong")} />
                </span>
              )}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
