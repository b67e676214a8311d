import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleDashed } from "lucide-react";
import { useTranslation } from "react-i18next";

import { childrenQuery } from "@/api/queries";
import type { Child } from "@/api/types";
import { formatPercent, useLocale } from "@/i18n/format";
import { addDays } from "@/ui/calendar";
import { ProgressBar } from "@/ui/ProgressBar";
import { Failure, Loading, Message } from "@/ui/States";
import { StreakWeek } from "@/ui/StreakDays";
import { useSchoolDay } from "@/ui/useSchoolDay";

export function FamilyPage() {
  const { t } = useTranslation();
  const family = useQuery(childrenQuery);
  if (family.isPending) return <Loading />;
  if (family.isError) return <Failure error={family.error} onRetry={() => void family.refetch()} />;
  if (family.data.children.length === 0) {
    return <Message mood="sleeping" title={t("family.empty_title")} text={t("family.empty_text")} />;
  }
  return (
    <div className="mx-auto max-w-4xl px-4 py-6 sm:px-6">
      <h1 className="text-3xl font-black sm:text-4xl">{t("family.title")}</h1>
      <p className="mb-6 text-lg text-muted">{t("family.text")}</p>
      <ul className="grid items-start gap-6 md:grid-cols-2">
        {family.data.children.map((child) => (
          <li key={child.id}>
            <ChildCard child={child} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ChildCard({ child }: { child: Child }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const today = useSchoolDay();
  const { streak, xp, lessons, accuracy, achievements } = child.progress;
  const weekStart = addDays(today, -6);
  const week = streak.days.filter((day) => day >= weekStart && day <= today).length;
  const earned = achievements.filter(({ granted_at }) => granted_at !== null).length;
  const Sign = streak.done_today ? CircleCheck : CircleDashed;
  return (
    <article className="card p-5">
      <h2 className="text-xl font-black">{child.display_name}</h2>
      <p className="mb-4 flex items-center gap-2 font-bold text-muted">
        <Sign className="size-5 shrink-0 text-accent" aria-hidden />
        {streak.done_today ? t("family.today_done") : t("family.today_open")}
      </p>
      <StreakWeek days={streak.days} today={today} />
      <p className="mt-2 text-center text-sm font-bold text-muted">{t("family.this_week", { count: week })}</p>
      <div className="mt-5">
        <p className="mb-1.5 flex justify-between font-bold">
          <span>{t("progress.lessons")}</span>
          <span className="tabular-nums">
            {t("progress.lessons_of", { done: lessons.completed, total: lessons.total })}
          </span>
        </p>
        <ProgressBar value={lessons.completed} max={lessons.total} label={t("progress.lessons")} />
      </div>
      <dl className="mt-5 grid grid-cols-2 gap-x-4 gap-y-3">
        <Fact name={t("progress.accuracy")}>
          {accuracy === null ? t("progress.no_accuracy") : formatPercent(accuracy, locale)}
        </Fact>
        <Fact name={t("progress.xp_total")}>{t("path.xp", { count: xp.total })}</Fact>
        <Fact name={t("progress.streak")}>{t("path.streak_days", { count: streak.length })}</Fact>
        <Fact name={t("progress.achievements")}>{t("family.achievements", { count: earned })}</Fact>
      </dl>
    </article>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-sm font-bold text-muted">{name}</dt>
      <dd className="font-extrabold">{children}</dd>
    </div>
  );
}
