import { useTranslation } from "react-i18next";

import { FamilyPage } from "@/features/family/FamilyPage";

import { usePageTitle } from "../usePageTitle";

export default function FamilyRoute() {
  const { t } = useTranslation();
  usePageTitle(t("family.title"));
  return <FamilyPage />;
}
