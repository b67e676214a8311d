import { Lock, Play } from "lucide-react";
import { Popover } from "radix-ui";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { LessonSummary } from "@/api/types";
import { formatPercent, useLocale } from "@/i18n/format";
import { ButtonLink } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { StarMark } from "@/ui/Marks";

import type { Land } from "./land";

interface LessonStoneProps {
  lesson: LessonSummary;
  land: Land;
  lang: string;
}

/** A stepping stone with the lesson's picture; pressing it tells about the lesson and offers the way in. */
export function LessonStone({ lesson, land, lang }: LessonStoneProps) {
  const { t } = useTranslation();
  const stone = useRef<HTMLButtonElement>(null);
  const isLocked = lesson.state === "locked";
  const isNext = lesson.is_next;

  useEffect(() => {
    // Someone far along the path starts where they stand; someone at the beginning sees the banner.
    const element = stone.current;
    if (isNext && element !== null && element.getBoundingClientRect().bottom > window.innerHeight - 120) {
      element.scrollIntoView({ block: "center" });
    }
  }, [isNext]);

  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          ref={stone}
          type="button"
          className="group mx-auto flex w-full flex-col items-center rounded-3xl"
          aria-current={isNext ? "step" : undefined}
        >
          <span className="relative">
            {isNext && <span className="anim-ring absolute -inset-1 rounded-full border-4 border-sun" aria-hidden />}
            <span
              className={cx(
                "chunky relative grid size-24 place-items-center overflow-hidden rounded-full border-[5px] bg-white",
                "shadow-[0_6px_0_var(--edge)] group-active:translate-y-1 group-active:shadow-[0_2px_0_var(--edge)]",
              )}
              style={
                {
                  borderColor: isLocked ? "var(--line)" : isNext ? "var(--color-sun)" : land.stone,
                  "--edge": isLocked ? "var(--line-strong)" : isNext ? "var(--color-sun-edge)" : land.edge,
                } as React.CSSProperties
              }
            >
              <StonePicture lesson={lesson} isLocked={isLocked} />
            </span>
            <Corner lesson={lesson} />
          </span>
          <span
            lang={lang}
            className={cx(
              "mt-3 line-clamp-2 max-w-full rounded-full bg-(--land) px-3 py-1 text-[0.95rem] leading-tight font-extrabold",
              isLocked ? "text-muted" : "text-text",
            )}
          >
            {lesson.title}
          </span>
          <span className="sr-only">
            {", "}
            {isNext ? t("path.next") : t(`path.state_${lesson.state}`)}
          </span>
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="bottom"
          sideOffset={6}
          aria-label={lesson.title}
          collisionPadding={{ top: 80, bottom: 96, left: 12, right: 12 }}
          className="anim-appear z-40 w-72 rounded-card border-2 border-line bg-surface p-5 text-center shadow-2xl shadow-ink/20"
        >
          <LessonCard lesson={lesson} lang={lang} />
          <Popover.Arrow className="fill-(--line)" width={22} height={11} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function StonePicture({ lesson, isLocked }: { lesson: LessonSummary; isLocked: boolean }) {
  if (lesson.icon_url === null) {
    return <StarMark className={cx("size-12", isLocked && "opacity-40 grayscale")} />;
  }
  return (
    <img
      src={lesson.icon_url}
      alt=""
      loading="lazy"
      className={cx("size-[72%] object-contain", isLocked && "opacity-35 grayscale")}
    />
  );
}

function Corner({ lesson }: { lesson: LessonSummary }) {
  const look = "absolute -right-1.5 -bottom-1 grid size-9 place-items-center rounded-full border-2";
  switch (lesson.state) {
    case "completed":
      return (
        <span className={cx(look, "border-sun-edge bg-white")} aria-hidden>
          <StarMark className="size-7" />
        </span>
      );
    case "started":
      return (
        <span className={cx(look, "border-chosen-edge bg-chosen text-text")} aria-hidden>
          <Play className="size-4 fill-current" />
        </span>
      );
    case "locked":
      return (
        <span className={cx(look, "border-line-strong bg-sunken text-muted")} aria-hidden>
          <Lock className="size-4" strokeWidth={3} />
        </span>
      );
    case "open":
      return null;
  }
}

function LessonCard({ lesson, lang }: { lesson: LessonSummary; lang: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (lesson.state === "locked") {
    return (
      <>
        <p lang={lang} className="text-lg font-black">
          {lesson.title}
        </p>
        <p className="mt-1 flex items-center gap-2 text-left text-muted">
          <Lock className="size-5 shrink-0" aria-hidden />
          {t("path.locked_text")}
        </p>
      </>
    );
  }
  const action =
    lesson.state === "completed" ? t("path.repeat") : lesson.state === "started" ? t("path.go_on") : t("path.start");
  return (
    <>
      <p lang={lang} className="text-lg font-black">
        {lesson.title}
      </p>
      <p className="mt-0.5 mb-4 text-muted">
        {t("path.questions", { count: lesson.question_count })}
        {lesson.best_accuracy !== null && <> · {t("path.best", { percent: formatPercent(lesson.best_accuracy, locale) })}</>}
      </p>
      <ButtonLink to={`/lesson/${lesson.id}`} wide size="lg" tone={lesson.state === "completed" ? "plain" : "primary"}>
        {action}
      </ButtonLink>
    </>
  );
}
