import { Check, ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Module } from "@/api/types";

import { landOf } from "./land";
import { Trail } from "./Trail";

interface ModuleSectionProps {
  module: Module;
  lang: string;
  index: number;
  lessonsBefore: number;
}

export function ModuleSection({ module, lang, index, lessonsBefore }: ModuleSectionProps) {
  const { t } = useTranslation();
  const land = landOf(index);
  const done = module.lessons.filter(({ state }) => state === "completed").length;
  const isCurrent = module.lessons.some(({ is_next }) => is_next);
  return (
    <section
      aria-labelledby={`module-${module.id}`}
      className="mb-8 overflow-hidden rounded-[2rem] bg-(--land)"
      style={{ "--land": `color-mix(in oklab, ${land.banner} 17%, var(--page))` } as React.CSSProperties}
    >
      <div className="relative px-5 pt-5 pb-9 text-ink sm:px-7" style={{ background: land.banner }}>
        <p className="flex flex-wrap items-center gap-2 text-sm font-extrabold">
          {t("path.module", { number: index + 1 })}
          <span className="rounded-full bg-ink px-2.5 py-0.5 text-white">{module.cefr_level}</span>
          <span className="ml-auto">{t("path.lessons_done", { done, total: module.lessons.length })}</span>
        </p>
        <h2 id={`module-${module.id}`} lang={lang} className="mt-1 text-2xl font-black">
          {module.title}
        </h2>
        {module.can_do.length > 0 && (
          <details open={isCurrent} className="group mt-2">
            <summary className="inline-flex min-h-8 cursor-pointer list-none items-center gap-1 rounded-lg font-bold [&::-webkit-details-marker]:hidden">
              {t("path.can_do_show")}
              <ChevronDown className="size-5 transition-transform group-open:rotate-180" aria-hidden />
            </summary>
            <ul lang={lang} className="mt-1 grid gap-1">
              {module.can_do.map((sentence) => (
                <li key={sentence} className="flex items-start gap-2 font-semibold">
                  <Check className="mt-1 size-4 shrink-0" strokeWidth={3.5} aria-hidden />
                  {sentence}
                </li>
              ))}
            </ul>
          </details>
        )}
        <svg
          viewBox="0 0 400 24"
          preserveAspectRatio="none"
          className="absolute inset-x-0 -bottom-px h-5 w-full"
          aria-hidden
        >
          <path
            d="M0 24V14C60-4 120 2 190 12S330 22 400 6V24Z"
            fill="var(--land)"
          />
        </svg>
      </div>
      <Trail lessons={module.lessons} land={land} lang={lang} lessonsBefore={lessonsBefore} />
    </section>
  );
}
