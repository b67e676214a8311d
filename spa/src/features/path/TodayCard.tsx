import { useTranslation } from "react-i18next";

import type { Progress } from "@/api/types";
import { Erino } from "@/ui/mascot/Erino";
import { StarMark } from "@/ui/Marks";
import { StreakWeek } from "@/ui/StreakDays";
import { useSchoolDay } from "@/ui/useSchoolDay";

export function TodayCard({ progress }: { progress: Progress }) {
  const { t } = useTranslation();
  const today = useSchoolDay();
  const { streak, xp } = progress;
  return (
    <section className="card p-5">
      <div className="flex items-center gap-3">
        <Erino mood={streak.done_today ? "cheering" : "happy"} className="w-20 shrink-0" />
        <div>
          <h2 className="text-xl font-black">{t("path.today")}</h2>
          <p className="text-sm text-muted">{streak.done_today ? t("path.today_done") : t("path.today_open")}</p>
        </div>
      </div>
      <div className="mt-4 border-t-2 border-line pt-4">
        <StreakWeek days={streak.days} today={today} />
      </div>
      <p className="mt-4 flex items-center gap-2 rounded-control bg-warn px-4 py-2.5 font-extrabold text-warn-ink">
        <StarMark className="size-6" />
        {t("path.xp_today", { count: xp.today })}
      </p>
    </section>
  );
}
