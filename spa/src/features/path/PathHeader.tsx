import { useTranslation } from "react-i18next";

import type { Course, Progress } from "@/api/types";
import { formatNumber, useLocale } from "@/i18n/format";
import { FlameMark, LogoMark, StarMark } from "@/ui/Marks";

interface PathHeaderProps {
  title: Course | undefined;
  progress: Progress | undefined;
}

export function PathHeader({ title, progress }: PathHeaderProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <header className="z-20 border-b-2 tall:sticky tall:top-0 border-line bg-page/95 backdrop-blur-sm">
      <div className="mx-auto flex min-h-16 max-w-5xl items-center gap-3 px-3 sm:px-6">
        <LogoMark className="size-9 shrink-0 lg:hidden" />
        <h1
          {...(title === undefined ? {} : { lang: title.source_language })}
          className="line-clamp-2 min-w-0 flex-1 leading-tight font-black sm:text-2xl"
        >
          {title?.title ?? t("path.title")}
        </h1>
        {progress !== undefined && (
          <ul className="flex shrink-0 items-center gap-3 text-lg font-black tabular-nums sm:gap-4">
            <li className="flex items-center gap-1">
              <FlameMark className="size-7" lit={progress.streak.done_today} />
              <span aria-hidden>{formatNumber(progress.streak.length, locale)}</span>
              <span className="sr-only">{t("path.streak_days", { count: progress.streak.length })}</span>
            </li>
            <li className="flex items-center gap-1">
              <StarMark className="size-7" />
              <span aria-hidden>{formatNumber(progress.xp.total, locale)}</span>
              <span className="sr-only">{t("path.xp_total", { count: progress.xp.total })}</span>
            </li>
          </ul>
        )}
      </div>
    </header>
  );
}
