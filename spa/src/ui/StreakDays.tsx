import { useTranslation } from "react-i18next";

import { useLocale } from "@/i18n/format";

import { dayName, lastDays, lastWeeks, weekdayName } from "./calendar";
import { cx } from "./cx";
import { FlameMark } from "./Marks";

interface StreakProps {
  days: readonly string[];
  today: string;
}

function useDayLabel(today: string): (day: string, isDone: boolean) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return (day, isDone) => {
    const date = dayName(day, locale);
    if (isDone) return t("progress.day_done", { date });
    return day === today ? t("progress.day_today_open", { date }) : t("progress.day_open", { date });
  };
}

/** Seven little fires, today at the end. */
export function StreakWeek({ days, today }: StreakProps) {
  const locale = useLocale();
  const label = useDayLabel(today);
  const done = new Set(days);
  return (
    <ol className="grid grid-cols-7 gap-1">
      {lastDays(today, 7).map((day) => (
        <li key={day} className="flex flex-col items-center gap-1">
          <FlameMark className="size-7" lit={done.has(day)} />
          <span aria-hidden className={cx("text-xs font-bold", day === today ? "text-text" : "text-muted")}>
            {weekdayName(day, locale, "short")}
          </span>
          <span className="sr-only">{label(day, done.has(day))}</span>
        </li>
      ))}
    </ol>
  );
}

/** Four weeks from Monday to Sunday; a practised day burns, days side by side melt into one trail. */
export function StreakCalendar({ days, today }: StreakProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const label = useDayLabel(today);
  const done = new Set(days);
  const weeks = lastWeeks(today, 4);
  return (
    <table className="w-full table-fixed border-separate border-spacing-y-1.5 text-center">
      <caption className="sr-only">{t("progress.calendar")}</caption>
      <thead>
        <tr>
          {weeks[0]?.map((day) => (
            <th key={day} scope="col" className="text-xs font-bold text-muted">
              <span aria-hidden>{weekdayName(day, locale, "short")}</span>
              <span className="sr-only">{weekdayName(day, locale, "long")}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day, index) => (
              <CalendarDay
                key={day}
                day={day}
                label={label(day, done.has(day))}
                isDone={done.has(day)}
                isToday={day === today}
                isFuture={day > today}
                joinsLeft={index > 0 && done.has(day) && done.has(week[index - 1] ?? "")}
                joinsRight={index < 6 && done.has(day) && done.has(week[index + 1] ?? "")}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CalendarDayProps {
  day: string;
  label: string;
  isDone: boolean;
  isToday: boolean;
  isFuture: boolean;
  joinsLeft: boolean;
  joinsRight: boolean;
}

function CalendarDay({ day, label, isDone, isToday, isFuture, joinsLeft, joinsRight }: CalendarDayProps) {
  const number = Number(day.slice(8));
  return (
    <td
      className={cx(
        "p-0",
        isDone && "bg-sun",
        isDone && !joinsLeft && "rounded-l-full",
        isDone && !joinsRight && "rounded-r-full",
      )}
    >
      <span
        aria-hidden
        className={cx(
          "mx-auto grid size-9 place-items-center rounded-full text-sm font-bold tabular-nums",
          isDone ? "text-ink" : isFuture ? "text-muted/60" : "text-muted",
          isToday && "outline-2 -outline-offset-2 outline-current font-black",
        )}
      >
        {isFuture ? "" : isDone ? <FlameMark className="size-6" lit /> : number}
      </span>
      {!isFuture && <span className="sr-only">{label}</span>}
    </td>
  );
}
