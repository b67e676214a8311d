import { useTranslation } from "react-i18next";

import { ProgressPage } from "@/features/progress/ProgressPage";
import { useUser } from "@/features/session/context";

import { usePageTitle } from "../usePageTitle";

export default function ProgressRoute() {
  const { t } = useTranslation();
  usePageTitle(t("progress.title"));
  return <ProgressPage name={useUser().display_name} />;
}
