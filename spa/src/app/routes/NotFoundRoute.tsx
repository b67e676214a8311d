import { useTranslation } from "react-i18next";

import { ButtonLink } from "@/ui/Button";
import { Message } from "@/ui/States";

import { usePageTitle } from "../usePageTitle";

export function NotFoundRoute() {
  const { t } = useTranslation();
  usePageTitle(t("error.not_found_title"));
  return (
    <main className="grid min-h-dvh place-items-center">
      <Message mood="sleeping" title={t("error.not_found_title")} text={t("error.not_found_text")}>
        <ButtonLink to="/">{t("app.home")}</ButtonLink>
      </Message>
    </main>
  );
}
