import { useQuery } from "@tanstack/react-query";
import * as m from "motion/react-m";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { modulesQuery, progressQuery } from "@/api/queries";
import type { Lesson, Progress, Result } from "@/api/types";
import { formatPercent, useLocale } from "@/i18n/format";
import { Badge, knownAchievement } from "@/ui/Badge";
import { ButtonLink } from "@/ui/Button";
import { Confetti } from "@/ui/Confetti";
import { Erino } from "@/ui/mascot/Erino";
import { FlameMark, StarMark } from "@/ui/Marks";
import { playCue } from "@/ui/sound";
import { useCountUp } from "@/ui/useCountUp";

/** The worker grants achievements a moment after the answer; this long it is worth looking. */
const LOOKS = 5;
const LOOK_EVERY_MS = 1_200;
const STRONG = 0.9;

interface ResultScreenProps {
  lesson: Lesson;
  result: Result | null;
  before: Progress | null;
}

export function ResultScreen({ lesson, result, before }: ResultScreenProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  const { progress, earned } = useAftermath(before);
  const next = useNextLesson(lesson);
  const xp = useCountUp(result?.xp.granted ?? 0, 350);
  const accuracy = result?.lesson.first_try_accuracy ?? null;

  useEffect(() => heading.current?.focus(), []);

  const praise =
    accuracy === 1 ? t("result.perfect") : accuracy !== null && accuracy >= STRONG ? t("result.great") : t("result.good");

  return (
    <div className="flex min-h-dvh flex-col">
      {result !== null && <Confetti />}
      <main className="mx-auto flex w-full max-w-xl flex-1 flex-col items-center justify-center gap-5 px-4 py-8 text-center">
        <Erino mood="cheering" className="w-40 sm:w-52" />
        <div>
          <h1 ref={heading} tabIndex={-1} className="text-3xl font-black outline-none sm:text-4xl">
            {result === null ? t("result.already_title") : t("result.title")}
          </h1>
          <p className="mt-1 text-lg text-muted">
            <span lang={lesson.course.source_language}>{lesson.title}</span>
            {result !== null && <> · {praise}</>}
          </p>
        </div>
        {result !== null && (
          <ul className="grid w-full grid-cols-3 gap-2 sm:gap-4">
            <Stat order={0} label={t("result.xp")} icon={<StarMark className="size-8" />}>
              +{xp}
            </Stat>
            <Stat order={1} label={t("result.accuracy")} icon={<TargetMark />}>
              {formatPercent(result.lesson.first_try_accuracy, locale)}
            </Stat>
            <Stat
              order={2}
              label={t("result.streak")}
              icon={<FlameMark lit={progress?.streak.done_today ?? true} className="size-8" />}
            >
              {progress === null ? "…" : t("result.day_count", { count: progress.streak.length })}
            </Stat>
          </ul>
        )}
        {result !== null && <XpReasons result={result} />}
        <div role="status" className="grid w-full gap-3">
          {earned.map((key) => (
            <m.div
              key={key}
              initial={{ opacity: 0, scale: 0.7 }}
              animate={{ opacity: 1, scale: 1 }}
              className="card flex items-center gap-4 p-4 text-left"
            >
              <Badge name={key} isEarned />
              <div>
                <p className="text-sm font-extrabold text-accent">{t("result.new_achievement")}</p>
                <p className="text-lg font-extrabold">{t(`progress.achievement.${knownAchievement(key)}.name`)}</p>
                <p className="text-muted">{t(`progress.achievement.${knownAchievement(key)}.text`)}</p>
              </div>
            </m.div>
          ))}
        </div>
      </main>
      <footer className="border-t-2 border-line px-4 py-4">
        <div className="mx-auto flex max-w-xl flex-col gap-2 sm:flex-row-reverse">
          {next !== null && (
            <ButtonLink to={`/lesson/${next.id}`} replace size="lg" className="sm:flex-1">
              {t("result.next_lesson", { title: next.title })}
            </ButtonLink>
          )}
          <ButtonLink to="/" size="lg" tone={next === null ? "primary" : "plain"} className="sm:flex-1">
            {t("result.to_path")}
          </ButtonLink>
        </div>
      </footer>
    </div>
  );
}

function useAftermath(before: Progress | null): { progress: Progress | null; earned: string[] } {
  const [startedAt] = useState(() => Date.now());
  const { data, dataUpdatedAt } = useQuery({
    ...progressQuery,
    staleTime: 0,
    refetchInterval: (query) => (query.state.dataUpdateCount > LOOKS + 1 ? false : LOOK_EVERY_MS),
  });
  const progress = data !== undefined && dataUpdatedAt >= startedAt ? data : null;
  const had = new Set(before?.achievements.filter(({ granted_at }) => granted_at !== null).map(({ key }) => key));
  const earned =
    before === null || progress === null
      ? []
      : progress.achievements.filter(({ key, granted_at }) => granted_at !== null && !had.has(key)).map(({ key }) => key);
  const count = earned.length;
  useEffect(() => {
    if (count > 0) playCue("sparkle");
  }, [count]);
  return { progress, earned };
}

function useNextLesson(lesson: Lesson): { id: string; title: string } | null {
  const { data } = useQuery({ ...modulesQuery, staleTime: 0 });
  const module = data?.modules.find(({ id }) => id === lesson.module_id);
  const lessons = data?.modules.filter(({ course_id }) => course_id === module?.course_id).flatMap(({ lessons }) => lessons);
  const next = lessons?.find((candidate) => candidate.is_next && candidate.id !== lesson.id);
  return next ?? null;
}

function XpReasons({ result }: { result: Result }) {
  const { t } = useTranslation();
  if (result.xp.granted === 0) return <p className="text-muted">{t("result.no_xp")}</p>;
  return (
    <ul className="flex flex-wrap justify-center gap-2">
      {result.xp.reasons.map((reason) => (
        <li key={reason.cause} className="rounded-full bg-warn px-3 py-1 text-sm font-bold text-warn-ink">
          {t(`result.reason.${reason.cause}`)} +{reason.amount}
        </li>
      ))}
    </ul>
  );
}

function Stat({ order, label, icon, children }: { order: number; label: string; icon: ReactNode; children: ReactNode }) {
  return (
    <m.li
      initial={{ opacity: 0, y: 24 }}
      animate={{ opacity: 1, y: 0 }}
      transition={{ delay: 0.15 + order * 0.12 }}
      className="card flex flex-col items-center gap-1 px-2 py-4"
    >
      {icon}
      <span className="text-xl font-black tabular-nums sm:text-2xl">{children}</span>
      <span className="text-xs font-bold text-muted sm:text-sm">{label}</span>
    </m.li>
  );
}

function TargetMark() {
  return (
    <svg viewBox="0 0 24 24" className="size-8" aria-hidden>
      <circle cx="12" cy="12" r="10" fill="var(--color-sky)" stroke="var(--color-sky-edge)" strokeWidth="1.6" />
      <circle cx="12" cy="12" r="6.2" fill="#fffbf4" />
      <circle cx="12" cy="12" r="2.8" fill="var(--color-coral)" />
    </svg>
  );
}
