import { useTranslation } from "react-i18next";

import { Erino } from "@/ui/mascot/Erino";

import { Bars } from "./kinds/SpeechButtons";
import type { SpeechState } from "./question";

/** Stands in for a listening question whose recording is not there; the way on is in the footer. */
export function VoiceNote({ state }: { state: SpeechState }) {
  const { t } = useTranslation();
  const isPending = state === "pending";
  return (
    <div role="status" className="card flex flex-col items-center gap-3 p-8 text-center">
      <Erino mood={isPending ? "thinking" : "sad"} className="w-32" />
      {isPending && <Bars isMoving className="h-8 text-accent" />}
      <p className="max-w-sm text-lg font-bold">{isPending ? t("lesson.voice_pending") : t("lesson.voice_missing")}</p>
    </div>
  );
}
