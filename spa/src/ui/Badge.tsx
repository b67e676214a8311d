import { Flame, Footprints, Gift, type LucideIcon, Sparkles, Star } from "lucide-react";

import { cx } from "./cx";

const SIGNS: Partial<Record<string, { Icon: LucideIcon; colour: string }>> = {
  first_lesson: { Icon: Footprints, colour: "bg-leaf" },
  perfect_lesson: { Icon: Sparkles, colour: "bg-lilac" },
  streak_3: { Icon: Flame, colour: "bg-coral" },
  xp_100: { Icon: Star, colour: "bg-sun" },
};

/** Achievements as sewn-on patches; one not yet earned is only the stitching. */
export function Badge({ name, isEarned, className }: { name: string; isEarned: boolean; className?: string }) {
  const { Icon, colour } = SIGNS[name] ?? { Icon: Gift, colour: "bg-sky" };
  return (
    <span
      aria-hidden
      className={cx(
        "grid size-16 shrink-0 place-items-center rounded-[38%] border-[3px] border-dashed",
        isEarned ? cx("border-white/80 text-ink outline-4", colour, "outline-line") : "border-line-strong text-line-strong",
        className,
      )}
    >
      <Icon className="size-8" strokeWidth={2.3} />
    </span>
  );
}

export const ACHIEVEMENTS = ["first_lesson", "perfect_lesson", "streak_3", "xp_100"] as const;
export type KnownAchievement = (typeof ACHIEVEMENTS)[number] | "other";

/** A key this client has not heard of yet is still shown, under a general name. */
export const knownAchievement = (key: string): KnownAchievement =>
  ACHIEVEMENTS.find((known) => known === key) ?? "other";
