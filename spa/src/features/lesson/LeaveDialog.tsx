import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Erino } from "@/ui/mascot/Erino";

interface LeaveDialogProps {
  isOpen: boolean;
  onStay: () => void;
  onLeave: () => void;
}

export function LeaveDialog({ isOpen, onStay, onLeave }: LeaveDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onStay}
      title={t("lesson.leave_title")}
      picture={<Erino mood="waving" className="mx-auto mb-2 w-32" />}
    >
      <p className="mt-1 mb-5 text-muted">{t("lesson.leave_text")}</p>
      <div className="grid gap-2">
        <Button wide onClick={onStay}>
          {t("lesson.stay")}
        </Button>
        <Button tone="plain" wide onClick={onLeave}>
          {t("lesson.leave")}
        </Button>
      </div>
    </Dialog>
  );
}
