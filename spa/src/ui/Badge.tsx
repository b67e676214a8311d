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
        "relative grid size-16 shrink-0 place-items-center rounded-[38%]",
        isEarned ? cx("text-ink shadow-[0_3px_0_rgb(34_48_79/0.25)]", colour) : "bg-sunken text-line-strong",
        className,
      )}
    >
      <span
        className={cx(
          "absolute inset-1 rounded-[36%] border-2 border-dashed",
          isEarned ? "border-white/85" : "border-line-strong",
        )}
      />
      <Icon className="size-8" strokeWidth={2.3} />
    </span>
  );
}

export const ACHIEVEMENTS = ["first_lesson", "perfect_lesson", "streak_3", "xp_100"] as const;
export type KnownAchievement = (typeof ACHIEVEMENTS)[number] | "other";

/** A key this client has not heard of yet is still shown, under a general name. */
export const knownAchievement = (key: string): KnownAchievement =>
  ACHIEVEMENTS.find((known) => known === key) ?? "other";
