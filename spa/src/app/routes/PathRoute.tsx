import { useTranslation } from "react-i18next";

import { CoursePath } from "@/features/path/CoursePath";

import { usePageTitle } from "../usePageTitle";

export default function PathRoute() {
  const { t } = useTranslation();
  usePageTitle(t("path.title"));
  return <CoursePath />;
}
