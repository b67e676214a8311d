import { X } from "lucide-react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/ui/Button";
import { ProgressBar } from "@/ui/ProgressBar";

interface PlayerHeaderProps {
  passed: number;
  total: number;
  onClose: () => void;
}

export function PlayerHeader({ passed, total, onClose }: PlayerHeaderProps) {
  const { t } = useTranslation();
  return (
    <header className="mx-auto flex w-full max-w-3xl items-center gap-3 px-3 py-3 sm:px-6 sm:py-5">
      <IconButton aria-label={t("lesson.close")} onClick={onClose}>
        <X className="size-7" strokeWidth={2.6} aria-hidden />
      </IconButton>
      <ProgressBar value={passed} max={total} label={t("lesson.progress")} className="flex-1" />
      <span className="min-w-12 text-right font-extrabold text-muted tabular-nums" aria-hidden>
        {passed}/{total}
      </span>
    </header>
  );
}
