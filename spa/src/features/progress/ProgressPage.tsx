import { useQuery } from "@tanstack/react-query";
import { BookOpen, Target } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { progressQuery } from "@/api/queries";
import type { Progress } from "@/api/types";
import { formatDate, formatNumber, formatPercent, useLocale } from "@/i18n/format";
import { Badge, knownAchievement } from "@/ui/Badge";
import { cx } from "@/ui/cx";
import { Erino } from "@/ui/mascot/Erino";
import { FlameMark, StarMark } from "@/ui/Marks";
import { Failure, Loading } from "@/ui/States";
import { StreakCalendar } from "@/ui/StreakDays";
import { useSchoolDay } from "@/ui/useSchoolDay";

export function ProgressPage({ name }: { name: string }) {
  const { t } = useTranslation();
  const progress = useQuery(progressQuery);
  if (progress.isPending) return <Loading />;
  if (progress.isError) return <Failure error={progress.error} onRetry={() => void progress.refetch()} />;
  const { streak } = progress.data;
  return (
    <div className="mx-auto grid max-w-4xl gap-6 px-4 py-6 sm:px-6">
      <header className="flex items-center gap-4">
        <Erino mood={streak.done_today ? "cheering" : "waving"} className="w-24 shrink-0 sm:w-32" />
        <div className="min-w-0">
          <h1 className="text-3xl font-black wrap-anywhere sm:text-4xl">{t("progress.hello", { name })}</h1>
          <p className="text-lg text-muted">{streak.done_today ? t("path.today_done") : t("path.today_open")}</p>
        </div>
      </header>
      <Numbers progress={progress.data} />
      <div className="grid items-start gap-6 md:grid-cols-2">
        <StreakCard progress={progress.data} />
        <Achievements progress={progress.data} />
      </div>
    </div>
  );
}

function Numbers({ progress }: { progress: Progress }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { xp, lessons, accuracy } = progress;
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Figure colour="bg-warn text-warn-ink" icon={<StarMark className="size-8" />} name={t("progress.xp_total")}>
        {formatNumber(xp.total, locale)}
      </Figure>
      <Figure
        colour="bg-good text-good-ink"
        icon={<StarMark className="size-8" empty={xp.today === 0} />}
        name={t("progress.xp_today")}
      >
        {t("path.xp", { count: xp.today })}
      </Figure>
      <Figure
        colour="bg-primary-soft text-accent"
        icon={<BookOpen className="size-8" aria-hidden />}
        name={t("progress.lessons")}
      >
        {t("progress.lessons_of", { done: lessons.completed, total: lessons.total })}
      </Figure>
      <Figure
        colour="bg-calm text-calm-ink"
        icon={<Target className="size-8" aria-hidden />}
        name={t("progress.accuracy")}
      >
        {accuracy === null ? t("progress.no_accuracy") : formatPercent(accuracy, locale)}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  colour: string;
  icon: ReactNode;
  name: string;
  children: ReactNode;
}

function Figure({ colour, icon, name, children }: FigureProps) {
  return (
    <div className={cx("flex flex-col-reverse justify-end gap-1 rounded-card p-4", colour)}>
      <dt className="text-sm font-bold">{name}</dt>
      <dd className="flex items-center gap-2 text-xl font-black tabular-nums">
        {icon}
        {children}
      </dd>
    </div>
  );
}

function StreakCard({ progress }: { progress: Progress }) {
  const { t } = useTranslation();
  const today = useSchoolDay();
  const { streak } = progress;
  return (
    <section className="card p-5" aria-labelledby="streak">
      <div className="mb-3 flex items-center gap-3">
        <FlameMark className="size-12" lit={streak.done_today} />
        <div>
          <h2 id="streak" className="text-xl font-black">
            {streak.length === 0 ? t("progress.streak_now_zero") : t("progress.streak_now", { count: streak.length })}
          </h2>
          <p className="text-muted">{t("progress.longest", { count: streak.longest })}</p>
        </div>
      </div>
      <StreakCalendar days={streak.days} today={today} />
    </section>
  );
}

function Achievements({ progress }: { progress: Progress }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <section className="card p-5" aria-labelledby="achievements">
      <h2 id="achievements" className="mb-4 text-xl font-black">
        {t("progress.achievements")}
      </h2>
      <ul className="grid gap-4">
        {progress.achievements.map(({ key, granted_at }) => {
          const known = knownAchievement(key);
          return (
            <li key={key} className="flex items-center gap-4">
              <Badge name={key} isEarned={granted_at !== null} />
              <div>
                <p className={cx("font-extrabold", granted_at === null && "text-muted")}>
                  {t(`progress.achievement.${known}.name`)}
                </p>
                <p className="text-sm text-muted">{t(`progress.achievement.${known}.text`)}</p>
                <p className="text-sm font-bold text-accent">
                  {granted_at === null
                    ? t("progress.not_granted")
                    : t("progress.granted", { date: formatDate(granted_at, locale) })}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
