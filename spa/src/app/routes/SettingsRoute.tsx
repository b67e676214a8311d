import { useTranslation } from "react-i18next";

import { useSession, useUser } from "@/features/session/context";
import { SettingsPage } from "@/features/settings/SettingsPage";

import { usePageTitle } from "../usePageTitle";

export default function SettingsRoute() {
  const { t } = useTranslation();
  usePageTitle(t("settings.title"));
  const { changeUser, signOut } = useSession();
  return <SettingsPage user={useUser()} onChanged={changeUser} onSignOut={signOut} />;
}
