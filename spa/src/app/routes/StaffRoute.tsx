import { useTranslation } from "react-i18next";

import { useUser } from "@/features/session/context";
import { ButtonAnchor } from "@/ui/Button";
import { Message } from "@/ui/States";

import { DASHBOARD } from "../home";
import { usePageTitle } from "../usePageTitle";

export default function StaffRoute() {
  const { t } = useTranslation();
  const user = useUser();
  usePageTitle(t("app.dashboard"));
  return (
    <Message mood="waving" title={t("staff.title", { name: user.display_name })} text={t("staff.text")}>
      <ButtonAnchor href={DASHBOARD} size="lg">
        {t("staff.open")}
      </ButtonAnchor>
    </Message>
  );
}
