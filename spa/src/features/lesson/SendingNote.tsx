import { CloudOff } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";

import type { Step } from "./reducer";

interface SendingNoteProps {
  step: Step;
  isListeningOff: boolean;
  onSendAgain: () => void;
}

/** Tells what happens to an answer that has not arrived; silent while all is well. */
export function SendingNote({ step, isListeningOff, onSendAgain }: SendingNoteProps) {
  const { t } = useTranslation();
  const isLate = step.name === "sending" && step.failures > 0;
  const isUnsent = step.name === "unsent";
  const text = isUnsent
    ? t("lesson.not_sent")
    : isLate
      ? t("lesson.sending_again")
      : isListeningOff
        ? t("lesson.skipping")
        : null;
  return (
    <div role="status">
      {text !== null && (
        <div className="bg-calm text-calm-ink">
          <div className="mx-auto flex max-w-3xl flex-wrap items-center gap-3 px-4 py-3 font-bold sm:px-6">
            <CloudOff className="size-5 shrink-0" aria-hidden />
            <span className="min-w-52 flex-1">{text}</span>
            {isUnsent && (
              <Button tone="plain" onClick={onSendAgain}>
                {t("lesson.send_again")}
              </Button>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
