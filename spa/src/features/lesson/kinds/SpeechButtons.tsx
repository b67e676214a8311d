import { Turtle, Volume2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { cx } from "@/ui/cx";

import type { Speech } from "../question";
import type { SpeechPlayer } from "../useSpeech";

/** Four bars that dance while the voice is heard. */
export function Bars({ isMoving, className }: { isMoving: boolean; className?: string }) {
  return (
    <span aria-hidden className={cx("inline-flex h-6 items-center gap-[3px]", className)}>
      {[0.55, 1, 0.7, 0.4].map((height, index) => (
        <span
          key={index}
          className="w-1 rounded-full bg-current"
          style={{
            height: `${height * 100}%`,
            ...(isMoving ? { animation: `bar 0.7s ease-in-out ${index * 0.12}s infinite` } : {}),
          }}
        />
      ))}
    </span>
  );
}

interface SpeechButtonsProps {
  audio: Speech | null;
  speech: SpeechPlayer;
  /** Large where the sound is the question, small beside a prompt that can also be read. */
  size: "large" | "small";
}

export function SpeechButtons({ audio, speech, size }: SpeechButtonsProps) {
  const { t } = useTranslation();
  if (audio?.state !== "ready") return null;
  const isMine = speech.url === audio.url;
  const isPlaying = isMine && speech.playing === "normal";
  const isSlow = isMine && speech.playing === "slow";
  if (size === "small") {
    return (
      <button
        type="button"
        className="chunky mb-1 grid size-12 shrink-0 place-items-center rounded-full bg-sky text-ink [--edge:var(--color-sky-edge)]"
        aria-label={t("lesson.play")}
        aria-keyshortcuts="Control+Enter"
        onClick={() => speech.play(audio.url)}
      >
        {isPlaying || isSlow ? <Bars isMoving /> : <Volume2 className="size-6" aria-hidden />}
      </button>
    );
  }
  return (
    <div className="flex items-end justify-center gap-4">
      <button
        type="button"
        className="chunky relative mb-1 grid size-28 place-items-center rounded-full bg-sky text-ink [--edge:var(--color-sky-edge)]"
        aria-label={t("lesson.play")}
        aria-keyshortcuts="Control+Enter"
        onClick={() => speech.play(audio.url)}
      >
        {isPlaying && <span className="anim-ring absolute inset-0 rounded-full border-4 border-sky" aria-hidden />}
        {isPlaying ? (
          <Bars isMoving className="h-12 scale-150" />
        ) : (
          <Volume2 className="size-12" strokeWidth={2.2} aria-hidden />
        )}
      </button>
      <button
        type="button"
        className="chunky mb-1 grid size-16 place-items-center rounded-full bg-lilac text-ink [--edge:var(--color-lilac-edge)]"
        aria-label={t("lesson.play_slow")}
        aria-keyshortcuts="Control+Shift+Enter"
        onClick={() => speech.play(audio.url, true)}
      >
        {isSlow ? <Bars isMoving /> : <Turtle className="size-8" aria-hidden />}
      </button>
    </div>
  );
}
